"""What does a statement of one's own give? Asked once, as it was guarded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.coverage.trails import Trails
from bot.core.span import Span, iso
from bot.core.view import Caveat, Receipt
from bot.ports import Progress, Recording, TrailEngine
from bot.trail.looking import looked


@dataclass(frozen=True, slots=True)
class Sql:
    """The statement, word for word; its window; at most so many rows."""

    statement: str
    span: Span
    limit: int

    def asked(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "statement": self.statement,
            "since": iso(self.span.since),
            "until": iso(self.span.until),
            "limit": self.limit,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows by the names of the statement's own columns, in their order."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    caveats: tuple[Caveat, ...]
    trails: Trails
    receipt: Receipt

    @property
    def found(self) -> bool:
        """Whether any row says anything: a count of nothing is a row too."""
        return any(value not in (None, 0, "") for row in self.rows for value in row.values())


def ask(request: Sql, engine: TrailEngine, recording: Recording, progress: Progress) -> Answer:
    """Guard the statement and ask it; raises BadRequest for what is not taken, and what the engine raises."""
    from bot.trail.sql import own  # noqa: PLC0415 - it loads sqlglot, which takes longer than all help may

    asked = own(request.statement, request.span, engine.table, request.limit)
    found, trails = looked(asked.query, engine, recording, progress)
    columns = tuple(found.rows[0]) if found.rows else asked.columns
    cut = asked.cut and len(found.rows) >= asked.most
    return Answer(
        columns, found.rows, (*found.caveats, *_truncated(asked.most, cut=cut)), trails, found.receipt
    )


def _truncated(rows: int, *, cut: bool) -> tuple[Caveat, ...]:
    if not cut:
        return ()
    return (
        Caveat(
            "truncated",
            f"only the first {rows:,} rows are given; there may be more: raise --limit, or narrow",
        ),
    )
