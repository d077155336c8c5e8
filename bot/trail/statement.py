"""A question and its sources as one statement: raw and compact rows under the name `events`.

Parameters stand in WHERE only, where Athena allows them (docs: Querying with prepared statements). The raw form
is scanned once, whatever the conditions: gzipped JSON is billed whole. The compact form is asked once for each
of the conditions joined by OR, disjoint: statistics skip row groups for a condition on one column, not for an
OR over several.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.span import iso
from bot.ports import Match, Relation, TrailQuery
from bot.trail.copies import beside
from bot.trail.events import EVENTS
from bot.trail.lifting import among, conjunction, days, lifted, partitions
from bot.trail.sources import Part, Sources

EVENTS_NAME, RECORDS_NAME = "events", "cloudtrail"
_STANDING = "standing_events"
_WORD = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL for Athena, and the text for each of its `?`."""

    sql: str
    parameters: tuple[str, ...]


def statement(query: TrailQuery, sources: Sources) -> Statement:
    """The query as it is sent; one without a relation stands as it is."""
    if query.relation is None:
        return Statement(query.sql, query.parameters)
    named = [*_named(query, query.relation, sources)]
    head = ", ".join(f"{name} AS (\n{piece.sql}\n)" for name, piece in named)
    parameters = tuple(one for _, piece in named for one in piece.parameters)
    sql = beside(query.sql, _STANDING) if sources.standing else query.sql
    more = sql.startswith("WITH ")
    body = f", {sql.removeprefix('WITH ')}" if more else f"\n{sql}"
    return Statement(f"WITH {head}{body}", parameters + query.parameters)


def _named(query: TrailQuery, relation: Relation, sources: Sources) -> Iterator[tuple[str, Match]]:
    if relation.columns:
        yield EVENTS_NAME, _events(query, relation, sources)
    if sources.standing and sources.compact:
        standing = replace(sources.compact, table=sources.standing)
        yield _STANDING, _joined(_compact(query, relation, standing))
    if relation.records:
        yield RECORDS_NAME, _records(query, relation, sources)


def _events(query: TrailQuery, relation: Relation, sources: Sources) -> Match:
    selects = [*_compact(query, relation, sources.compact)]
    if sources.raw.days or not selects:
        selects.insert(0, _raw(query, relation, sources))
    return _joined(selects)


def _joined(several: Iterable[Match]) -> Match:
    selects = list(several)
    return Match(
        "\n  UNION ALL\n".join(one.sql for one in selects),
        tuple(value for one in selects for value in one.parameters),
    )


def _raw(query: TrailQuery, relation: Relation, sources: Sources) -> Match:
    used = (*relation.columns, *_compared(relation), "at", "region", "recorded_in")
    rows = lifted(used, sources.raw, sources.layout, relation)
    where = conjunction([*_bounds(query), *_places(relation), *relation.where, *_either(relation.either)])
    names = ", ".join(relation.columns)
    return Match(
        f"  SELECT {names} FROM (\n    {rows.sql})\n  WHERE {where.sql}", rows.parameters + where.parameters
    )


def _compact(query: TrailQuery, relation: Relation, compact: Part | None) -> Iterator[Match]:
    if compact is None or not compact.days:
        return
    names = ", ".join(relation.columns)
    ahead: list[Match] = []
    for one in relation.either or (Match("true"),):
        where = conjunction(
            [
                *days(compact, "day"),
                *_bounds(query),
                *_places(relation),
                *relation.where,
                one,
                *(_not(earlier) for earlier in ahead),
            ]
        )
        yield Match(f"  SELECT {names} FROM {compact.table}\n  WHERE {where.sql}", where.parameters)
        ahead.append(one)


def _records(query: TrailQuery, relation: Relation, sources: Sources) -> Match:
    whole = Part(sources.raw.table, query.span.publish_days())
    time = "substr(replace(eventtime, ' ', 'T'), 1, 19)"
    where = conjunction([*partitions(whole, sources.layout, relation), *_bounds(query, time)])
    return Match(
        f"  SELECT {', '.join(relation.records)} FROM {whole.table}\n  WHERE {where.sql}", where.parameters
    )


def _compared(relation: Relation) -> Iterator[str]:
    """The columns that conditions name."""
    for match in (*relation.where, *relation.either):
        yield from (word for word in _WORD.findall(match.sql) if word in EVENTS)


def _bounds(query: TrailQuery, column: str = "at") -> list[Match]:
    ends = (iso(query.span.since)[:19], iso(query.span.until)[:19])
    return [Match(f"{column} >= ? AND {column} < ?", ends)]


def _places(relation: Relation) -> list[Match]:
    wanted = (("recorded_in", relation.accounts), ("region", relation.regions))
    return [among(column, values) for column, values in wanted if values]


def _either(matches: Sequence[Match]) -> list[Match]:
    if not matches:
        return []
    sql = " OR ".join(f"({one.sql})" for one in matches)
    return [Match(sql, tuple(value for one in matches for value in one.parameters))]


def _not(match: Match) -> Match:
    return Match(f"NOT coalesce({match.sql}, false)", match.parameters)
