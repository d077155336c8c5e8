"""What was done for the first time? First uses of an action, a region or an address, by principal."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.coverage.trails import Trails
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.ports import Progress, Recording, TrailEngine
from bot.trail.calls import Moment
from bot.trail.looking import looked
from bot.trail.new import new
from bot.trail.questions import HISTORY
from bot.trail.rows import Asked

_COUNTS = ("found", "principals", "actions", "regions", "addresses")


class First(BaseModel):
    """One first use. A `principal_new` did nothing at all before the window; of `kind` principal it is told itself."""

    model_config = ConfigDict(frozen=True)

    principal: str
    kind: Literal["principal", "action", "region", "address"]
    value: str
    first_seen: Moment
    last_seen: Moment
    calls: int
    denied: int
    principal_new: bool
    principal_type: str | None = None
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """First uses: those of principals that were there before ahead, the newest first; `counts` are over all."""

    firsts: tuple[First, ...]
    counts: dict[str, int]
    caveats: tuple[Caveat, ...]
    trails: Trails
    receipt: Receipt


def compared(request: Asked) -> Span:
    """The window and the time before it."""
    return Span(request.span.since - HISTORY, request.span.until)


def ask(
    request: Asked, principal: str, engine: TrailEngine, recording: Recording, progress: Progress
) -> Answer:
    """Ask the engine; raises what it does."""
    found, trails = looked(new(request, principal), engine, recording, progress)
    firsts = tuple(First.model_validate(row) for row in found.rows)
    head: Any = found.rows[0] if found.rows else {}
    counts = {name: int(head.get(name) or 0) for name in _COUNTS}
    # One principal may have rested: only everybody's silence says that there are no older records.
    short = () if principal else _short(request, head.get("begins"))
    caveats = (*found.caveats, *short, *_truncated(counts["found"], len(firsts)))
    return Answer(firsts, counts, caveats, trails, found.receipt)


def _short(request: Asked, begins: str | None) -> tuple[Caveat, ...]:
    begun = _Begun.model_validate({"at": begins}).at
    if begun is None or begun < compared(request).since + timedelta(days=1):
        return ()
    if begun >= request.span.since:
        said = "no record is older than the window: everything in it looks new"
        return (Caveat("history-short", said, "blind"),)
    days = (request.span.since - begun) / timedelta(days=1)
    said = f"the records begin {days:.1f} days before the window: what is older than that looks new, too"
    return (Caveat("history-short", said),)


class _Begun(BaseModel):
    at: Moment = None


def _truncated(found: int, listed: int) -> tuple[Caveat, ...]:
    if found <= listed:
        return ()
    said = f"{found:,} first uses were found and counted; {listed:,} are listed: raise --limit, or narrow"
    return (Caveat("truncated", said),)
