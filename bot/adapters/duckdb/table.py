"""One query's DuckDB: the records as a table, Parquet files as others, Trino's functions, and no way out to files or the net."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.columns import PARTITION
from bot.adapters.duckdb.dialect import Translated
from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.loading import loading
from bot.adapters.duckdb.macros import prelude
from bot.adapters.duckdb.parquet import ParquetTable, Written, identifier, literals, make_view
from bot.adapters.duckdb.shapes import DAY
from bot.errors import QueryFailed

_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,128}")
_NAMES = {
    "varchar": "varchar",
    "json": "json",
    "boolean": "boolean",
    "tinyint": "tinyint",
    "smallint": "smallint",
    "integer": "integer",
    "bigint": "bigint",
    "hugeint": "bigint",  # what DuckDB counts and sums in; Trino's are bigint
    "double": "double",
    "float": "real",
    "date": "date",
    "timestamp": "timestamp",
    "timestamp with time zone": "timestamp with time zone",
}

_UNKEYED, _PLACES = '"records"', '"places"'

Row = tuple[Any, ...]


class NotLoaded(Exception):
    """Some line of the rows is not what DuckDB can read; `Rows.mend` helps against what parsing does not."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows are: `folder/*.ndjson`, lines that `shapes` made, the longest of them.

    `mend`: rewrite lines that DuckDB refuses, instead of raising NotLoaded.
    """

    folder: Path
    longest: int
    mend: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """A raw table's own partition columns: their names, and what they hold for the files of each place.

    `values` has a row for every partition that such files belong to. Files outside CloudTrail's layout can't
    be told apart, and are not in such a table.
    """

    names: tuple[str, ...]
    values: Mapping[Partition, Sequence[tuple[str, ...]]]


class Records:
    """An in-memory database with records in a table, and views over Parquet files."""

    bytes_read: int = 0
    """What `ask` read of Parquet files."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: str, into: Written | None = None
    ) -> None:
        self._connection = connection
        self._table = table
        self._into = into

    def undated(self) -> int:
        """How many records have no eventTime that can be read."""
        sql = f"SELECT count(*) FROM {self._table} WHERE NOT regexp_matches(coalesce(eventtime, ''), ?)"
        [[count]] = self._connection.execute(sql, [DAY]).fetchall()
        return int(count)

    def ask(
        self, sql: str, values: Sequence[str], brake: Brake
    ) -> tuple[tuple[tuple[str, str], ...], list[Row]]:
        """Run DuckDB's SQL: columns with Athena's types, and rows. Raises QueryFailed, Stopped."""
        try:
            with brake.stopping(self._connection.interrupt):
                done = self._connection.execute(sql, list(values) or None)
                columns = tuple((str(name), athena_type(kind)) for name, kind, *_ in done.description)
                rows = done.fetchall()
        except duckdb.InterruptException as error:
            raise Stopped("The query was stopped.") from error
        except duckdb.Error as error:
            raise QueryFailed(f"DuckDB could not run it: {str(error).strip().splitlines()[0]}") from error
        self.bytes_read += _bytes_read(self._connection)
        return columns, rows

    def write(
        self, sql: str, values: Sequence[str], brake: Brake
    ) -> tuple[tuple[tuple[str, str], ...], list[Row]]:
        """Run DuckDB's SQL into the file: its columns, and one row that counts rows. Raises QueryFailed, Stopped."""
        if self._into is None:
            raise ValueError("nothing to write into")
        _, told = self.ask(f"DESCRIBE SELECT * FROM ({sql})", values, brake)
        kinds = [(str(name), str(kind)) for name, kind, *_ in told]
        _, rows = self.ask(self._into.copy(_in_bigints(sql, kinds)), values, brake)
        return tuple((name, athena_type(kind)) for name, kind in kinds), rows


def _in_bigints(sql: str, kinds: Sequence[tuple[str, str]]) -> str:
    """The same rows, sums as Trino's bigint: Parquet has no whole numbers as wide as DuckDB's."""
    wide = [identifier(name) for name, kind in kinds if kind == "HUGEINT"]
    if not wide:
        return sql
    return f"SELECT * REPLACE ({', '.join(f'CAST({n} AS BIGINT) AS {n}' for n in wide)}) FROM ({sql})"


