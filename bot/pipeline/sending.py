"""One channel's messages to Slack: the intent first, then the call, then what its outcome asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import structlog

from bot.core.moves import Tellable
from bot.core.outcome import Outcome, outcome_of
from bot.core.problem import Problem
from bot.core.told import Attach, Edit, Intent, Send, Told
from bot.errors import BadForm, Gone, NoroshiError, NoSuchPlace, Throttled, Unanswered, Upstream
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import Entry, Ledger
from bot.pipeline.pace import Pace
from bot.ports import Channels, Counting, Sending

_log = structlog.get_logger("noroshi.alerts")
_CLOSED_FOR = timedelta(minutes=1)


class Sender:
    """Sends in one channel, only while the lease is held; keeps the pace, and looks for what got no answer.

    Nothing is to be called before `not_before`; until `unsettled` a message without an answer may still appear.
    `closed` says until when the channel counts as one that can't be posted in, and why; without a
    `fallback` it never does.
    """

    def __init__(  # noqa: PLR0913 - what a channel's sending needs, each once
        self,
        channel: str,
        ledger: Ledger,
        channels: Channels,
        lease: Lease,
        pace: Pace,
        *,
        fallback: str,
        counting: Counting | None = None,
    ) -> None:
        self._channel = channel
        self._ledger = ledger
        self._channels = channels
        self._lease = lease
        self._pace = pace
        self._fallback = fallback
        self._counting = counting
        self._failures = 0
        self.not_before = self.unsettled = datetime.min.replace(tzinfo=ledger.now().tzinfo)
        self.closed: tuple[datetime, str] | None = None

    def send(self, entry: Entry, move: Send, now: datetime) -> bool:
        """Send it; whether it stands there for certain. Raises Conflict, Upstream where the store fails."""
        if not self._lease.hold(self._pace.call):
            return False
        thing = entry.thing
        token = f"{thing.id}/{thing.told.sent + 1}"
        begun = replace(thing, told=thing.told.begun(token, move, now))
        self._ledger.write(Entry(begun, entry.version))
        if not self._lease.lasts(self._pace.call):
            return False  # the writing took long: whoever holds the channel next finds the intent, and nothing sent
        thread = (thing.told.ts or "") if move.does == "reply" else ""
        key = thing.key if isinstance(thing, Problem) else thing.id
        sending = Sending(move.mention, token, key, thread, move.rings)
        ts = self._try(begun, move.does, lambda: self._channels.post(self._channel, move.view, sending))
        if ts is None:
            return False
        self.told(thing.id, lambda told: told.stands(ts))
        return True

    def edit(self, thing: Tellable, move: Edit, now: datetime) -> None:
        """Let its post show something else; raises Upstream where the store fails."""
        sending = Sending(move.mention, "", thing.key if isinstance(thing, Problem) else thing.id)
        ts = thing.told.ts or ""

        def update() -> str:
            self._channels.update(self._channel, ts, move.view, sending)
            return ts

        if self._try(thing, "edit", update) is not None:
            self.told(thing.id, lambda told: told.edited(move.view, now))

    def attach(self, entry: Entry, move: Attach, now: datetime) -> None:
        """Put its pictures into its thread, at most once, holding up nothing; raises Conflict, Upstream where the store fails.

        That they were begun is written first. Only what Slack has certainly not taken is tried again.
        """
        if not self._lease.hold(self._pace.call):
            return
        thing = entry.thing
        begun = replace(thing, told=replace(thing.told, attached=True))
        self._ledger.write(Entry(begun, entry.version))

        def upload() -> str:
            self._channels.attach(self._channel, thing.told.ts or "", move.view)
            return ""

        try:
            self._paced(upload)
        except NoroshiError as error:
            _log.warning("no picture", id=thing.id, channel=self._channel, why=error.message, hint=error.hint)
            if isinstance(error, Throttled):
                self.told(thing.id, lambda told: told.not_attached(now))

    def recover(self, thing: Tellable, intent: Intent, now: datetime) -> None:
        """Whether the message of an intent without an outcome stands there: Slack's history knows."""
        settled = intent.at + self._pace.settle
        if now < settled:
            self.not_before = settled
            return
        thread = (thing.told.ts or "") if intent.does == "reply" else ""

        def find() -> str:
            return self._channels.find(self._channel, intent.token, since=intent.at, thread=thread) or ""

        self.not_before = now + self._pace.step
        try:
            ts = find()
        except Gone:
            self.told(thing.id, Told.gone)
        except Upstream as error:
            self._not_found_out(thing, error, now)
        else:
            self._failures = 0
            if ts:
                self._count(thing, intent.does, "found")
            self.told(thing.id, lambda told: told.stands(ts) if ts else told.missing(now))

    def _not_found_out(self, thing: Tellable, error: Upstream, now: datetime) -> None:
        """Only the history can settle an intent: as long as it can't be read, this one is not sent again."""
        _log.error("history not read", channel=self._channel, why=error.message, hint=error.hint)
        match error:
            case NoSuchPlace():
                self._close(error)
            case Throttled() | Unanswered():
                self._pause(_asked_for(error))
            case _:
                # A missing scope, say: that must not silence the channel for everything else.
                self.told(thing.id, lambda told: told.doubted(now))

    def _try(self, thing: Tellable, does: str, call: Callable[[], str]) -> str | None:
        """One call to Slack; what it gives, or None after whatever its failure asks for."""
        try:
            done = self._paced(call)
        except NoroshiError as error:
            self._count(thing, does, outcome_of(error))
            self._failed(thing, error)
            return None
        self._count(thing, does, "ok")
        self._failures = 0
        return done

    def _count(self, thing: Tellable, does: str, outcome: Outcome) -> None:
        """How long an event waited is counted once: when somebody could first read of it."""
        if self._counting is None:
            return
        first = isinstance(thing, Problem) and does == "post" and not thing.told.memory.tellings
        stands = first and outcome in ("ok", "found")
        waited = (self._ledger.now() - cast("Problem", thing).at).total_seconds() if stands else None
        self._counting.delivered(self._channel, does, outcome, waited)

    def _paced(self, call: Callable[[], str]) -> str:
        """The next one waits from this one's end on: by then at the latest Slack has seen it."""
        try:
            return call()
        finally:
            self.not_before = self._ledger.now() + self._pace.step

    def _failed(self, thing: Tellable, error: NoroshiError) -> None:
        _log.warning(
            "not told",
            id=thing.id,
            channel=self._channel,
            error=error.type,
            why=error.message,
            hint=error.hint,
        )
        match error:
            case Unanswered():
                # The intent stays: the message may stand there, or appear in a moment.
                self.unsettled = self._ledger.now() + self._pace.settle
                self._pause(max(self._pace.settle, self._backoff()))
            case Throttled():
                self.told(thing.id, Told.unsent)
                self._pause(_asked_for(error))
            case Gone():
                self.told(thing.id, Told.gone)
            case NoSuchPlace():
                self.told(thing.id, Told.unsent)
                self._close(error)
            case BadForm() if isinstance(thing, Problem) and not thing.bare:
                self._ledger.amend(thing.id, _bared)
            case Upstream() if not isinstance(error, BadForm):
                self._pause()
                # Maybe Slack says no to this one only: the next time, others are tried before it.
                until = self.not_before + 2 * self._pace.step
                self.told(thing.id, lambda told: told.put_off(until))
            case _:
                now = self._ledger.now()
                self.told(thing.id, lambda told: told.refused(now))

    def _close(self, error: NoSuchPlace) -> None:
        """What waits goes elsewhere for a while; what can go nowhere waits."""
        if self._fallback in ("", self._channel):
            self._pause()
        else:
            self.closed = (self._ledger.now() + _CLOSED_FOR, error.message)

    def _pause(self, wait: timedelta | None = None) -> None:
        self._failures += 1
        self.not_before = self._ledger.now() + (wait or self._backoff())

    def _backoff(self) -> timedelta:
        wait: timedelta = self._pace.step * 2 ** min(self._failures, 10)
        return min(self._pace.longest_pause, wait)

    def told(self, thing_id: str, change: Callable[[Told], Told]) -> None:
        """Change what Slack has of it; raises NotFound, Upstream where the store fails."""
        self._ledger.amend(thing_id, lambda thing: replace(thing, told=change(thing.told)))


def _asked_for(error: Upstream) -> timedelta | None:
    seconds = error.retry_after if isinstance(error, Throttled) else None
    return timedelta(seconds=seconds) if seconds else None


def _bared(thing: Tellable) -> Tellable:
    problem = cast("Problem", thing)
    return replace(problem, bare=True, told=problem.told.unsent())
