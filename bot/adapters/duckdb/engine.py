"""The trail engine over CloudTrail files: a folder, or a bucket, without Athena."""

import threading
import time
from pathlib import Path
from typing import Any

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.lake import LakeAnswer, query
from bot.adapters.duckdb.layout import relative
from bot.adapters.duckdb.store import LogObject, LogStore
from bot.adapters.duckdb.values import plain_value
from bot.core.view import Caveat, Receipt
from bot.errors import QueryFailed
from bot.ports import Progress, TrailQuery, TrailRows
from bot.trail.sources import Part, Sources
from bot.trail.statement import statement

_NAMED = 3
# One question alone uses every core; many together would all be late.
_TURN = threading.Lock()


class DuckdbEngine:
    """Satisfies `bot.ports.TrailEngine`; safe to share between threads. Costs nothing, keeps nothing.

    One question of the process is answered at a time.

    `location` is a folder, or `s3://bucket/prefix` (`client` then is boto3's for S3, made when not given).
    """

    def __init__(
        self,
        location: str,
        *,
        database: str = "noroshi",
        table: str = "cloudtrail",
        timeout_seconds: float = 120,
        client: Any = None,
    ) -> None:
        self._store = _store(location, client)
        self._table = f"{database}.{table}"
        self._timeout_seconds = timeout_seconds

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
        timer = threading.Timer(self._timeout_seconds, brake.pull)
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
        files: list[LogObject] = []
        for file in self._store.objects(query_.span.publish_days()):
            brake.check()
            files.append(file)
        progress(f"Reading {len(files):,} log files, {sum(file.size for file in files) / 1e6:,.1f} MB…")
        asked = statement(query_, Sources(Part(self._table, query_.span.publish_days())))
        return query(
            files,
            asked.sql,
            asked.parameters,
            table=self._table,
            needles=query_.needles,
            brake=brake,
            readers=self._store.readers,
        )

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
        named = [f"{relative(one.key, self._store.name)} ({one.reason})" for one in answer.skipped[:_NAMED]]
        more = len(answer.skipped) - len(named)
        count = (
            f"{len(answer.skipped):,} of {answer.files:,} files could not be read and were skipped whole: "
        )
        words = count + ", ".join(named) + (f" and {more:,} more" if more else "")
        return Caveat("files-skipped", words, "note" if answer.logs else "blind")


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


def _store(location: str, client: Any) -> LogStore:
    if not location.startswith("s3://"):
        return FolderStore(Path(location))
    from bot.adapters.duckdb.s3 import S3Store  # noqa: PLC0415 - a folder needs no boto3, which is slow to load

    if client is None:
        from bot.adapters.aws.session import client as make_client  # noqa: PLC0415 - as above

        client = make_client("s3")
    return S3Store(location, client)
