"""Senses, remembers and tells as the watch does, without a store."""

from datetime import UTC, datetime, timedelta

from bot.core.hearing.accounts import of_account
from bot.core.hearing.news import NOTHING, as_body, from_body, noted, telling, told
from bot.core.hearing.queues import of_dead_letters, of_queue
from bot.core.hearing.senses import PATIENCE, AccountSense, DeadSense, QueueSense, Sense
from bot.core.text import plain

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACCOUNT, HOME, VIRGINIA, TOKYO = "111122223333", "eu-west-1", "us-east-1", "ap-northeast-1"
TRAIL = f"arn:aws:cloudtrail:{HOME}:{ACCOUNT}:trail/acme-trail"
ON, OFF, NONE = Sense("on", "d1"), Sense("off", "d1", NOW - HOUR), Sense("none")
DENIED = Sense(
    "unknown", reason="AWS refused: the bot's role may not do it.", action="guardduty:ListDetectors"
)
MUTE = Sense("unknown", reason="AWS is throttling it.")
LOGS = Sense("on", TRAIL)


class Listener:
    """Senses, remembers and tells as the watch does, without a store."""

    def __init__(self):
        self.past, self.said, self.heard = {}, [], None

    def account(self, *senses, now=NOW):
        return self._say(of_account(senses, self.heard, self.past, PATIENCE, now), now)

    def queue(self, now=NOW, **sense):
        return self._say(of_queue(QueueSense("noroshi", **sense), PATIENCE, now), now)

    def dead(self, waiting, now=NOW):
        sense = DeadSense("noroshi", Sense("on", "noroshi-dead"), waiting, "https://sqs/1/noroshi-dead")
        return self._say(of_dead_letters(sense, PATIENCE), now)

    def _say(self, judged, now):
        said = []
        for each in list(judged):
            known = noted(from_body(as_body(self.past.get(each.key, NOTHING))), each, now)
            if alert := telling(known, each, now):
                said.append(alert)
                known = told(known, each, now)
            self.past[each.key] = known
        self.said += said
        return said


def account(region=HOME, *, detector=ON, trail=LOGS, recorder=ON, **more):
    return AccountSense(ACCOUNT, region, detector, trail, recorder, **more)


def text(alert):
    return "\n".join([alert.title, *(plain(line) for line in alert.story)])


def only(said):
    (alert,) = said
    return alert
