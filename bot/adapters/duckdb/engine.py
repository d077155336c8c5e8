"""The trail engine over CloudTrail files: a folder, or a bucket, without Athena."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.compact import folder_for
from bot.adapters.duckdb.compact_asking import CompactAsking, parquet_table, unreadable
from bot.adapters.duckdb.compacting import Compacting
from bot.adapters.duckdb.day_copy import Slice, are_from, slices_on, standing_first
from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.forms import Forms, forms
from bot.adapters.duckdb.lake import LakeAnswer, query
from bot.adapters.duckdb.layout import relative
from bot.adapters.duckdb.store import LogObject, LogStore
from bot.adapters.duckdb.values import plain_value
from bot.core.spoken import some
from bot.core.view import Caveat, Receipt
from bot.errors import NotConfigured, QueryFailed
from bot.ports import Progress, TrailQuery, TrailRows
from bot.trail.compaction import Compacted
from bot.trail.copies import takes_events_once
from bot.trail.on_bucket import asked_bucket, nothing_else, only_from
from bot.trail.statement import Statement, statement

_NAMED = 3
# One question alone uses every core; many together would all be late.
_TURN = threading.Lock()


class DuckdbEngine:
    """Satisfies `bot.ports.TrailEngine` and `bot.trail.compaction.Compactor`; safe to share between threads. Costs nothing.

    One question of the process is answered at a time. What `compact` copied is read in the place of its log
    files, where they are as they were then; the receipt counts what DuckDB read of it, footers and all.

    `location` is a folder, or `s3://bucket/prefix` (`client` then is boto3's for S3, made when not given), or the
    store itself; `compact_location` a folder for the compact copy, beside the log folder when not said. `timer`
    makes what ends a question that takes too long.
    """

    def __init__(  # noqa: PLR0913 - a place, a name, and what it needs from outside
        self,
        location: str | LogStore,
        *,
        database: str = "noroshi",
        table: str = "cloudtrail",
        timeout_seconds: float = 120,
        client: Any = None,
        compact_location: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timer: Callable[[float, Callable[[], None]], threading.Timer] = threading.Timer,
    ) -> None:
        self._store = _store(location, client)
        self._table = f"{database}.{table}"
        self._compact_table = f"{self._table}_compact"
        self._timeout_seconds = timeout_seconds
        self._clock, self._timer = clock, timer
        self._compact = folder_for(location if isinstance(location, str) else None, compact_location)
        self._asking = CompactAsking(self._compact, self._compact_table) if self._compact else None

    @property
    def table(self) -> str:
        """`database.table`."""
        return self._table

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Read the window's files and ask them; raises NotFound, AccessDenied, QueryFailed, Upstream.

        Waits its turn first, which the timeout does not count.
        """
        if not _TURN.acquire(blocking=False):
            progress("Waiting for another question…")
            _TURN.acquire()
        try:
            return self._run(query, progress)
        finally:
            _TURN.release()

    def _run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        started = time.monotonic()
        brake = Brake()
        timer = self._timer(self._timeout_seconds, brake.pull)
        timer.daemon = True
        timer.start()
        try:
            answer = self._answer(query, progress, brake)
        except Stopped as error:
            raise QueryFailed(
                f"Reading {self._store.name} took longer than {self._timeout_seconds:g} s; it was stopped.",
                "Ask for a shorter window, or raise NOROSHI_TRAIL__TIMEOUT_SECONDS.",
            ) from error
        finally:
            timer.cancel()
        names = [name for name, _ in answer.columns]
        rows = tuple(dict(zip(names, map(plain_value, row), strict=True)) for row in answer.rows)
        return TrailRows(rows, _receipt(query, answer, time.monotonic() - started), self._caveats(answer))

    def _answer(self, query_: TrailQuery, progress: Progress, brake: Brake) -> LakeAnswer:
        progress("Looking for log files…")
        days = query_.span.publish_days()
        files = self._listed(days, brake)
        # Whoever asks the CloudTrail table itself asks for what only the log files hold.
        events_alone = query_.relation is not None and not query_.relation.records
        copies = self._compact.copies(days) if events_alone and self._compact else {}
        if not copies:
            return self._ready(query_, Forms(_announced(files, progress)))(brake)
        with ThreadPoolExecutor(1, thread_name_prefix="copies") as beside:
            # Copies of all days, but maybe of the one behind the window, are asked while the listing shows whether
            # they may be.
            alone, every = Forms([], copies), len(copies) >= len(days) - 1
            ahead = self._ahead(beside, query_, alone, brake) if every else None
            listed = list(files)
            both = forms(listed, copies, self._store.root)
            progress(both.words())
        try:
            asked = ahead.result() if ahead and both == alone else self._ready(query_, both)(brake)
            return both.with_copies(asked)
        except QueryFailed as error:
            if not both.copies or not unreadable(error):
                raise
            return self._ready(query_, Forms(_announced(listed, progress)))(brake)

    def _ahead(self, beside: Executor, query_: TrailQuery, copies: Forms, brake: Brake) -> Future[LakeAnswer]:
        """Asked in another thread from now on; all that needs Python is done before, for the listing would hold it up."""
        try:
            return beside.submit(self._ready(query_, copies), brake)
        except QueryFailed as error:
            failed: Future[LakeAnswer] = Future()
            failed.set_exception(error)
            return failed

    def _listed(self, days: tuple[date, ...], brake: Brake) -> Iterator[LogObject]:
        for file in self._store.objects(days):
            brake.check()
            yield file

    def _ready(self, query_: TrailQuery, both: Forms) -> Callable[[Brake], LakeAnswer]:
        """What asks it; raises QueryFailed, and when asked what `query` does."""
        copies, bucket = both.copies.values(), asked_bucket(query_.relation)
        copied = slices_on(copies, bucket)
        if copied and not both.files and self._asking:
            if bucket and are_from(copies, bucket):
                return self._ready_from(only_from(query_), both, copied, self._asking)
            return self._asking.ready(copied, self._statement(query_, both))
        asked = self._statement(query_, both)
        return lambda brake: query(
            both.files,
            asked.sql,
            asked.parameters,
            table=self._table,
            parquet=[parquet_table(self._compact_table, copied)] if copied else [],
            needles=query_.needles,
            brake=brake,
            readers=self._store.readers,
        )

    def _ready_from(
        self, query_: TrailQuery, both: Forms, slices: Sequence[Slice], asking: CompactAsking
    ) -> Callable[[Brake], LakeAnswer]:
        """The same of a question whose rows are all from one bucket, in these slices."""
        bucket_alone = query_.relation is not None and nothing_else(query_.relation)
        standing, others = standing_first(slices)
        if not standing or not bucket_alone or not takes_events_once(query_.sql):
            return asking.ready(slices, self._statement(query_, both))
        sources = both.sources(query_, self._table, self._compact_table, asking.standing_table)
        return asking.ready(others, statement(query_, sources), standing)

    def _statement(self, query_: TrailQuery, both: Forms) -> Statement:
        return statement(query_, both.sources(query_, self._table, self._compact_table))

    def compact(self, progress: Progress, since: date | None = None) -> Compacted:
        """Bring the compact copy up to date (see `bot.trail.compaction.Compactor`), beside all questions.

        Raises NotConfigured, NotFound, AccessDenied, Upstream.
        """
        if self._compact is None:
            raise NotConfigured(
                f"There is no folder for the compact copy of {self._store.name}.",
                "Set NOROSHI_TRAIL__COMPACT_LOCATION to a folder on this machine.",
            )
        return Compacting(self._store, self._compact, progress).run(self._clock(), since)

    def _caveats(self, answer: LakeAnswer) -> tuple[Caveat, ...]:
        caveats = [self._nothing_to_read(answer), self._skipped(answer), _undated(answer)]
        return tuple(caveat for caveat in caveats if caveat)

    def _nothing_to_read(self, answer: LakeAnswer) -> Caveat | None:
        if answer.logs or answer.skipped:
            return None
        if answer.files or not any(True for _ in self._store.objects(None)):
            return Caveat("no-log-files", f"{self._store.name} holds no CloudTrail log files", "blind")
        return Caveat(
            "no-files-in-window",
            f"{self._store.name} holds no log files of these days, only of others",
            "blind",
        )

    def _skipped(self, answer: LakeAnswer) -> Caveat | None:
        if not answer.skipped:
            return None
        named = [f"{relative(one.key, self._store.name)} ({one.reason})" for one in answer.skipped]
        count = (
            f"{len(answer.skipped):,} of {answer.files:,} files could not be read and were skipped whole: "
        )
        words = count + some(named, _NAMED)
        return Caveat("files-skipped", words, "note" if answer.logs else "blind")


def _announced(files: Iterable[LogObject], progress: Progress) -> Iterator[LogObject]:
    """The files; how many and how large is told as soon as all are found."""
    found: list[LogObject] = []
    for file in files:
        found.append(file)
        yield file
    progress(Forms(found).words())


def _undated(answer: LakeAnswer) -> Caveat | None:
    if not answer.undated:
        return None
    return Caveat("records-undated", f"{answer.undated:,} records have no readable time and were left out")


def _receipt(query: TrailQuery, answer: LakeAnswer, seconds: float) -> Receipt:
    return Receipt(
        engine="duckdb",
        seconds=round(seconds, 3),
        bytes_scanned=answer.bytes_scanned,
        cost_usd=0.0,
        sql=query.sql,
    )


def _store(location: str | LogStore, client: Any) -> LogStore:
    if not isinstance(location, str):
        return location
    if not location.startswith("s3://"):
        return FolderStore(Path(location))
    from bot.adapters.duckdb.s3 import S3Store  # noqa: PLC0415 - a folder needs no boto3, which is slow to load

    if client is None:
        from bot.adapters.aws.session import client as make_client  # noqa: PLC0415 - as above

        client = make_client("s3")
    return S3Store(location, client)
