"""A store that is opened when it is first asked: a bot without alerts must start where none can be opened."""

import threading
from collections.abc import Callable, Mapping, Sequence

from bot.ports import Record, Store


class LaterStore:
    """Satisfies `bot.ports.Store`; every call raises Upstream as long as `open_it` does."""

    def __init__(self, open_it: Callable[[], Store]) -> None:
        self._open_it = open_it
        self._opening = threading.Lock()
        self._opened: Store | None = None

    @property
    def _store(self) -> Store:
        with self._opening:
            self._opened = self._opened or self._open_it()
            return self._opened

    def read(self, *ids: str) -> Mapping[str, Record]:
        """As the store's."""
        return self._store.read(*ids)

    def write(self, *records: Record) -> None:
        """As the store's."""
        self._store.write(*records)

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        """As the store's."""
        return self._store.lane(lane, limit, after)

    def close(self) -> None:
        """Close it, if it was opened."""
        with self._opening:
            if self._opened:
                self._opened.close()
