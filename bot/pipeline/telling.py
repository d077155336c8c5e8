"""Telling: what is on record is posted, edited, answered in Slack; nothing lost, nothing twice.

One teller a channel, in one replica at a time. Before a message is sent its intent is written, with a token
that the message carries; after a crash, or a call without an answer, the token is looked for in the channel
before anything is sent again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import structlog

from bot.core.moves import Tellable, next_move
from bot.core.mute_report import MuteReport
from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.core.told import Edit, Intent, Send, Told
from bot.errors import BadForm, Conflict, Gone, NoroshiError, NoSuchPlace, Throttled, Unanswered, Upstream
from bot.pipeline import reports
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import MOST, Entry, Ledger
from bot.pipeline.pace import Pace
from bot.pipeline.storms import Storms
from bot.ports import Channels, Sending

_log = structlog.get_logger("noroshi.alerts")
_CLOSED_FOR = timedelta(minutes=1)


class Teller:
    """Tells in one channel; what can't be told there goes to `fallback`. Call `step` from one thread."""

    def __init__(  # noqa: PLR0913 - one constructor of plain things, for the composition root
        self,
        channel: str,
        ledger: Ledger,
        channels: Channels,
        lease: Lease,
        *,
        fallback: str = "",
        pace: Pace | None = None,
        wake: Callable[[str], None] = lambda _channel: None,
    ) -> None:
        self.channel = channel
        self._ledger = ledger
        self._channels = channels
        self._lease = lease
        self._fallback = fallback
        self._pace = pace or Pace()
        self._wake = wake
        self._storms = Storms(channel, ledger, self._pace)
        self._not_before = self._unsettled = datetime.min.replace(tzinfo=ledger.now().tzinfo)
        self._closed: tuple[datetime, str] | None = None
        self._failures, self._turn = 0, -1
        self._in_hand: str | None = None

    def step(self) -> timedelta:
        """Do the next thing; how long nothing is to be done then. Raises Upstream where the store fails."""
        if not self._lease.hold():
            return self._pace.lease / 6
        try:
            return self._step()
        except Conflict:
            return timedelta()  # somebody wrote in between: look again

    def set_aside(self) -> None:
        """What was in hand when something broke is tried again later, and holds up nothing else; raises Upstream."""
        if self._in_hand:
            now = self._ledger.now()
            self._told(self._in_hand, lambda told: told.refused(now))

    def close(self) -> None:
        """Leave the channel to others: at once, or when what may yet appear there has; raises Upstream."""
        if self._ledger.now() >= self._unsettled:
            self._lease.release()

    def _step(self) -> timedelta:
        if self._closed and self._evacuate(*self._closed):
            return timedelta()
        now = self._ledger.now()
        free = now >= self._not_before
        entry = self._critical() if free else None
        if entry is None and self._storms.fold():
            return timedelta()
        if not free:
            return min(self._not_before - now, self._pace.poll)
        entry = entry or self._next()
        if entry is None:
            return self._pace.poll
        self._in_hand = entry.thing.id
        self._tell(entry)
        self._in_hand = None
        return timedelta()

    def _critical(self) -> Entry | None:
        """What is critical; it waits for nothing, not even for a storm to be folded."""
        waiting = self._ledger.waiting(self.channel, 1)
        return next((each for each in waiting if each.thing.rank.startswith("0")), None)

    def _next(self) -> Entry | None:
        """The more urgent of what waited for this moment and what waits, else by turns: neither holds up the other."""
        first = [*self._ledger.due(self.channel, 1), *self._ledger.waiting(self.channel, 1)]
        self._turn = -self._turn
        return min(first[:: self._turn], key=lambda entry: entry.thing.rank[:1], default=None)

    def _tell(self, entry: Entry) -> None:
        thing = entry.thing
        now = self._ledger.now()
        if thing.told.intent:
            self._recover(thing, thing.told.intent, now)
            return
        if isinstance(thing, Storm) and (calm := self._storms.end(entry)):
            entry, thing = calm, calm.thing
        if isinstance(thing, MuteReport) and reports.gather(self._ledger, entry):
            return
        match next_move(thing, now, self._ledger.patience):
            case Send() as move:
                self._send(entry, move, now)
            case Edit() as move:
                self._edit(thing, move, now)
            case _:
                self._ledger.write(entry)  # back to its lane

    def _send(self, entry: Entry, move: Send, now: datetime) -> None:
        if not self._lease.hold(self._pace.call):
            return
        thing = entry.thing
        token = f"{thing.id}/{thing.told.sent + 1}"
        begun = _with(thing, thing.told.begun(token, move, now))
        self._ledger.write(Entry(begun, entry.version))
        if not self._lease.lasts(self._pace.call):
            return  # the writing took long: whoever holds the channel next finds the intent, and nothing sent
        thread = (thing.told.ts or "") if move.does == "reply" else ""
        key = thing.key if isinstance(thing, Problem) else thing.id
        sending = Sending(move.mention, token, key, thread, move.rings)
        ts = self._try(begun, lambda: self._channels.post(self.channel, move.view, sending))
        if ts is not None:
            self._told(thing.id, lambda told: told.stands(ts))
            if isinstance(thing, Problem) and move.does == "post" and not thing.critical:
                self._storms.posted(now)

    def _edit(self, thing: Tellable, move: Edit, now: datetime) -> None:
        sending = Sending(move.mention, "", thing.key if isinstance(thing, Problem) else thing.id)
        ts = thing.told.ts or ""

        def update() -> str:
            self._channels.update(self.channel, ts, move.view, sending)
            return ts

        if self._try(thing, update) is not None:
            self._told(thing.id, lambda told: told.edited(move.view, now))

    def _recover(self, thing: Tellable, intent: Intent, now: datetime) -> None:
        """Whether the message of an intent without an outcome stands there: Slack's history knows."""
        settled = intent.at + self._pace.settle
        if now < settled:
            self._not_before = settled
            return
        thread = (thing.told.ts or "") if intent.does == "reply" else ""

        def find() -> str:
            return self._channels.find(self.channel, intent.token, since=intent.at, thread=thread) or ""

        self._not_before = now + self._pace.step
        try:
            ts = find()
        except Gone:
            self._told(thing.id, Told.gone)
        except Upstream as error:
            self._not_found_out(error)
        else:
            self._failures = 0
            self._told(thing.id, lambda told: told.stands(ts) if ts else told.missing(now))

    def _not_found_out(self, error: Upstream) -> None:
        """Only the history can settle an intent: as long as it can't be read, nothing is sent again."""
        _log.warning("history not read", channel=self.channel, why=error.message, hint=error.hint)
        if isinstance(error, NoSuchPlace):
            self._close(error)
        else:
            self._pause(_asked_for(error))

    def _try(self, thing: Tellable, call: Callable[[], str]) -> str | None:
        """One call to Slack; what it gives, or None after whatever its failure asks for."""
        try:
            done = self._paced(call)
        except NoroshiError as error:
            self._failed(thing, error)
            return None
        self._failures = 0
        return done

    def _paced(self, call: Callable[[], str]) -> str:
        """The next one waits from this one's end on: by then at the latest Slack has seen it."""
        try:
            return call()
        finally:
            self._not_before = self._ledger.now() + self._pace.step

    def _failed(self, thing: Tellable, error: NoroshiError) -> None:
        _log.warning(
            "not told",
            id=thing.id,
            channel=self.channel,
            error=error.type,
            why=error.message,
            hint=error.hint,
        )
        match error:
            case Unanswered():
                # The intent stays: the message may stand there, or appear in a moment.
                self._unsettled = self._ledger.now() + self._pace.settle
                self._pause(max(self._pace.settle, self._backoff()))
            case Throttled():
                self._told(thing.id, Told.unsent)
                self._pause(_asked_for(error))
            case Gone():
                self._told(thing.id, Told.gone)
            case NoSuchPlace():
                self._told(thing.id, Told.unsent)
                self._close(error)
            case BadForm() if isinstance(thing, Problem) and not thing.bare:
                self._ledger.amend(thing.id, _bared)
            case Upstream() if not isinstance(error, BadForm):
                self._pause()
                # Maybe Slack says no to this one only: the next time, others are tried before it.
                until = self._not_before + 2 * self._pace.step
                self._told(thing.id, lambda told: told.put_off(until))
            case _:
                now = self._ledger.now()
                self._told(thing.id, lambda told: told.refused(now))

    def _close(self, error: NoSuchPlace) -> None:
        """What waits goes elsewhere for a while; what can go nowhere waits."""
        if self._fallback in ("", self.channel):
            self._pause()
        else:
            self._closed = (self._ledger.now() + _CLOSED_FOR, error.message)

    def _pause(self, wait: timedelta | None = None) -> None:
        self._failures += 1
        self._not_before = self._ledger.now() + (wait or self._backoff())

    def _backoff(self) -> timedelta:
        wait: timedelta = self._pace.step * 2 ** min(self._failures, 10)
        return min(self._pace.longest_pause, wait)

    def _told(self, thing_id: str, change: Callable[[Told], Told]) -> None:
        self._ledger.amend(thing_id, lambda thing: _with(thing, change(thing.told)))

    def _evacuate(self, until: datetime, why: str) -> bool:
        """While this channel can't be posted in, all that waits goes elsewhere; whether anything did."""
        if self._ledger.now() >= until:
            self._closed = None
            return False
        waiting = self._ledger.waiting(self.channel, MOST) or self._ledger.due(self.channel, MOST)
        if not waiting:
            return False
        moved = [
            Entry(_moved(each.thing, self._fallback, self.channel, why), each.version) for each in waiting
        ]
        self._ledger.write(*moved)
        self._wake(self._fallback)
        return True


def _asked_for(error: Upstream) -> timedelta | None:
    seconds = error.retry_after if isinstance(error, Throttled) else None
    return timedelta(seconds=seconds) if seconds else None


def _with(thing: Tellable, told: Told) -> Tellable:
    return replace(thing, told=told)


def _bared(thing: Tellable) -> Tellable:
    problem = cast("Problem", thing)
    return replace(problem, bare=True, told=problem.told.unsent())


def _moved(thing: Tellable, channel: str, from_: str, why: str) -> Tellable:
    """In another channel it has no post yet; what people know of it they know."""
    told = Told(sent=thing.told.sent)
    if isinstance(thing, Problem):
        return replace(thing, channel=channel, told=told, moved=f"{from_} can't be posted in: {why}")
    if isinstance(thing, Storm):
        return replace(thing, channel=channel, told=told, moved=f"{from_} can't be posted in: {why}")
    return replace(thing, channel=channel, told=told)
