"""The store in one file of SQLite: any threads and processes of one machine.

A write that came back outlives kill -9 and power loss: it stands in the write-ahead log, which is synced at
every commit (https://sqlite.org/wal.html, https://sqlite.org/pragma.html#pragma_synchronous).
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.records import Kept, conflict, fit, fit_ids, fit_lane, microseconds, stored
from bot.adapters.sqlite_errors import is_busy, translated
from bot.ports import Record

_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS record (
        id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
        lane TEXT, rank TEXT NOT NULL, ends INTEGER)""",
    "CREATE INDEX IF NOT EXISTS record_lane ON record (lane, rank, id) WHERE lane IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS record_ends ON record (ends) WHERE ends IS NOT NULL",
)
_COLUMNS = "id, body, version, lane, rank, ends"
_ALIVE = "(ends IS NULL OR ends >= ?)"
_LANE = f"""SELECT {_COLUMNS} FROM record WHERE lane = ? AND (rank, id) > (?, ?) AND {_ALIVE}
    ORDER BY rank, id LIMIT ?"""
_PUT = f"""INSERT INTO record ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    body = excluded.body, version = excluded.version, lane = excluded.lane, rank = excluded.rank,
    ends = excluded.ends"""
_SWEEP = "DELETE FROM record WHERE rowid IN (SELECT rowid FROM record WHERE ends < ? LIMIT ?)"
_SWEPT_AT_ONCE = 200
_SWEPT_EVERY = timedelta(minutes=1)
_TRIES = 10


class SqliteStore:
    """Satisfies `bot.ports.Store`; makes the file, not its folder. Raises Upstream when it can't be used.

    `patience` is how many seconds another process may keep the file locked.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = 10,
    ) -> None:
        self._path = Path(path)
        self._clock = clock
        self._sweep_after: datetime | None = None
        # Two, so that nobody's reading waits for a disk to sync, or for another process's write.
        self._reading, self._writing = threading.Lock(), threading.Lock()
        with translated(self._path), ExitStack() as stack:
            _make(self._path)
            self._reader, self._writer = (_open(self._path, patience, stack) for _ in range(2))
            _furnish(self._writer)
            self._opened = stack.pop_all()

    def close(self) -> None:
        """Fold the log into the file and close it; the store is of no use afterwards."""
        with self._reading, self._writing, translated(self._path):
            self._opened.close()

    def read(self, *ids: str) -> Mapping[str, Record]:
        """Those that are there, as last written by anybody; raises BadRequest, Upstream."""
        once = fit_ids(ids)
        sql = f"SELECT {_COLUMNS} FROM record WHERE id IN ({_marks(once)}) AND {_ALIVE}"
        return {record.id: record for record in self._select(sql, *once, self._now())}

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        """The first records of a lane, behind `after`; raises BadRequest, Upstream."""
        behind = (after.rank, after.id) if after else ("", "")
        return self._select(_LANE, fit_lane(lane), *behind, self._now(), max(limit, 0))

    def write(self, *records: Record) -> None:
        """All or none, on the disk when it comes back; raises BadRequest, Conflict, Upstream."""
        kept = fit(records)
        if kept:
            with self._transaction() as database:
                _unchanged(database, kept, self._now())
                database.executemany(_PUT, [_row(each) for each in kept])
                swept = self._sweep(database)
            if swept:
                self._sweep_after = swept

    def _select(self, sql: str, *values: str | int) -> list[Record]:
        with self._reading, translated(self._path):
            rows = self._reader.execute(sql, values).fetchall()
        return [
            stored(name, body, version, (lane, rank), ends) for name, body, version, lane, rank, ends in rows
        ]

    def _now(self) -> int:
        return microseconds(self._clock())

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._writing, translated(self._path):
            # The lock is taken before anything is read: what is compared is still so when it is written.
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def _sweep(self, database: sqlite3.Connection) -> datetime | None:
        """Delete some expired records, now and then; gives when to do it next."""
        now = self._clock()
        if self._sweep_after and now < self._sweep_after:
            return None
        gone = database.execute(_SWEEP, (microseconds(now), _SWEPT_AT_ONCE)).rowcount
        return now if gone == _SWEPT_AT_ONCE else now + _SWEPT_EVERY


def _make(path: Path) -> None:
    """Make the file where there is none, for its owner alone; SQLite gives the log beside it the same mode.

    A file that is there is left alone: closing it here would drop the locks that other stores of this process hold
    on it, and another process would fold away the log that they write to (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _open(path: Path, patience: float, stack: ExitStack) -> sqlite3.Connection:
    # Our own locks keep threads apart. isolation_level None: the module begins nothing by itself.
    made = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    database = stack.enter_context(closing(made))
    # FULL, and where the file system allows no log, a synced folder too.
    database.execute("PRAGMA synchronous = EXTRA")
    database.execute("PRAGMA fullfsync = ON")  # macOS's fsync alone leaves it in the drive's cache
    return database


def _furnish(database: sqlite3.Connection) -> None:
    _log_ahead(database)
    for statement in _SCHEMA:
        database.execute(statement)


def _log_ahead(database: sqlite3.Connection) -> None:
    """Let readers and the writer not wait for each other; the file keeps the mode, so this is done once."""
    for _ in range(_TRIES):
        if database.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            return
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            # Changing the mode waits for nobody, whatever the patience; beginning to write does.
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")


def _unchanged(database: sqlite3.Connection, kept: Sequence[Kept], now: int) -> None:
    ids = [each.record.id for each in kept]
    sql = f"SELECT id, version FROM record WHERE id IN ({_marks(ids)}) AND {_ALIVE}"
    versions = dict(database.execute(sql, (*ids, now)).fetchall())
    for each in kept:
        if versions.get(each.record.id, 0) != each.record.version:
            raise conflict(each.record.id)


def _row(kept: Kept) -> tuple[str | int | None, ...]:
    record = kept.record
    return record.id, kept.body, record.version + 1, record.lane, record.rank, kept.ends


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
