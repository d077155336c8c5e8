"""A day's sorted rows cut into files where one bucket's end: see `day_copy` for what that saves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bot.adapters.duckdb.day_copy import Holds, Slice
from bot.adapters.duckdb.parquet import literal
from bot.adapters.duckdb.standing import ASTRAY, around, told_apart

_ROWS_A_GROUP = 2_048
"""One of DuckDB's vectors, the least it writes: little is read beside a bucket's own rows."""
_ROWS_OF_ONE = 8_192
"""Where all rows are on one bucket there is nothing beside them, and a group costs some time by itself."""
_PACKED = "COMPRESSION zstd, COMPRESSION_LEVEL 1"
"""The least level takes a third of the time less than the usual one, and here gives smaller files."""
_ROWS_A_SLICE = 8_192
"""Buckets with fewer than half of it share a file, up to so many."""
_SLICES = 16
"""Busy days have larger slices, not more: a question that no bucket bounds opens every file."""


@dataclass(slots=True)
class _Stretch:
    """Rows that follow one another, up to `end`, and the buckets that they are on: `several`, or one, or none."""

    begin: int
    end: int
    several: bool = False
    astray: bool = False
    buckets: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        return self.end - self.begin

    @property
    def rows_a_group(self) -> int:
        return _ROWS_OF_ONE if self.buckets and not self.several else _ROWS_A_GROUP

    @property
    def is_one_large_bucket(self) -> bool:
        """Whether it is worth files of its own for what can be told of its calls now."""
        return bool(self.buckets) and not self.several and self.rows > _ROWS_A_SLICE // 2

    def is_full_for(self, count: int, most: int) -> bool:
        """Whether so many rows of another bucket are to begin another file."""
        large = max(count, 0 if self.several else self.rows) > most // 2
        return self.rows > 0 and (large or self.rows + count > most)


def write_slices(database: duckdb.DuckDBPyConnection, table: str, day: date, folder: Path) -> Iterator[Slice]:
    """Write the rows of a day's table, which are sorted by `from_bucket` first, into files in the folder, one at least."""
    for number, stretch in enumerate(_stretches(_buckets(database, table, day))):
        rows = f"{table}.rowid >= {stretch.begin} AND {table}.rowid < {stretch.end}"
        parts: Mapping[Holds, str] = {"any": f"SELECT * FROM {table} WHERE {rows}"}
        if stretch.is_one_large_bucket:
            parts = told_apart(database, table, rows, day)
        for holds, part in parts.items():
            parquet = folder / f"{number}-{holds}.parquet"
            _write(database, part, parquet, stretch.rows_a_group)
            buckets, others = tuple(sorted(stretch.buckets)), tuple(sorted(stretch.others))
            yield Slice(parquet, parquet.stat().st_size, buckets, others, holds, stretch.astray)


def _write(database: duckdb.DuckDBPyConnection, rows: str, parquet: Path, rows_a_group: int) -> None:
    database.execute(
        f"COPY ({rows}) TO {literal(str(parquet))}"
        f" (FORMAT parquet, PARQUET_VERSION V2, {_PACKED}, ROW_GROUP_SIZE {rows_a_group})"
    )


def _buckets(database: duckdb.DuckDBPyConnection, table: str, day: date) -> list[tuple[Any, ...]]:
    """Of each `from_bucket`, in order: its rows, whether some are astray, itself, `bucket`s, texts of other buckets' names."""
    return database.execute(
        f"SELECT count(*), bool_or({ASTRAY}), from_bucket, list(DISTINCT bucket), list(DISTINCT other_buckets)"
        f" FROM {table} GROUP BY from_bucket ORDER BY min(rowid)",
        around(day),
    ).fetchall()


def _stretches(buckets: Iterable[tuple[Any, ...]]) -> list[_Stretch]:
    every = list(buckets)
    most = max(_ROWS_A_SLICE, sum(count for count, *_ in every) // _SLICES)
    found = [_Stretch(0, 0)]
    for count, astray, name, called, others in every:
        if found[-1].is_full_for(count, most):
            found.append(_Stretch(found[-1].end, found[-1].end))
        found[-1].several = found[-1].rows > 0
        found[-1].end += count
        found[-1].astray |= bool(astray)
        found[-1].buckets.update(filter(None, [name]))
        found[-1].others.update(one for one in called if one and one != name)
        found[-1].others.update(one for names in others if names for one in names.split(" "))
    return found
