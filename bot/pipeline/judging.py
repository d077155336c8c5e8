"""Buckets that wait to be looked at after a call, durably; and what was seen of each last."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.core import moment
from bot.core.public.opened import Past
from bot.core.public.touched import Touched, touched
from bot.errors import Conflict
from bot.pipeline.filing import moment_rank
from bot.pipeline.ledger import MOST, persist
from bot.pipeline.reading import Outcome
from bot.ports import Record, Store

LANE = "looking"
_KEPT = timedelta(days=400)
_WAITS = timedelta(days=14)
"""SQS gives a message again for as long."""
_CLAIM, _CLAIM_OF_ALL = timedelta(minutes=1), timedelta(minutes=5)
"""A look at one bucket takes seconds, at all of an account minutes; who died in it is waited for so long."""
_CALLS = 20
_LONGEST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Due:
    """A bucket ("" : all of the account's) to look at, since these calls, oldest first; tried so often before."""

    account_id: str
    bucket: str
    calls: tuple[Touched, ...]
    tries: int
    record: Record


class Judging:
    """What is to be looked at; use it from any thread and any replica. Everything raises Upstream.

    `filed` is set whenever something was filed in this process.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self.filed = threading.Event()

    def file(self, outcomes: Iterable[Outcome]) -> None:
        """Put on record which buckets these events touched; a call that waits already is filed once."""
        calls = [call for outcome in outcomes if (call := _call(outcome))]
        for call in calls:
            persist(lambda call=call: self._add(call))  # type: ignore[misc] # mypy types no default
        if calls:
            self.filed.set()

    def _add(self, call: Touched) -> None:
        record_id = _id(call.account_id, call.bucket)
        known = self._store.read(record_id).get(record_id)
        waiting = _calls(known) if known and known.lane else ()
        if call.event_id in {each.event_id for each in waiting}:
            return
        now, version = self._now(), known.version if known else 0
        added = self._waiting(record_id, (*waiting, call)[-_CALLS:], 0, now, version)
        if known and known.lane and _claim(known) and known.rank > added.rank:
            # One look at a bucket at a time: of two the one that began earlier may end later, and be told as the last.
            added = replace(_claimed(added, _claim(known)), rank=known.rank)
        self._store.write(added)

    def due(self) -> Iterator[Due]:
        """Those whose time has come, each claimed for some minutes: another replica passes it over."""
        now = self._now()
        for record in self._store.lane(LANE, MOST):
            if record.rank > moment_rank(now):
                return
            calls, tries = _calls(record), int(record.body.get("tries", 0))
            if not calls:
                continue
            until = now + (_CLAIM if calls[0].bucket else _CLAIM_OF_ALL)
            mine = _claimed(self._waiting(record.id, calls, tries, until, record.version), uuid4().hex)
            with contextlib.suppress(Conflict):
                self._store.write(mine)
                claimed = replace(mine, version=record.version + 1)
                yield Due(calls[0].account_id, calls[0].bucket, calls, tries, claimed)

    def past(self, account_id: str, bucket: str) -> Past:
        """What was seen of a bucket last."""
        record = self._store.read(_past(account_id, bucket)).get(_past(account_id, bucket))
        body = record.body if record else {}
        return Past(
            str(body.get("judgement", "")), frozenset(body.get("open", ())), tuple(body.get("keys", ()))
        )

    def remember(self, account_id: str, bucket: str, seen: Past) -> None:
        """Keep what was seen of a bucket now."""
        record_id = _past(account_id, bucket)

        def once() -> None:
            known = self._store.read(record_id).get(record_id)
            body = {"judgement": seen.judgement, "open": sorted(seen.open_), "keys": list(seen.keys)}
            version, ends = known.version if known else 0, self._now() + _KEPT
            self._store.write(Record(record_id, body, version, expires_at=ends))

        persist(once)

    def done(self, due: Due) -> None:
        """It was looked at; a call that came meanwhile lets it wait on."""
        self._end(due, Record(due.record.id, {}, due.record.version, expires_at=self._now() + _WAITS))

    def again(self, due: Due) -> None:
        """It could not be looked at: let it wait, longer each time."""
        at = self._now() + min(timedelta(seconds=10 * 2**due.tries), _LONGEST)
        self._end(due, self._waiting(due.record.id, due.calls, due.tries + 1, at, due.record.version))

    def _end(self, due: Due, then: Record) -> None:
        """Give the claim back; what was called meanwhile is looked into at once."""
        try:
            self._store.write(then)
        except Conflict:
            persist(lambda: self._free(due.record))
            self.filed.set()

    def _free(self, mine: Record) -> None:
        known = self._store.read(mine.id).get(mine.id)
        if known and known.lane and _claim(known) == _claim(mine):
            self._store.write(self._waiting(mine.id, _calls(known), 0, self._now(), known.version))

    def _waiting(
        self, record_id: str, calls: tuple[Touched, ...], tries: int, at: datetime, version: int
    ) -> Record:
        body = {"calls": [_body(call) for call in calls], "tries": tries}
        return Record(record_id, body, version, LANE, moment_rank(at), self._now() + _WAITS)


def _call(outcome: Outcome) -> Touched | None:
    call = touched(outcome.event)
    if call is None:
        return None
    alert = outcome.alert
    return replace(call, key=alert.key if alert else outcome.closes or "", told=alert is not None)


def _body(call: Touched) -> dict[str, Any]:
    return asdict(call) | {"at": call.at.isoformat() if call.at else None}


def _calls(record: Record) -> tuple[Touched, ...]:
    told = record.body.get("calls", ())
    return tuple(Touched(**each | {"at": moment.read(each["at"])}) for each in told)


def _claimed(record: Record, by: str) -> Record:
    return replace(record, body={**record.body, "claimed": by})


def _claim(record: Record) -> str:
    return str(record.body.get("claimed", ""))


def _id(account_id: str, bucket: str) -> str:
    return f"look:{account_id}:{bucket}"


def _past(account_id: str, bucket: str) -> str:
    return f"public:{account_id}:{bucket}"
