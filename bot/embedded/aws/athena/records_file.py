"""The records of log files, written as Parquet: every column that CloudTrail's table has, a folder for each place."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import duckdb

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.columns import COLUMNS, PARTITION, load_expressions, load_types
from bot.adapters.duckdb.filling import NotLoaded, Rows, load
from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.parquet import identifier, literal
from bot.adapters.duckdb.part import How, Skipped, Tally
from bot.adapters.duckdb.reading import Reader
from bot.adapters.duckdb.store import LogObject

_PACKED = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"


def write_records(
    files: Sequence[LogObject], into: Path, brake: Brake, *, by_place: bool
) -> tuple[Skipped, ...]:
    """Write all records into the folder, which is not there yet; gives the broken files, which are left out.

    `by_place`: every file's path names its place, and each place's records get files of their own. Raises Stopped.
    """
    with TemporaryDirectory(prefix="noroshi-") as folder, Reader() as reader:
        for how in (How((), parsed=False), How((), parsed=True)):
            tally = reader.read(files, how, Path(folder), brake)
            try:
                _copy(Path(folder), tally, into, mend=how.parsed, by_place=by_place)
            except NotLoaded:
                # Some record is no event as CloudTrail writes them: look at each before DuckDB does.
                if how.parsed:
                    raise
            else:
                break
    return tally.skipped


def written(folder: Path) -> Iterator[tuple[Partition | None, Path]]:
    """The files that were written there, each with its place."""
    yield from ((None, path) for path in folder.glob("*.parquet"))
    for path in sorted(folder.glob("*/*/*/*.parquet")):
        account, region, day = (unquote(part.partition("=")[2]) for part in path.parts[-4:-1])
        yield Partition(account, region, day), path


@cache
def kinds() -> Mapping[str, str]:
    """The columns in the table's order, with DuckDB's types."""
    keys = ", ".join(
        f"CAST(NULL AS {kind}) AS {identifier(key)}" for key, kind in load_types(COLUMNS).items()
    )
    with duckdb.connect(":memory:") as connection:
        told = connection.execute(f"DESCRIBE SELECT {load_expressions(COLUMNS)} FROM (SELECT {keys})")
        return {str(name): str(kind) for name, kind, *_ in told.fetchall()}


def _copy(folder: Path, tally: Tally, into: Path, *, mend: bool, by_place: bool) -> None:
    how, to = _PACKED, into / "all.parquet"
    if by_place:
        how, to = f"{_PACKED}, PARTITION_BY ({', '.join(PARTITION)}), WRITE_PARTITION_COLUMNS true", into
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET preserve_insertion_order = false")
        load(connection, "logs", COLUMNS, Rows(folder, tally.longest, mend=mend), None)
        into.mkdir(exist_ok=True)
        connection.execute(f"COPY (SELECT * FROM logs) TO {literal(str(to))} ({how})")
