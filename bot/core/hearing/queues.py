"""Whether the bot's own queue brings what it should."""

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.hearing.news import Judged
from bot.core.hearing.senses import DeadSense, Patience, QueueSense
from bot.core.hearing.unknown import unsure
from bot.core.hearing.words import alert, either, long
from bot.core.severity import Severity
from bot.core.spoken import folded
from bot.core.text import Code

SETTLE = timedelta(minutes=10)
"""One replica may read a queue that another can't: well is what nobody found deaf for so long."""


def of_queue(queue: QueueSense, patience: Patience, now: datetime) -> Iterator[Judged]:
    """Whether it can be read, and how late what comes from it is; both are silent while nobody can say."""
    since = queue.failing_since
    if since is None or now - since >= patience.queue:
        said = alert(
            f"queue:{queue.name}",
            "queue",
            Severity.HIGH,
            f"I am deaf: I can't read the queue {queue.name}",
            (folded(queue.error),) if queue.error else (),
            (
                "No event reaches anybody while this lasts; the queue keeps them (4 days, unless set otherwise).",
            ),
            ("Look: ", Code("noroshi doctor --only alerts")),
        )
        told = either(said, f"I can read the queue {queue.name} again", deaf=since is not None)
        yield Judged(told, since=since, settle=SETTLE)
    if queue.lag is not None and since is None:
        yield _lag(queue.name, queue.lag, patience)


def of_dead_letters(dead: DeadSense, patience: Patience) -> Iterator[Judged]:
    """Whether messages lie where nobody reads them; told again each time there are twice as many."""
    if dead.sense.state == "on":
        yield _dead(dead)
    question = f"messages lie in the dead-letter queue of {dead.queue}"
    yield unsure(f"dead:{dead.queue}", question, [dead.sense], patience)


def _lag(name: str, lag: timedelta, patience: Patience) -> Judged:
    said = alert(
        f"lag:{name}",
        "lag",
        Severity.MEDIUM,
        f"I am {long(lag)} behind: events wait in the queue {name}",
        ("What I tell now happened that long ago; what is critical still comes first.",),
        ("Look what holds me up: ", Code("noroshi doctor")),
    )
    told = either(said, f"I am up to date again with the queue {name}", deaf=lag >= patience.lag)
    return Judged(told, settle=SETTLE, degree=(lag // patience.lag).bit_length())


def _dead(dead: DeadSense) -> Judged:
    name, plural = dead.sense.name, "" if dead.waiting == 1 else "s"
    said = alert(
        f"dead:{dead.queue}",
        "dead-letter queue",
        Severity.HIGH,
        f"{dead.waiting:,} message{plural} in {name} could not be told",
        ("I was given each several times and did not get it done; nobody has heard of them.",),
        (
            "Look: ",
            Code(f"aws sqs receive-message --queue-url {shlex.quote(dead.url)} --visibility-timeout 0"),
        ),
    )
    told = either(said, f"Nothing lies in {name} any more", deaf=dead.waiting > 0)
    return Judged(told, degree=dead.waiting.bit_length())
