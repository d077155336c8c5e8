"""The records' table: made of the lines that files were read into."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import orjson

from bot.adapters.duckdb.columns import PARTITION
from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.loading import loading
from bot.adapters.duckdb.parquet import identifier
from bot.errors import QueryFailed

_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,128}")
_UNKEYED, _PLACES = '"records"', '"places"'


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


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Rows,
    keyed: Keyed | None,
) -> None:
    """Make the table of the rows' events, with these columns at least; raises NotLoaded, QueryFailed."""
    make_schema(connection, table)
    if keyed is None:
        _fill(connection, quoted(table), columns, rows)
        return
    _fill(connection, _UNKEYED, [*columns, *PARTITION], rows)
    _key(connection, quoted(table), keyed)


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
    """Make a table of each file, and of all of them a view: a table with so few rows is read by one thread alone."""
    parts = []
    for number, file in enumerate(sorted(rows.folder.glob("*.ndjson"))):
        select, values = loading(columns, [str(file)], rows.longest)
        parts.append(f'"rows_{number}"')
        statement = f"CREATE TABLE {parts[-1]} AS {select}"
        try:
            connection.execute(statement, values)
        except duckdb.InvalidInputException as error:
            if not rows.mend:
                raise NotLoaded(str(error)) from error
            _mend(file)
            connection.execute(statement, values)
    union = " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts)
    connection.execute(f"CREATE VIEW {table} AS {union}")


def _mend(file: Path) -> None:
    """Give each key its last value: JSON allows it twice in one object, as most readers do, DuckDB does not."""
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join(orjson.dumps(orjson.loads(line)) for line in lines))


def quoted(table: str) -> str:
    """The table's name as SQL; raises QueryFailed for what is none."""
    parts = table.split(".")
    if not all(_IDENTIFIER.fullmatch(part) for part in parts):
        raise QueryFailed(f"{table!r} is no table's name.")
    return ".".join(f'"{part}"' for part in parts)


def make_schema(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make the schema that the table's name begins with, if it does; raises QueryFailed for what is no name."""
    if schema := quoted(table).rpartition(".")[0]:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
