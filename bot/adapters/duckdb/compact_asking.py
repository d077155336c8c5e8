"""Asking the compact copy alone: one DuckDB that stays, for a new one takes longer than most answers."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import duckdb

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.compact import CompactFolder
from bot.adapters.duckdb.day_copy import Slice
from bot.adapters.duckdb.dialect import Translated, to_duckdb
from bot.adapters.duckdb.lake import LakeAnswer, ParquetFile, ParquetTable
from bot.adapters.duckdb.macros import prelude
from bot.adapters.duckdb.parquet import identifier, literal, literals
from bot.adapters.duckdb.table import Records
from bot.errors import QueryFailed
from bot.trail.events import EVENTS, STORED
from bot.trail.statement import Statement

_KINDS = {"string": "VARCHAR", "boolean": "BOOLEAN", "bigint": "BIGINT", "array<string>": "VARCHAR[]"}
_SAYS_NOW = re.compile(r"current_|now|localtime", re.IGNORECASE)


def unreadable(error: QueryFailed) -> bool:
    """Whether it may be a copy's file that can't be read: it was taken away, or is damaged."""
    return isinstance(error.__cause__, duckdb.IOException | duckdb.InvalidInputException)


def parquet_table(name: str, slices: Sequence[Slice]) -> ParquetTable:
    """The copies' slices as a table to be asked beside raw records."""
    kinds = {column: _KINDS[EVENTS[column].kind] for column in STORED} | {"day": "VARCHAR"}
    return ParquetTable(name, kinds, files=tuple(ParquetFile(one.parquet) for one in slices))


class CompactAsking:
    """Asks the folder's copies under a table's name; one question at a time."""

    def __init__(self, folder: CompactFolder, table: str) -> None:
        self._folder = folder
        self._table = table
        self._database: duckdb.DuckDBPyConnection | None = None

    @property
    def standing_table(self) -> str:
        """What a statement calls the slices whose rows stand, where they are apart."""
        return f"{self._table}_standing"

    def ready(
        self, slices: Sequence[Slice], statement: Statement, standing: Sequence[Slice] = ()
    ) -> Callable[[Brake], LakeAnswer]:
        """The statement over these of the copies' slices (at least one), ready to be asked before anything else is.

        Raises QueryFailed, and QueryFailed or Stopped when it is asked.
        """
        tables = {self._table: slices} | ({self.standing_table: standing} if standing else {})
        translated = _translated(statement.sql, tuple(tables), len(statement.parameters), _now(statement.sql))
        database = self._connected()
        try:
            for table, some in tables.items():
                paths = literals(str(one.parquet) for one in some)
                database.execute(
                    f"CREATE OR REPLACE VIEW {_name(table)} AS SELECT *"
                    f" FROM read_parquet({paths}, hive_partitioning = false)"
                )
        except duckdb.Error as error:
            raise QueryFailed("The compact copy could not be read.") from error

        def ask(brake: Brake) -> LakeAnswer:
            records = Records(database, _name(self._table))
            columns, rows = records.ask(translated.sql, statement.parameters, brake)
            return LakeAnswer(columns, tuple(rows), 0, 0, 0, bytes_parquet=records.bytes_read)

        return ask

    def _connected(self) -> duckdb.DuckDBPyConnection:
        if self._database is None:
            self._database = _database(self._folder.path, self._table)
        return self._database


def _name(table: str) -> str:
    return ".".join(map(identifier, table.lower().split(".")))


def _database(folder: Path, table: str) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(":memory:")
    database.execute("SET enable_progress_bar = false")
    database.execute("SET GLOBAL integer_division = true")
    database.execute("SET TimeZone = 'UTC'")
    # Cores that keep the rows' order wait for one another; no answer relies on it.
    database.execute("SET preserve_insertion_order = false")
    # Made only when memory does not do.
    database.execute(f"SET temp_directory = {literal(f'{gettempdir()}/noroshi-{uuid4().hex}')}")
    # Columns that are not asked for are not read to save a seek: nobody waits for a disk's head any more.
    database.execute("SET parquet_prefetch_column_gap = 0")
    # A copy is never written twice under one name.
    database.execute("SET parquet_metadata_cache = true")
    for statement in prelude():
        database.execute(statement)
    if schema := table.lower().rpartition(".")[0]:
        database.execute(f"CREATE SCHEMA {identifier(schema)}")
    database.execute("SET enable_profiling = 'no_output'")
    database.execute("SET tracked_metrics = ['io.total_bytes_read']")
    database.execute(f"SET allowed_directories = {literals([str(folder)])}")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def _now(sql: str) -> datetime | None:
    return datetime.now(UTC) if _SAYS_NOW.search(sql) else None


@lru_cache(maxsize=64)
def _translated(sql: str, tables: tuple[str, ...], parameters: int, now: datetime | None) -> Translated:
    table, *others = tables
    return to_duckdb(sql, table=table, parameters=parameters, now=now or datetime.now(UTC), others=others)
