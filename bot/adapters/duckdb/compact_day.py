"""One publish day of log files as one Parquet file: the compact form's columns, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import duckdb

from bot.adapters.duckdb.compact import DayCopy
from bot.adapters.duckdb.compact_rows import write_rows
from bot.adapters.duckdb.dialect import Translated, to_duckdb
from bot.adapters.duckdb.loading import loading
from bot.adapters.duckdb.macros import prelude
from bot.adapters.duckdb.parquet import literal
from bot.adapters.duckdb.part import Tally
from bot.adapters.duckdb.shapes import DAY
from bot.adapters.duckdb.store import LogObject
from bot.errors import QueryFailed
from bot.trail.compact_copy import copying
from bot.trail.sources import Part
from bot.trail.statement import Statement

_TABLE = "noroshi.cloudtrail"
_ROWS_A_GROUP = 2_048
"""One of DuckDB's vectors, the least it writes: little is read beside a bucket's own rows."""
_MEMORY = "500MB"


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be made: a day of these files, which have this mark."""

    day: date
    mark: str
    files: Sequence[LogObject]


def make(day: Day, folder: Path, *, readers: int = 1, threads: int = 1) -> DayCopy:
    """The day's copy, its file in `folder` (empty, and ours): still to be `put` in its place.

    Broken files are left out, and told. Raises OSError for a file that can't be had now or a full disk,
    QueryFailed, AccessDenied, Upstream.
    """
    rows, parquet = folder / "rows.ndjson", folder / "made.parquet"
    tally = write_rows(day.files, rows, parsed=False, readers=readers)
    try:
        with _database(folder, threads) as database:
            try:
                undated = _lift(database, day.day, rows, tally, parquet)
            except duckdb.InvalidInputException:
                # Some record is no event as CloudTrail writes them: look at each before DuckDB does, which also
                # gives a key that stands twice its last value.
                tally = write_rows(day.files, rows, parsed=True, readers=readers)
                undated = _lift(database, day.day, rows, tally, parquet)
    except duckdb.Error as error:
        raise QueryFailed(f"DuckDB could not copy it: {str(error).strip().splitlines()[0]}") from error
    finally:
        rows.unlink(missing_ok=True)
    return DayCopy(
        mark=day.mark,
        parquet=parquet,
        size=parquet.stat().st_size,
        files=tally.files,
        logs=tally.logs,
        undated=undated,
        bytes_read=tally.bytes,
        skipped=tally.skipped,
    )


def _database(folder: Path, threads: int) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(":memory:", config={"threads": threads, "memory_limit": _MEMORY})
    # DuckDB takes a process without a main file for a person's, and draws a bar between our lines.
    database.execute("SET enable_progress_bar = false")
    database.execute("SET GLOBAL integer_division = true")
    database.execute("SET TimeZone = 'UTC'")
    database.execute(f"SET temp_directory = {literal(str(folder / 'spilled'))}")
    database.execute("SET preserve_insertion_order = false")
    database.execute(f"CREATE SCHEMA {_TABLE.partition('.')[0]}")
    for statement in prelude():
        database.execute(statement)
    return database


def _lift(database: duckdb.DuckDBPyConnection, day: date, rows: Path, tally: Tally, parquet: Path) -> int:
    """Write the rows' Parquet; gives how many have no readable time."""
    statement, translated = _copying(day)
    select, values = loading(translated.columns, [str(rows)], tally.longest)
    database.execute(f"CREATE OR REPLACE TABLE {_TABLE} AS {select}", values)
    database.execute(
        f"COPY (SELECT *, '{day:%Y/%m/%d}' AS day FROM ({translated.sql})) TO {literal(str(parquet))}"
        f" (FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP})",
        list(statement.parameters),
    )
    [[undated]] = database.execute(
        f"SELECT count(*) FROM {_TABLE} WHERE NOT regexp_matches(coalesce(eventtime, ''), ?)", [DAY]
    ).fetchall()
    return int(undated)


@cache
def _copying(day: date) -> tuple[Statement, Translated]:
    statement = copying(Part(_TABLE, (day,)))
    return statement, to_duckdb(
        statement.sql, table=_TABLE, parameters=len(statement.parameters), now=datetime.now(UTC)
    )
