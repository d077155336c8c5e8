"""The trail engine over CloudTrail's event history: no table, no files, no money, and little to see.

The events found are asked the very statement that a table would be, by DuckDB in memory.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.adapters.aws.lookup_caveats import Instead, Looked, told
from bot.adapters.aws.lookup_history import ACTION, History, Pace, Region, Time, by_place
from bot.core.regions import leader
from bot.core.span import Span
from bot.core.view import Receipt
from bot.errors import NoroshiError, NotConfigured, QueryFailed, Upstream
from bot.ports import Progress, TrailQuery, TrailRows
from bot.trail.sources import Part, Sources
from bot.trail.statement import Statement, statement

if TYPE_CHECKING:
    from bot.adapters.duckdb.lake import LakeAnswer

_HELD = timedelta(days=90)
_AT_ONCE = 8


class LookupEngine:
    """Satisfies `bot.ports.TrailEngine`; safe to share between threads. Costs nothing.

    `home` is the region looked from; unless a question names regions, it and the one of the global services are
    asked. `clients` makes boto3's CloudTrail client of a region. `now` is aware; `clock` counts seconds.
    """

    def __init__(  # noqa: PLR0913 - what it asks, as whom, and what it needs from outside
        self,
        clients: Callable[[str], Any],
        home: Callable[[], str],
        *,
        table: str = "noroshi.cloudtrail",
        timeout_seconds: float = 120,
        instead: Instead | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clients = clients
        self._home = home
        self._table = table
        self._timeout_seconds = timeout_seconds
        self._instead = instead or Instead()
        self._now = now
        self._time = Time(clock, sleep)
        self._making = threading.Lock()
        self._regions: dict[str, Region] = {}

    @property
    def table(self) -> str:
        """`database.table`, as statements say it."""
        return self._table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Read what the timeout allows, newest first, and ask it.

        Raises NotConfigured (the duckdb extra is missing), AccessDenied (cloudtrail:LookupEvents), Throttled,
        QueryFailed, Upstream.
        """
        _needs_duckdb(self._instead)
        started = self._time.clock()
        looked = self._look(query, progress, started + self._timeout_seconds)
        asked = statement(query, Sources(Part(self._table, query.span.publish_days())))
        rows = _rows(_ask(self._table, asked, query, looked.histories, self._timeout_seconds))
        receipt = Receipt(
            engine="lookup-events",
            seconds=round(self._time.clock() - started, 3),
            cost_usd=0.0,
            api_calls=sum(history.calls for history in looked.histories),
            sql=asked.sql,
        )
        return TrailRows(rows, receipt, told(looked, self._instead, found=bool(rows)))

    def _look(self, query: TrailQuery, progress: Progress, deadline: float) -> Looked:
        names = self._places(query)
        progress(f"{self._instead.missing.capitalize()}: searching the event history of {', '.join(names)}…")
        oldest = self._now() - _HELD
        if query.span.until <= max(oldest, query.lookup.since or oldest):
            return Looked(query.span, oldest, query.relation, [History(name) for name in names])
        begin = max(query.span.since, oldest, query.lookup.since or oldest)
        span = Span(begin, query.span.until)
        with ThreadPoolExecutor(min(_AT_ONCE, len(names)), "noroshi-history") as pool:
            reading = [
                (name, pool.submit(self._region(name).read, query.lookup, span, deadline)) for name in names
            ]
        histories: list[History] = []
        refused: list[tuple[str, NoroshiError]] = []
        for name, one in reading:
            try:
                histories.append(one.result())
            except Upstream as error:
                # An account may forbid a region; what the others hold is an answer all the same.
                refused.append((name, error))
        if not histories:
            raise refused[0][1]
        return Looked(query.span, oldest, query.relation, histories, refused)

    def _places(self, query: TrailQuery) -> tuple[str, ...]:
        if query.relation and query.relation.regions:
            return tuple(dict.fromkeys(query.relation.regions))
        home = self._home()
        return tuple(dict.fromkeys((home, leader(home))))

    def _region(self, name: str) -> Region:
        """Made once: all questions share a region's pace."""
        with self._making:
            if name not in self._regions:
                self._regions[name] = Region(name, self._clients(name), Pace(self._time), self._time)
            return self._regions[name]


def _needs_duckdb(instead: Instead) -> None:
    try:
        import bot.adapters.duckdb.lake  # noqa: F401, PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise NotConfigured(
            f"{instead.missing.capitalize()}: asking CloudTrail’s event history needs {error.name}.",
            f"pip install 'noroshi[duckdb]' (and allow {ACTION}), or {instead.way}",
        ) from error


def _ask(
    table: str, asked: Statement, query: TrailQuery, histories: Sequence[History], seconds: float
) -> "LakeAnswer":
    from bot.adapters.duckdb.brake import Brake, Stopped  # noqa: PLC0415 - an extra
    from bot.adapters.duckdb.lake import query as ask  # noqa: PLC0415 - an extra
    from bot.adapters.duckdb.store import LogObject  # noqa: PLC0415 - an extra

    files = [
        LogObject(path, len(body), lambda body=body: body)  # type: ignore[misc]  # mypy can't type a default here
        for path, body in by_place(list(histories))
    ]
    brake = Brake()
    timer = threading.Timer(seconds, brake.pull)
    timer.daemon = True
    timer.start()
    try:
        return ask(
            files, asked.sql, asked.parameters, table=table, needles=query.needles, brake=brake, readers=1
        )
    except Stopped as error:
        raise QueryFailed(
            f"Asking the event history took longer than {seconds:g} s; it was stopped.",
            "Ask for a shorter window, or raise NOROSHI_TRAIL__TIMEOUT_SECONDS.",
        ) from error
    finally:
        timer.cancel()


def _rows(answer: "LakeAnswer") -> tuple[dict[str, Any], ...]:
    from bot.adapters.duckdb.values import plain_value  # noqa: PLC0415 - an extra

    names = [name for name, _ in answer.columns]
    return tuple(dict(zip(names, map(plain_value, row), strict=True)) for row in answer.rows)
