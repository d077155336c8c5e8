"""The raw table's records as the columns of `events`, within its partitions."""

from collections.abc import Sequence
from datetime import date

from bot.ports import Match, Relation
from bot.trail.events import EVENTS, level, with_needs
from bot.trail.sources import Layout, Part, stretches


def lifted(columns: Sequence[str], part: Part, layout: Layout, relation: Relation | None = None) -> Match:
    """A SELECT of at least these columns over the part's days, one level of subqueries for each level of needs.

    Of the relation, only its accounts and regions count, and only where they are partitions.
    """
    used = with_needs(tuple(columns))
    select = ", ".join(f"{_expression(name, layout)} AS {name}" for name in used if level(name) == 0)
    where = conjunction(partitions(part, layout, relation or Relation()))
    sql = f"SELECT {select}\n    FROM {part.table}\n    WHERE {where.sql}"
    for depth in range(1, 1 + max(map(level, used))):
        more = ", ".join(f"{EVENTS[name].sql} AS {name}" for name in used if level(name) == depth)
        sql = f"SELECT *, {more} FROM (\n    {sql})"
    return Match(sql, where.parameters)


def _expression(name: str, layout: Layout) -> str:
    return EVENTS[name].sql.replace("{account}", layout.account or "NULL")


def partitions(part: Part, layout: Layout, relation: Relation) -> list[Match]:
    """What Athena prunes partitions by; which records count is decided by the record itself."""
    found = days(part, layout.day)
    for column, values in ((layout.account, relation.accounts), (layout.region, relation.regions)):
        if column and values:
            found.append(among(column, values))
    return found


def days(part: Part, column: str) -> list[Match]:
    """The part's days, in a column of texts like 2026/09/08."""
    runs = list(stretches(part.days))
    sql = " OR ".join(f"{column} BETWEEN ? AND ?" for _ in runs) or "false"
    return [Match(sql, tuple(_spelled(day) for run in runs for day in run))]


def _spelled(day: date) -> str:
    return f"{day:%Y/%m/%d}"


def among(column: str, values: Sequence[str]) -> Match:
    """The column has one of these values."""
    return Match(f"{column} IN ({', '.join('?' for _ in values)})", tuple(values))


def conjunction(matches: Sequence[Match]) -> Match:
    """All of these hold."""
    sql = " AND ".join(f"({one.sql})" for one in matches)
    return Match(sql, tuple(value for one in matches for value in one.parameters))
