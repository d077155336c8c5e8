"""When more waits in a channel than it can take, a digest tells it."""

from collections import deque
from datetime import datetime, timedelta
from typing import cast

from bot.core.problem import Problem
from bot.core.storm import Storm, begun, ended, folded
from bot.errors import Conflict
from bot.pipeline.ledger import MOST, Entry, Ledger
from bot.pipeline.pace import Pace
from bot.ports import Record

_SAME_GUST = timedelta(seconds=10)


class Storms:
    """The storms of one channel; only who holds the channel's lease may use it."""

    def __init__(self, channel: str, ledger: Ledger, pace: Pace) -> None:
        self._channel = channel
        self._pointer = pointer_id(channel)
        self._ledger = ledger
        self._pace = pace
        self._posts: deque[datetime] = deque()
        self._joined: datetime | None = None

    def posted(self, at: datetime) -> None:
        """A problem got a post of its own, which is one less for the others."""
        self._posts.append(at)

    def fold(self) -> bool:
        """Put what waits into the digest where it is too much; whether anything was. Raises Conflict, Upstream."""
        waiting = [
            entry
            for entry in self._ledger.waiting(self._channel)
            if isinstance(entry.thing, Problem) and entry.thing.foldable
        ]
        pointer = self._ledger.store.read(self._pointer).get(self._pointer) if waiting else None
        entry = self._open(pointer)
        if len(waiting) <= self._room():
            # What the digest tells of already goes on being told there.
            waiting = [
                each for each in waiting if entry and cast("Problem", each.thing).storm == entry.thing.id
            ]
        if not waiting:
            return False
        self._join(entry, pointer, waiting[: MOST - 2])
        return True

    def keep(self, entry: Entry) -> bool:
        """Put it into the digest that holds it already, if that goes on; whether it was. Raises Conflict, Upstream.

        What was told since `fold` looked must not get a post of its own for that.
        """
        problem = entry.thing
        if not isinstance(problem, Problem) or not problem.storm or not problem.foldable:
            return False
        pointer = self._ledger.store.read(self._pointer).get(self._pointer)
        storm = self._open(pointer)
        if storm is None or storm.thing.id != problem.storm:
            return False
        self._join(storm, pointer, [entry])
        return True

    def _room(self) -> int:
        now = self._ledger.now()
        if self._joined and now - self._joined < _SAME_GUST:
            return 0  # the last of a gust are no news of their own
        while self._posts and now - self._posts[0] > self._pace.window:
            self._posts.popleft()
        return self._pace.storm_above - len(self._posts)

    def _join(self, entry: Entry | None, pointer: Record | None, waiting: list[Entry]) -> None:
        """All in one write: a telling is in the digest's counts, or still waits."""
        now = self._ledger.now()
        entry = entry or self._new(now)
        storm, problems = folded(cast("Storm", entry.thing), (cast("Problem", e.thing) for e in waiting), now)
        entries = [Entry(problem, each.version) for problem, each in zip(problems, waiting, strict=True)]
        beside = []
        if entry.version == 0:
            body = {"storm": storm.id}
            beside = [Record(self._pointer, body, pointer.version if pointer else 0)]
        self._ledger.write(Entry(storm, entry.version), *entries, beside=beside)
        self._joined = now

    def _open(self, pointer: Record | None) -> Entry | None:
        """The storm that goes on here, if one does."""
        entry = self._ledger.find(str(pointer.body["storm"])) if pointer else None
        storm = entry.thing if entry else None
        if not isinstance(storm, Storm) or storm.over or storm.channel != self._channel:
            return None
        return entry

    def _new(self, now: datetime) -> Entry:
        return Entry(begun(f"storm-{self._channel}-{now.isoformat()}", self._channel, now), 0)

    def end(self, entry: Entry) -> Entry | None:
        """End the storm of this entry if it is calm; None where nothing changed."""
        storm = ended(cast("Storm", entry.thing), self._ledger.now())
        if storm == entry.thing:
            return None
        try:
            self._ledger.write(Entry(storm, entry.version))
        except Conflict:
            return None
        return Entry(storm, entry.version + 1)


def pointer_id(channel: str) -> str:
    """The record that names a channel's last storm."""
    return f"storming:{channel}"
