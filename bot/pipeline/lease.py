"""A lease: of all replicas, one tells in a channel; when it dies, another goes on after so many seconds.

Clocks may differ by less than a third of the term, no more: a holder stops acting that long before its end.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import Conflict
from bot.ports import Record, Store


class Lease:
    """One lease; `owner` must be another in every process."""

    def __init__(
        self, store: Store, name: str, owner: str, term: timedelta, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._id = f"lease:{name}"
        self._owner = owner
        self._term = term
        self._now = now
        self._mine: Record | None = None
        self._until: datetime | None = None

    def hold(self, for_: timedelta = timedelta()) -> bool:
        """Take or keep it; whether it is ours for at least so long from now on. Raises Upstream."""
        if self.lasts(max(for_, self._term / 3)):
            return True
        now = self._now()
        known = self._mine or self._store.read(self._id).get(self._id)
        if known and known.body["owner"] != self._owner and now < _until(known):
            return False
        return self._take(known, now, for_)

    def lasts(self, for_: timedelta) -> bool:
        """Whether it is ours for at least so long from now on, as far as is known; asks nobody."""
        return self._until is not None and self._now() + for_ <= self._until - self._term / 3

    def _take(self, known: Record | None, now: datetime, for_: timedelta) -> bool:
        until = now + self._term
        wanted = Record(
            self._id, {"owner": self._owner, "until": until.isoformat()}, known.version if known else 0
        )
        try:
            self._store.write(wanted)
        except Conflict:
            self._mine = self._until = None
            return False
        self._mine = Record(self._id, wanted.body, wanted.version + 1)
        self._until = until
        return self.lasts(for_)  # the writing may have taken long

    def release(self) -> None:
        """Let others have it at once; raises Upstream."""
        if self._mine is None:
            return
        over = {"owner": "", "until": self._now().isoformat()}
        with contextlib.suppress(Conflict):  # somebody else has it already
            self._store.write(Record(self._id, over, self._mine.version))
        self._mine = self._until = None


def _until(record: Record) -> datetime:
    return datetime.fromisoformat(str(record.body["until"]))
