"""Stopping work that runs in other threads: a query, or the reading before it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import QueryFailed


class Stopped(QueryFailed):
    """The brake was pulled."""


class Brake:
    """Pulled once, from any thread; what runs under it ends soon after with `Stopped`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pulled = False
        self._stops: list[Callable[[], object]] = []

    @property
    def pulled(self) -> bool:
        """Whether somebody wants the work to end."""
        return self._pulled

    def pull(self) -> None:
        """End the work; pulling again does nothing."""
        with self._lock:
            self._pulled = True
            for stop in self._stops:
                stop()

    def check(self) -> None:
        """Raise Stopped when pulled."""
        if self._pulled:
            raise Stopped("The query was stopped.")

    @contextmanager
    def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
        """While inside, pulling the brake also calls `stop` (which must not block)."""
        with self._lock:
            self._stops.append(stop)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)
