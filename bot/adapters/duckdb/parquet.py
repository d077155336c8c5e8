"""Tables that lie in Parquet files on this machine, as views: columns by name, partition columns from a catalog."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import duckdb

from bot.errors import QueryFailed

ROW_GROUP = 10_000
"""Rows of a row group in files written here: what statistics can skip."""


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """One file, and what the table's partition columns hold for its rows."""

    path: Path
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A table: `database.table`, its columns with DuckDB's types, the names of its partition columns, its files.

    A column that a file lacks is NULL there; files' columns that the table does not name are not seen.
    Partition columns are text. DuckDB opens no file that conditions on them rule out, and reads of the
    others what it needs: columns that are asked for, row groups that statistics leave over.
    """

    name: str
    columns: Mapping[str, str]
    keys: tuple[str, ...] = ()
    files: tuple[ParquetFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A Parquet file to be made: not there yet, in a folder that is; `compression` is zstd, snappy or gzip."""

    path: Path
    compression: str = "zstd"

    def copy(self, sql: str) -> str:
        """The statement that writes the rows of `sql`, in their order."""
        return (
            f"COPY ({sql}) TO {literal(str(self.path))}"
            f" (FORMAT parquet, COMPRESSION {self.compression}, ROW_GROUP_SIZE {ROW_GROUP})"
        )


def make_view(
    connection: duckdb.DuckDBPyConnection, name: str, table: ParquetTable, folder: Path
) -> tuple[str, ...]:
    """Make the view `name` (quoted already); gives the paths that it must be allowed to open.

    `folder` is empty or missing, and ours: links in it spell each file's partition as DuckDB prunes by it.
    Raises QueryFailed for a file that is no Parquet.
    """
    paths = tuple(_link(folder, number, table.keys, file) for number, file in enumerate(table.files))
    connection.execute(f"CREATE VIEW {name} AS {_select(connection, table, paths)}")
    return paths


def literal(text: str) -> str:
    """The text as SQL: views take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literals(texts: Iterable[str]) -> str:
    """The texts as an SQL list."""
    return f"[{', '.join(map(literal, texts))}]"


def _select(connection: duckdb.DuckDBPyConnection, table: ParquetTable, paths: Sequence[str]) -> str:
    if not paths:
        kinds = dict(table.columns) | dict.fromkeys(table.keys, "VARCHAR")
        names = (f"CAST(NULL AS {kind}) AS {identifier(name)}" for name, kind in kinds.items())
        return f"SELECT {', '.join(names)} WHERE false"
    keyed = ", ".join(f"{literal(key)}: 'VARCHAR'" for key in table.keys)
    hive = f"hive_partitioning = true, hive_types = {{{keyed}}}" if keyed else "hive_partitioning = false"
    source = f"read_parquet({literals(paths)}, union_by_name = true, {hive})"
    there = _stored(connection, source)
    columns = [
        f"CAST({identifier(name) if name.lower() in there else 'NULL'} AS {kind}) AS {identifier(name)}"
        for name, kind in table.columns.items()
    ]
    return f"SELECT {', '.join([*columns, *map(identifier, table.keys)])} FROM {source}"


def _stored(connection: duckdb.DuckDBPyConnection, source: str) -> frozenset[str]:
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error as error:
        raise QueryFailed(f"DuckDB could not read it: {str(error).strip().splitlines()[0]}") from error
    return frozenset(str(name).lower() for name, *_ in described)


def _link(folder: Path, number: int, keys: tuple[str, ...], file: ParquetFile) -> str:
    place = folder.joinpath(
        *(f"{key}={quote(value, safe='')}" for key, value in zip(keys, file.values, strict=True))
    )
    place.mkdir(parents=True, exist_ok=True)
    link = place / f"{number}.parquet"
    link.symlink_to(file.path.resolve())
    return str(link)
