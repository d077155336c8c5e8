"""One publish day of log files as Parquet files: the compact form's columns, sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import duckdb

from bot.adapters.duckdb.compact_rows import write_rows
from bot.adapters.duckdb.day_copy import DayCopy
from bot.adapters.duckdb.dialect import Translated, to_duckdb
from bot.adapters.duckdb.loading import loading
from bot.adapters.duckdb.macros import prelude
from bot.adapters.duckdb.parquet import literal
from bot.adapters.duckdb.part import Tally
from bot.adapters.duckdb.shapes import DAY
from bot.adapters.duckdb.slices import write_slices
from bot.adapters.duckdb.store import LogObject
from bot.errors import QueryFailed
from bot.trail.compact_copy import copying
from bot.trail.sources import Part
from bot.trail.statement import Statement

_TABLE = "noroshi.cloudtrail"
_SORTED = "sorted"
_MEMORY = "500MB"


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be made: a day of these files, which have this mark."""

    day: date
    mark: str
    files: Sequence[LogObject]


def make(day: Day, folder: Path, *, readers: int = 1, threads: int = 1) -> DayCopy:
    """The day's copy, its files in `folder` (empty, and ours): still to be `put` in its place.

    Broken files are left out, and told. Raises OSError for a file that can't be had now or a full disk,
    QueryFailed, AccessDenied, Upstream.
    """
    rows = folder / "rows.ndjson"
    tally = write_rows(day.files, rows, parsed=False, readers=readers)
    try:
        with _database(folder, threads) as database:
            try:
                undated = _lift(database, day.day, rows, tally)
            except duckdb.InvalidInputException:
                # Some record is no event as CloudTrail writes them: look at each before DuckDB does, which also
                # gives a key that stands twice its last value.
                tally = write_rows(day.files, rows, parsed=True, readers=readers)
                undated = _lift(database, day.day, rows, tally)
            slices = tuple(write_slices(database, _SORTED, day.day, folder))
    except duckdb.Error as error:
        raise QueryFailed(f"DuckDB could not copy it: {str(error).strip().splitlines()[0]}") from error
    finally:
        rows.unlink(missing_ok=True)
    return DayCopy(
        mark=day.mark,
        slices=slices,
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
    database.execute(f"CREATE SCHEMA {_TABLE.partition('.')[0]}")
    for statement in prelude():
        database.execute(statement)
    return database


def _lift(database: duckdb.DuckDBPyConnection, day: date, rows: Path, tally: Tally) -> int:
    """Make a table of the rows, lifted and sorted; gives how many have no readable time."""
    statement, translated = _copying(day)
    select, values = loading(translated.columns, [str(rows)], tally.longest)
    # The rows come in no order, and loading them needs none.
    database.execute("SET preserve_insertion_order = false")
    database.execute(f"CREATE OR REPLACE TABLE {_TABLE} AS {select}", values)
    database.execute("SET preserve_insertion_order = true")
    database.execute(
        f"CREATE OR REPLACE TABLE {_SORTED} AS SELECT *, '{day:%Y/%m/%d}' AS day FROM ({translated.sql})",
        list(statement.parameters),
    )
    [[undated]] = database.execute(
        f"SELECT count(*) FROM {_TABLE} WHERE NOT regexp_matches(coalesce(eventtime, ''), ?)", [DAY]
    ).fetchall()
    database.execute(f"DROP TABLE {_TABLE}")
    return int(undated)


@cache
def _copying(day: date) -> tuple[Statement, Translated]:
    statement = copying(Part(_TABLE, (day,)))
    return statement, to_duckdb(
        statement.sql, table=_TABLE, parameters=len(statement.parameters), now=datetime.now(UTC)
    )
