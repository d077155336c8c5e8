"""One query's DuckDB: the records as its only table, Trino's functions, and no way out to files or the net."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import orjson

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.columns import load_expressions, load_types
from bot.adapters.duckdb.macros import prelude
from bot.errors import QueryFailed

_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,128}")
# DuckDB holds two buffers of this size for each thread while it reads; rows are seldom near it.
_LONGEST_ROW = 16 * 2**20
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

Row = tuple[Any, ...]


class Records:
    """An in-memory database whose table `database.table` holds rows that `columns.row` made."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def ask(
        self, sql: str, values: Sequence[str], brake: Brake
    ) -> tuple[tuple[tuple[str, str], ...], list[Row]]:
        """Run DuckDB's SQL: columns with Athena's types, and rows. Raises QueryFailed, Stopped."""
        try:
            with brake.stopping(self._connection.interrupt):
                done = self._connection.execute(sql, list(values) or None)
                columns = tuple((str(name), athena_type(kind)) for name, kind, *_ in done.description)
                return columns, done.fetchall()
        except duckdb.InterruptException as error:
            raise Stopped("The query was stopped.") from error
        except duckdb.Error as error:
            raise QueryFailed(f"DuckDB could not run it: {str(error).strip().splitlines()[0]}") from error


@contextmanager
def records(table: str, columns: Sequence[str], folder: Path, *, longest: int) -> Iterator[Records]:
    """The database, its table of these columns filled from `folder/*.ndjson`; `longest` is the longest row."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET GLOBAL integer_division = true")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = '{folder}'")
        for statement in prelude():
            connection.execute(statement)
        _load(connection, _quoted(table), columns, sorted(folder.glob("*.ndjson")), longest)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Records(connection)


def athena_type(kind: object) -> str:
    """DuckDB's type by the name Athena's result metadata would give it."""
    name = str(kind).lower()
    if name.endswith("[]"):
        return "array"
    base = name.partition("(")[0]
    return {"struct": "row", "map": "map", "decimal": name.replace(" ", "")}.get(base) or _NAMES.get(
        name, "unknown"
    )


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    files: Sequence[Path],
    longest: int,
) -> None:
    if schema := table.rpartition(".")[0]:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    statement = (
        f"CREATE TABLE {table} AS SELECT {load_expressions(columns)} FROM read_json(?, columns = ?,"
        " format = 'newline_delimited', records = true, maximum_object_size = ?)"
    )
    values = [[str(file) for file in files], load_types(columns), max(_LONGEST_ROW, longest + 1)]
    try:
        connection.execute(statement, values)
    except duckdb.InvalidInputException:
        # A key twice in one object: JSON allows it, DuckDB does not. The last one counts, as in most readers.
        for file in files:
            file.write_bytes(b"\n".join(orjson.dumps(orjson.loads(line)) for line in file.open("rb")))
        connection.execute(statement, values)


def _quoted(table: str) -> str:
    parts = table.split(".")
    if not all(_IDENTIFIER.fullmatch(part) for part in parts):
        raise QueryFailed(f"{table!r} is no table's name.")
    return ".".join(f'"{part}"' for part in parts)