@contextmanager
def records(
    table: str,
    asked: Translated,
    rows: Rows,
    keyed: Keyed | None = None,
    parquet: Sequence[ParquetTable] = (),
    into: Written | None = None,
) -> Iterator[Records]:
    """The database for one statement: its table filled with the rows' events, its views made.

    Raises NotLoaded, and QueryFailed for a Parquet file that is none.
    """
    name = _quoted(table)
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET GLOBAL integer_division = true")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = '{rows.folder}'")
        for statement in prelude(asked.sql):
            connection.execute(statement)
        # Processes wrote the rows as they came to them: one after the other is no order either, and slower.
        connection.execute("SET preserve_insertion_order = false")
        _load(connection, table, asked.columns, rows, keyed)
        connection.execute("SET preserve_insertion_order = true")
        allowed = _views(connection, parquet, rows.folder)
        connection.execute("SET enable_profiling = 'no_output'")
        connection.execute(f"SET allowed_paths = {literals([*allowed, *([str(into.path)] if into else [])])}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Records(connection, name, into)


def athena_type(kind: object) -> str:
    """DuckDB's type by the name Athena's result metadata would give it."""
    name = str(kind).lower()
    if name.endswith("[]"):
        return "array"
    base = name.partition("(")[0]
    return {"struct": "row", "map": "map", "decimal": name.replace(" ", "")}.get(base) or _NAMES.get(
        name, "unknown"
    )


def _bytes_read(connection: duckdb.DuckDBPyConnection) -> int:
    told = orjson.loads(connection.get_profiling_information())
    return int(told.get("io", {}).get("total_bytes_read", 0))


def _views(connection: duckdb.DuckDBPyConnection, tables: Sequence[ParquetTable], folder: Path) -> list[str]:
    allowed: list[str] = []
    for number, table in enumerate(tables):
        _make_schema(connection, table.name)
        allowed += make_view(connection, _quoted(table.name), table, folder / f"parquet-{number}")
    return allowed


def _make_schema(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    if schema := _quoted(table).rpartition(".")[0]:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Rows,
    keyed: Keyed | None,
) -> None:
    _make_schema(connection, table)
    if keyed is None:
        _fill(connection, _quoted(table), columns, rows)
        return
    _fill(connection, _UNKEYED, [*columns, *PARTITION], rows)
    _key(connection, _quoted(table), keyed)


def _key(connection: duckdb.DuckDBPyConnection, table: str, keyed: Keyed) -> None:
    """Give the records the partition columns that a catalog says, in the place of the layout's."""
    names = ", ".join(f"{identifier(name)} VARCHAR" for name in keyed.names)
    places = ", ".join(f"of_{name} VARCHAR" for name in PARTITION)
    connection.execute(f"CREATE TABLE {_PLACES} ({places}, {names})")
    lines = [[p.account, p.region, p.day, *row] for p, every in keyed.values.items() for row in every]
    if lines:
        holes = ", ".join("?" * len(lines[0]))
        connection.executemany(f"INSERT INTO {_PLACES} VALUES ({holes})", lines)
    keys = ", ".join(f"p.{identifier(name)}" for name in keyed.names)
    same = " AND ".join(f"r.{name} = p.of_{name}" for name in PARTITION)
    connection.execute(
        f"CREATE TABLE {table} AS SELECT r.* EXCLUDE ({', '.join(PARTITION)}), {keys}"
        f" FROM {_UNKEYED} r JOIN {_PLACES} p ON {same}"
    )


def _fill(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Rows) -> None:
    files = [str(file) for file in sorted(rows.folder.glob("*.ndjson"))]
    select, values = loading(columns, files, rows.longest)
    statement = f"CREATE TABLE {table} AS {select}"
    try:
        connection.execute(statement, values)
    except duckdb.InvalidInputException as error:
        if not rows.mend:
            raise NotLoaded(str(error)) from error
        _mend(files)
        connection.execute(statement, values)


def _mend(files: Sequence[str]) -> None:
    """Give each key its last value: JSON allows it twice in one object, as most readers do, DuckDB does not."""
    for file in map(Path, files):
        lines = file.read_bytes().splitlines()
        file.write_bytes(b"\n".join(orjson.dumps(orjson.loads(line)) for line in lines))


def _quoted(table: str) -> str:
    parts = table.split(".")
    if not all(_IDENTIFIER.fullmatch(part) for part in parts):
        raise QueryFailed(f"{table!r} is no table's name.")
    return ".".join(f'"{part}"' for part in parts)
