"""The ledger: everything that is told, durably, read and written with care for who else writes."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from bot.core.moves import Tellable
from bot.core.told import Patience
from bot.errors import BadEvent, Conflict, NotFound
from bot.pipeline.filing import filed, moment_rank, unfiled
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.alerts")
Answer = TypeVar("Answer")

MOST = 100
"""So many records are read or written at once."""
_TRIES = 30
_LONGEST_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """Something told, with the version that it was read in."""

    thing: Tellable
    version: int


class Ledger:
    """What the bot knows of problems, storms, reports and notes; use it from any thread."""

    def __init__(self, store: Store, patience: Patience, now: Callable[[], datetime]) -> None:
        self.store = store
        self.patience = patience
        self.now = now

    @staticmethod
    def entry(record: Record) -> Entry:
        """What a record holds; raises BadEvent for what is none of ours."""
        return _entry(record)

    def find(self, thing_id: str) -> Entry | None:
        """What has this id; None where there is nothing (any more)."""
        record = self.store.read(thing_id).get(thing_id)
        return _entry(record) if record else None

    def write(self, *entries: Entry, beside: Sequence[Record] = ()) -> None:
        """All of them or none, and other records with them; raises Conflict, Upstream."""
        now = self.now()
        records = [filed(entry.thing, entry.version, now, self.patience) for entry in entries]
        self.store.write(*records, *beside)

    def amend(self, thing_id: str, change: Callable[[Tellable], Tellable]) -> Tellable:
        """Change what has this id, whoever else writes; raises NotFound, Conflict after many tries, Upstream."""

        def once() -> Tellable:
            entry = self.find(thing_id)
            if entry is None:
                raise NotFound("I no longer know of this problem.", "It is long over, or was told elsewhere.")
            changed = change(entry.thing)
            if changed != entry.thing:
                self.write(Entry(changed, entry.version))
            return changed

        return persist(once)

    def waiting(self, channel: str, limit: int = MOST) -> list[Entry]:
        """What has something to tell in this channel, the most urgent first."""
        return self.page(f"now:{channel}", limit)

    def page(self, lane: str, limit: int = MOST) -> list[Entry]:
        """The first of a lane that this version can read."""
        return self._page(lane, limit)

    def due(self, channel: str, limit: int = MOST) -> list[Entry]:
        """What waited for a moment that has come."""
        now = moment_rank(self.now())
        return self._page(f"later:{channel}", limit, until=now)

    def _page(self, lane: str, limit: int, until: str = "") -> list[Entry]:
        """What can't be read is passed over: it must not hide what stands behind it."""
        found: list[Entry] = []
        after: Record | None = None
        while len(found) < limit:
            records = self.store.lane(lane, limit, after)
            found += _readable(each for each in records if not until or each.rank <= until)
            if len(records) < limit or (until and records[-1].rank > until):
                break
            after = records[-1]
        return found[:limit]

    def lane(self, lane: str, since: datetime | None = None) -> Iterator[Entry]:
        """All of a lane, a page at a time; what is moved meanwhile may be left out.

        `since`: of a lane in the order of time, what stands there since that moment.
        """
        after = Record(lane, {}, lane=lane, rank=moment_rank(since)) if since else None
        while page := self.store.lane(lane, MOST, after):
            yield from _readable(page)
            after = page[-1]


def persist(attempt: Callable[[], Answer]) -> Answer:
    """Try until nobody else writes in between; raises the last Conflict after many tries."""
    for n in range(_TRIES - 1):
        try:
            return attempt()
        except Conflict:
            # Two who wait equally long meet again.
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.002 * 2**n)))  # noqa: S311 - no secret
    return attempt()


def _readable(records: Iterable[Record]) -> list[Entry]:
    """Those that this version can read: what a newer replica wrote is for it to tell, and holds up nothing."""
    entries: list[Entry] = []
    for record in records:
        try:
            entries.append(_entry(record))
        except BadEvent as error:
            _log.error("unreadable record", id=record.id, error=error.message)
    return entries


def _entry(record: Record) -> Entry:
    return Entry(unfiled(record), record.version)
