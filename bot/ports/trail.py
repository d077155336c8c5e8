"""CloudTrail, asked in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.ports.progress import Progress


@dataclass(frozen=True, slots=True)
class Match:
    """A condition over the columns of `bot.trail.events`, with a `?` for each of its parameters."""

    sql: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a statement reads under the name `events`: the calls of its span that match, copies and all.

    `columns` are those of `bot.trail.events` that the statement uses; every one of `where` holds, and one
    at least of `either` (where there are any: a form that is sorted looks for each by itself). `accounts`
    (whose trail has the record) and `regions` bound it, empty ones do not. `records` are columns of the
    CloudTrail table itself that the statement uses, under the name `cloudtrail`, bounded by the span alone.
    """

    columns: tuple[str, ...] = ()
    where: tuple[Match, ...] = ()
    either: tuple[Match, ...] = ()
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """How LookupEvents finds a superset of what is asked: exactly one attribute, or none at all.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html
    """

    key: Literal["EventName", "Username", "AccessKeyId", "ResourceName", "EventSource", "ReadOnly", ""] = ""
    values: tuple[str, ...] = ()
    """One is asked after the other: a resource may be filed under its name or its ARN."""
    since: datetime | None = None
    """Nothing older is wanted of the history, however far back the span goes: it is slow to read."""


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """One statement over CloudTrail, in Athena's SQL.

    `sql` has a `?` for each of `parameters` (always text). With a `relation` it reads the `events` that
    the relation describes; without, the CloudTrail table itself, bounded by `span` on partitions and on
    eventtime alike. `needles`: every record the statement can select holds one of these texts verbatim
    in its JSON, so an engine that reads files may skip records without any.
    """

    sql: str
    parameters: tuple[str, ...]
    span: Span
    needles: tuple[str, ...] = ()
    relation: Relation | None = None
    lookup: Lookup = Lookup()


@dataclass(frozen=True, slots=True)
class TrailRows:
    """What a query gave: rows by column name (text, int, float, bool or None), and what it cost."""

    rows: tuple[Mapping[str, Any], ...]
    receipt: Receipt
    caveats: tuple[Caveat, ...] = ()


class TrailEngine(Protocol):
    """Runs SQL over CloudTrail: Athena, or DuckDB over files."""

    @property
    def table(self) -> str:
        """The table's name as SQL says it: `database.table`, each part a checked identifier."""

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Run to the end; raises AccessDenied, Throttled, QueryFailed."""
