"""Which days a question reads from the compact copy: those that stand for all that the raw table has of them."""

import threading
from collections.abc import Callable, Sequence
from datetime import date

import structlog

from bot.adapters.aws.compact_partitions import CompactTable
from bot.adapters.aws.glue import Reach
from bot.errors import Upstream

_log = structlog.get_logger("noroshi.trail")
_MOST_KNOWN = 64
_NOTHING: frozenset[date] = frozenset()


class CompactDays:
    """Looks in Glue, and again only after `fresh` seconds of `clock`; safe to share between threads.

    A copy that can't be read is never a question's trouble: the raw table is asked instead, and the log says so.
    """

    def __init__(
        self, make_table: Callable[[], CompactTable], clock: Callable[[], float], fresh: float
    ) -> None:
        self._make_table, self._clock, self._fresh = make_table, clock, fresh
        self._looking = threading.Lock()
        self._known: dict[tuple[date, date, Reach], tuple[float, frozenset[date]]] = {}
        self._fit: tuple[float, bool] | None = None
        self._said: set[str] = set()

    def of(self, reach: Reach, days: Sequence[date]) -> frozenset[date]:
        """Those of the days that the copy has; raises nothing."""
        if not days:
            return _NOTHING
        asked = (min(days), max(days), reach)
        with self._looking:
            known = self._known.get(asked)
            if known is None or self._clock() - known[0] > self._fresh:
                known = (self._clock(), self._look(*asked))
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known[asked] = known
            return known[1].intersection(days)

    def _look(self, first: date, last: date, reach: Reach) -> frozenset[date]:
        table = self._make_table()
        try:
            if not self._is_fit(table):
                return _NOTHING
            copies = table.copies(first, last).values()
        except Upstream as error:
            _log.warning("the compact copy is not read", message=error.message, hint=error.hint)
            return _NOTHING
        return frozenset(copy.day for copy in copies if copy.stands_for(reach))

    def _is_fit(self, table: CompactTable) -> bool:
        if self._fit is None or self._clock() - self._fit[0] > self._fresh:
            seen = table.look()
            if seen and seen.lacks:
                self._say_once(
                    f"the compact copy {table.name} is not read: it is an older one, without {', '.join(seen.lacks)}"
                )
            self._fit = (self._clock(), seen is not None and not seen.lacks)
        return self._fit[1]

    def _say_once(self, words: str) -> None:
        if words not in self._said:
            self._said.add(words)
            _log.warning(
                words, hint="drop that table, then run noroshi setup trail and noroshi trail compact"
            )
