"""The change feed: what happened in the workspace, for whoever watches (the page, a test)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .shapes import Json


@dataclass(frozen=True)
class Change:
    """One thing that happened; `audience` holds the user ids that may see it (None: everybody)."""

    kind: str
    data: Json
    audience: frozenset[str] | None = None

    def visible_to(self, user: str) -> bool:
        """Whether the person may see it."""
        return self.audience is None or user in self.audience


class Feed:
    """Hands every change to every watcher, in order."""

    def __init__(self) -> None:
        self._watchers: list[asyncio.Queue[Change | None]] = []

    def publish(self, change: Change) -> None:
        """Tell every watcher."""
        for queue in self._watchers:
            queue.put_nowait(change)

    def end(self) -> None:
        """Tell every watcher that nothing more will come (None), so that a server can stop."""
        for queue in self._watchers:
            queue.put_nowait(None)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Change | None]]:
        """Give a queue that fills with the changes from now on."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._watchers.append(queue)
        try:
            yield queue
        finally:
            self._watchers.remove(queue)
