"""Which partitions a scan's conditions leave over."""

from collections.abc import Iterable
from functools import cache

import duckdb
from sqlglot import exp

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import Partition
from bot.embedded.aws.athena.scans import Scan


def narrow(scan: Scan, keys: tuple[str, ...], values: list[list[str]]) -> list[list[str]]:
    """The values of each partition column that survive the conditions on that column alone."""
    return [
        [value for (value,) in surviving(scan, (key,), [(value,) for value in column])]
        for key, column in zip(keys, values, strict=True)
    ]


def choose(scan: Scan, keys: tuple[str, ...], partitions: Iterable[Partition]) -> list[Partition]:
    """The partitions that survive those of the scan's conditions that touch partition columns alone."""
    found = {partition.values: partition for partition in partitions}
    return [found[values] for values in surviving(scan, keys, list(found))]


def surviving(scan: Scan, keys: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows of partition values that the scan's conditions on these columns alone leave; raises Failure."""
    touching = [part for part in scan.conditions if _touches_only(part, keys)]
    if not (touching and rows):
        return rows
    names = ", ".join(f'"{key}"' for key in keys)
    where = " AND ".join(f"({_bare(part).sql('duckdb')})" for part in touching)
    lists = ", ".join(f"unnest(${n + 1}::VARCHAR[])" for n in range(len(keys)))
    asked = f"SELECT row FROM (SELECT unnest(range({len(rows)})), {lists}) AS t(row, {names}) WHERE {where} ORDER BY row"
    with _database().cursor() as connection:
        try:
            left = connection.execute(asked, [list(column) for column in zip(*rows, strict=True)]).fetchall()
        except duckdb.Error as error:
            raise Failure(f"SYNTAX_ERROR: {error}") from error
    return [rows[row] for (row,) in left]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """One for all, which holds nothing: to open one takes longer than most questions."""
    return duckdb.connect(config={"enable_external_access": "false"})


def _touches_only(part: exp.Expr, keys: tuple[str, ...]) -> bool:
    columns = {column.name.lower() for column in part.find_all(exp.Column)}
    return bool(columns) and columns <= set(keys)


def _bare(part: exp.Expr) -> exp.Expr:
    return part.transform(
        lambda node: exp.column(node.name.lower(), quoted=True) if isinstance(node, exp.Column) else node
    )
