"""The SQL of a question whose answer is calls, one row each, with whole counts beside however few rows are given.

All counts come from window functions over the one reading of `events`: a second reading would be billed again.
With a `group` the newest of each group come first, so that a flood of one kind of call hides no other kind; and
the newest call of each bin of time is given whatever the limit, so that the chart of activity is whole.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.core.span import Span, iso
from bot.ports import Lookup, Match, Relation, TrailQuery
from bot.trail.copies import DENIED, NEEDED_ONCE, once

CALL_COLUMNS: Final = (
    *("at", "event_id", "event_name", "event_source", "event_type", "region", "recorded_in", "read_only"),
    *("error_code", "error_message", "principal", "principal_type", "caller_account", "role", "access_key"),
    *("session_name", "source_identity", "via", "source_ip", "user_agent", "resources", "target"),
)
"""What every row of calls shows; `made_key` and such are asked for by the questions that tell them."""
_EACH = 20
"""So many calls of each group are given before any group gives more."""
_NEWEST = "at DESC, event_id, event_name"
# How much of a time's text names its bin, by the longest window that has bins of this size.
_BINS = ((timedelta(hours=3), 15), (timedelta(days=4), 13), (timedelta(days=120), 10))
_MONTH = 7
MOST_BINS: Final = 130


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows any question: the window, accounts whose trail has it, regions, an event's name, errors only."""

    span: Span
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    event: str = ""
    errors: bool = False
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Calls:
    """Which calls, beyond what is asked of any question: see `bot.ports.Relation` for `where` and `either`.

    `columns` stand beside CALL_COLUMNS. `group`: the columns whose values make a kind of call. `since_new`: columns
    whose values, together, are new in the window when they have not occurred for `history` before it; the
    column `new_since` then tells when they first did.
    """

    where: tuple[Match, ...] = ()
    either: tuple[Match, ...] = ()
    columns: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    since_new: tuple[str, ...] = ()
    history: timedelta = timedelta(0)
    needles: tuple[str, ...] = ()
    lookup: Lookup = field(default_factory=Lookup)


_SQL = """\
WITH once AS ({once}), seen AS (
  SELECT *, {new} AS new_since FROM once
), asked AS (
  SELECT {columns}, new_since,
         count(*) OVER (PARTITION BY {group}) AS group_calls,
         count_if(regexp_like(error_code, '{denied}')) OVER (PARTITION BY {group}) AS group_denied,
         min(at) OVER (PARTITION BY {group}) AS group_first,
         row_number() OVER (PARTITION BY {group} ORDER BY {newest}) AS nth,
         count(*) OVER (PARTITION BY substr(at, 1, {bin})) AS bin_calls,
         count_if(error_code IS NOT NULL) OVER (PARTITION BY substr(at, 1, {bin})) AS bin_failed,
         count(*) OVER (PARTITION BY {group}, substr(at, 1, {bin})) AS group_bin_calls,
         row_number() OVER (PARTITION BY substr(at, 1, {bin}) ORDER BY {newest}) AS nth_in_bin
  FROM seen WHERE at >= ?
), counted AS (
  SELECT *, count(*) OVER () AS found,
         count_if(regexp_like(error_code, '{denied}')) OVER () AS denied,
         count_if(error_code IS NOT NULL) OVER () AS failed,
         count_if(read_only = 'false') OVER () AS writes,
         count_if(new_since >= ?) OVER () AS new_calls,
         min(at) OVER () AS first_at, max(at) OVER () AS last_at,
         max(group_bin_calls) OVER (PARTITION BY {group}) AS group_peak,
         dense_rank() OVER (ORDER BY coalesce(principal, '')) AS nth_principal
  FROM asked
), placed AS (
  SELECT *, max(nth_principal) OVER () AS principals, row_number() OVER (ORDER BY {order}) AS place
  FROM counted
)
SELECT {columns}, json_format(CAST(resources AS JSON)) AS resource_arns, new_since, group_calls, group_denied,
       group_first, group_peak, bin_calls, bin_failed, found, denied, failed, writes, new_calls, principals,
       first_at, last_at, place
FROM placed
WHERE place <= {limit} OR nth_in_bin = 1
ORDER BY place
LIMIT {most}"""


def rows(asked: Asked, calls: Calls) -> TrailQuery:
    """The query: rows with CALL_COLUMNS, the calls' own `columns`, and the counts over all that was found.

    `place` counts the rows from 1; those beyond the limit are there for their bin alone (`bin_calls`, by
    `bin_of`). `found`, `denied`, `failed`, `writes`, `new_calls`, `principals`, `first_at`, `last_at` are over all;
    `group_calls`, `group_denied`, `group_first` and `group_peak` (most calls in one bin) over the row's group.
    """
    columns = tuple(dict.fromkeys((*CALL_COLUMNS, *calls.columns)))
    # Public data sets gave different calls one id: what is shown of them decides which of them stands.
    shown = (column for column in columns if column not in {"resources", *NEEDED_ONCE})
    group = ", ".join(calls.group) or "true"
    sql = _SQL.format(
        once=once(*shown),
        columns=", ".join(column for column in columns if column != "resources") + ", resources",
        new=f"min(at) OVER (PARTITION BY {', '.join(calls.since_new)})" if calls.since_new else "NULL",
        group=group,
        denied=DENIED,
        newest=_NEWEST,
        bin=bin_of(asked.span),
        order=f"CASE WHEN nth <= {_EACH} THEN 0 ELSE 1 END, {_NEWEST}" if calls.group else _NEWEST,
        limit=asked.limit,
        most=asked.limit + MOST_BINS,
    )
    since = iso(asked.span.since)[:19]
    relation = Relation(
        tuple(dict.fromkeys((*columns, *calls.since_new, *calls.group, *NEEDED_ONCE))),
        calls.where,
        calls.either,
    )
    read = Span(asked.span.since - calls.history, asked.span.until)
    return narrowed(TrailQuery(sql, (since, since), read, calls.needles, relation, calls.lookup), asked)


def bin_of(span: Span) -> int:
    """How many characters of a time's text name its bin: 15 is ten minutes, 13 an hour, 10 a day, 7 a month (UTC)."""
    return next((length for longest, length in _BINS if span.until - span.since <= longest), _MONTH)


def narrowed(query: TrailQuery, asked: Asked) -> TrailQuery:
    """The query for no more than the accounts, regions, event and errors that are asked; its window stays."""
    relation = query.relation
    if relation is None:
        return query
    where = (*relation.where, *_conditions(asked))
    return replace(
        query, relation=replace(relation, where=where, accounts=asked.accounts, regions=asked.regions)
    )


def _conditions(asked: Asked) -> list[Match]:
    found = []
    if asked.event:
        service, _, name = asked.event.rpartition(":")
        found.append(Match("lower(event_name) = ?", (name.lower(),)))
        if service:
            found.append(Match("event_source = ?", (source_of(service),)))
    if asked.errors:
        found.append(Match("error_code IS NOT NULL"))
    return found


def source_of(service: str) -> str:
    """`s3` is s3.amazonaws.com, as CloudTrail writes eventSource."""
    name = service.strip().lower()
    return name if "." in name else f"{name}.amazonaws.com"
