"""One query's DuckDB: the records as a table, Parquet files as others, Trino's functions, and no way out to files or the net."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import orjson

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.dialect import Translated
from bot.adapters.duckdb.filling import Keyed, Rows, load, make_schema, quoted
from bot.adapters.duckdb.macros import prelude
from bot.adapters.duckdb.parquet import ParquetTable, Written, identifier, literals, make_view
from bot.adapters.duckdb.shapes import DAY
from bot.errors import QueryFailed

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
    name = quoted(table)
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET GLOBAL integer_division = true")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = '{rows.folder}'")
        for statement in prelude(asked.sql):
            connection.execute(statement)
        # Processes wrote the rows as they came to them: one after the other is no order either, and slower.
        connection.execute("SET preserve_insertion_order = false")
        load(connection, table, asked.columns, rows, keyed)
        # Only a file keeps an order that no ORDER BY says; a UNION's parts are read one by one for it.
        connection.execute(f"SET preserve_insertion_order = {'true' if into else 'false'}")
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
        make_schema(connection, table.name)
        allowed += make_view(connection, quoted(table.name), table, folder / f"parquet-{number}")
    return allowed
