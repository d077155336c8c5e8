"""What a scan reads of Parquet files: the needed columns' chunks of the row groups left over, and the footers.

Athena bills so (https://docs.aws.amazon.com/athena/latest/ug/columnar-storage.html); the stand-in counts of
each file its footer and no read ahead of it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.scans import Scan
from bot.embedded.aws.athena.statistics import Chunk, RowGroup, may_hold

_CHUNKS = """SELECT file_name, row_group_id, lower(split_part(path_in_schema, ', ', 1)), total_compressed_size,
    coalesce(stats_min_value, stats_min), coalesce(stats_max_value, stats_max), stats_null_count, num_values, type
    FROM parquet_metadata(?)"""
_FOOTERS = "SELECT sum(footer_size + 8) FROM parquet_file_metadata(?)"


def bytes_read(paths: Sequence[Path], scan: Scan) -> int:
    """Bytes that the scan reads of the files, once; raises Failure for a file that is no Parquet."""
    if not paths:
        return 0
    footers, chunks = _metadata([str(path) for path in paths])
    groups: dict[tuple[str, int], dict[str, list[Chunk]]] = {}
    for file, group, column, *chunk in chunks:
        groups.setdefault((file, group), {}).setdefault(column, []).append(Chunk(*chunk))
    return footers + sum(_needed(group, scan) for group in groups.values() if _is_left(group, scan))


def _metadata(paths: list[str]) -> tuple[int, list[tuple[Any, ...]]]:
    with _database().cursor() as connection:
        try:
            [[footers]] = connection.execute(_FOOTERS, [paths]).fetchall()
            return int(footers), connection.execute(_CHUNKS, [paths]).fetchall()
        except duckdb.Error as error:
            raise Failure(f"HIVE_CANNOT_OPEN_SPLIT: {str(error).splitlines()[0]}") from error


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One for all, which holds nothing: to open one takes longer than most questions."""
    return duckdb.connect(config={"enable_external_file_cache": "false"})


def _needed(group: RowGroup, scan: Scan) -> int:
    wanted = set(group) if scan.columns is None else scan.columns & set(group)
    return sum(chunk.size for column in wanted for chunk in group[column])


def _is_left(group: RowGroup, scan: Scan) -> bool:
    return all(may_hold(condition, group) for condition in scan.conditions)
