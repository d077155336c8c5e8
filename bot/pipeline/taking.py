"""What was read is put on record, each telling once; then, and only then, its message may leave the queue."""

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.alert import Alert
from bot.core.event import Event
from bot.core.moves import Tellable
from bot.core.mute import hiding
from bot.core.note import Note
from bot.core.problem import Problem, Telling, problem_id
from bot.core.tellings import closed, heard, knows
from bot.core.view import View
from bot.errors import Conflict, NotConfigured
from bot.pipeline.ledger import MOST, Entry, Ledger, persist
from bot.pipeline.mutes import MUTES, mutes_in
from bot.pipeline.reading import Outcome, Reading
from bot.ports import Record

_PART = MOST // 2  # a problem that leaves its channel takes a note with it
_HEARD_EVERY = timedelta(minutes=5)
_HEARD_KEPT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One message's outcome, and the problem that it is about."""

    outcome: Outcome
    problem: str
    telling: Telling | None = None


class Taking:
    """Takes messages in; from any thread. `wake` is called with each channel that has something to tell.

    `file` puts on record what has to be looked at because of these messages, before they may leave the queue.
    """

    def __init__(
        self,
        reading: Reading,
        ledger: Ledger,
        wake: Callable[[str], None],
        file: Callable[[Sequence[Outcome]], None] = lambda _: None,
    ) -> None:
        self._reading = reading
        self._file = file
        self._ledger = ledger
        self._wake = wake
        # Within one process it is cheaper to wait for each other than to find a conflict and read again.
        self._one_at_a_time = threading.Lock()
        self._noted: dict[str, datetime] = {}

    def calm(self, body: str) -> bool:
        """Whether this message may wait a moment for others, by a cheap look."""
        return self._reading.calm(body)

    def take(self, bodies: Sequence[str]) -> list[Outcome]:
        """Read these messages and put them on record, all or none; what they become, in order.

        Raises BadEvent for one that nothing can show, NotConfigured where alerts have no channel, Upstream.
        """
        return self._record([self._reading.decide(body) for body in bodies])

    def tell(self, *alerts: Alert) -> None:
        """The same for alerts of our own making; raises NotConfigured, Upstream."""
        self._record([self._reading.placed(alert, Event("noroshi", "", {})) for alert in alerts])

    def probe(self) -> None:
        """Whether the record can be read at all; raises Upstream."""
        self._ledger.store.read(MUTES)

    def _record(self, outcomes: list[Outcome]) -> list[Outcome]:
        now = self._ledger.now()
        matters = [each for outcome in outcomes if (each := _heard(outcome, now))]
        with self._one_at_a_time:
            for part in _parts(matters):
                woken = persist(lambda part=part: self._write(part))  # type: ignore[misc] # mypy types no default
                for channel in woken:
                    self._wake(channel)
            self._note_accounts(outcomes, now)
        self._file(outcomes)
        return outcomes

    def _write(self, matters: Sequence[_Heard]) -> set[str]:
        """Write what these make of their problems; gives the channels that have something to tell."""
        now = self._ledger.now()
        ids = list(dict.fromkeys(each.problem for each in matters))
        records = self._ledger.store.read(*ids, MUTES)
        mutes = mutes_in(records.get(MUTES))
        before = {key: self._ledger.entry(record) for key, record in records.items() if key != MUTES}
        after: dict[str, Problem] = {key: each.thing for key, each in before.items()}  # type: ignore[misc]
        for each in matters:
            known = after.get(each.problem)
            if telling := each.telling:
                if known is None or not knows(known, telling):
                    after[each.problem] = heard(known, telling, hiding(mutes, telling.alert, now), now)
            elif known:
                why = each.outcome.dropped or ""
                after[each.problem] = closed(known, why, each.outcome.event.at or now)
        notes = [
            Entry(note, 0) for key, each in before.items() if (note := _left(each.thing, after[key], now))
        ]
        changed = [
            Entry(problem, before[key].version if key in before else 0)
            for key, problem in after.items()
            if key not in before or problem != before[key].thing
        ]
        if changed:
            self._ledger.write(*changed, *notes)
        return {entry.thing.channel for entry in (*changed, *notes)}

    def _note_accounts(self, outcomes: Iterable[Outcome], now: datetime) -> None:
        """Since when nothing was heard of an account is asked by who listens for silence; seldom is enough."""
        accounts = {outcome.event.account_id for outcome in outcomes if outcome.event.account_id}
        for account in accounts:
            if account not in self._noted or now - self._noted[account] >= _HEARD_EVERY:
                self._note(account, now)

    def _note(self, account: str, now: datetime) -> None:
        record_id = f"heard:{account}"
        known: Mapping[str, Record] = self._ledger.store.read(record_id)
        version = known[record_id].version if record_id in known else 0
        body = {"at": now.isoformat()}
        with contextlib.suppress(Conflict):  # another replica heard it in the same moment
            self._ledger.store.write(Record(record_id, body, version, expires_at=now + _HEARD_KEPT))
        self._noted[account] = now


def _heard(outcome: Outcome, now: datetime) -> _Heard | None:
    alert, where = outcome.alert, outcome.where
    if alert is None:
        return _Heard(outcome, problem_id(outcome.closes)) if outcome.closes else None
    if where is None or where.channel is None:
        raise NotConfigured(
            "An alert has nowhere to go.", "Set NOROSHI_ALERTS__CHANNEL to a channel the bot is in."
        )
    # What says that it is from the future would make all that comes after it old.
    at = min(outcome.event.at or alert.last_seen or alert.first_seen or now, now)
    telling = Telling(alert, at, _occurrence(outcome), where.channel, where.mention)
    return _Heard(outcome, problem_id(alert.key), telling)


def _left(before: Tellable, after: Problem, now: datetime) -> Note | None:
    """What the old channel is told when a problem got worse, and its route leads elsewhere now."""
    if before.channel == after.channel or before.told.ts is None:
        return None
    view = View(
        f"Now {after.alert.severity.value}, and told in {after.channel} from here on: {after.alert.title}",
        severity=after.alert.severity,
    )
    return Note(f"left-{after.id}-{before.told.sent}", before.channel, view, now)


def _occurrence(outcome: Outcome) -> str:
    """The source's own word, else the envelope's id, else what the event says: copies say the same."""
    alert, event = outcome.alert, outcome.event
    if alert and alert.occurrence:
        return alert.occurrence
    if event.event_id:
        return event.event_id
    said = f"{event.at}{sorted(event.detail.items(), key=lambda item: str(item[0]))}"
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()


def _parts(matters: Sequence[_Heard]) -> Iterable[Sequence[_Heard]]:
    return (matters[n : n + _PART] for n in range(0, len(matters), _PART))
