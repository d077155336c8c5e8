"""Which calls were made? The answer of every question that lists calls, one row each."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.core.coverage.trails import Trails
from bot.core.span import iso
from bot.core.view import Caveat, Receipt
from bot.ports import Progress, Recording, TrailEngine
from bot.trail.copies import DENIED
from bot.trail.looking import looked
from bot.trail.rows import Asked, Calls, bin_of, rows

_REFUSED = re.compile(DENIED)


def _moment(value: object) -> object:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def _flag(value: object) -> object:
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else value


def _arns(value: object) -> object:
    return (json.loads(value) or None) if isinstance(value, str) else value


Moment = Annotated[datetime | None, BeforeValidator(_moment)]


class Call(BaseModel):
    """One call; None is unknown. `account_id` is the caller's, or where the call was recorded when it names none."""

    model_config = ConfigDict(frozen=True)

    time: Moment
    event_name: str | None
    event_source: str | None
    principal: str | None
    principal_type: str | None
    account_id: str | None
    region: str | None
    source_ip: str | None
    user_agent: str | None
    error_code: str | None
    resources: Annotated[tuple[str, ...] | None, BeforeValidator(_arns)]
    read_only: Annotated[bool | None, BeforeValidator(_flag)]
    event_id: str | None
    error_message: str | None = None
    role: str | None = None
    session_name: str | None = None
    source_identity: str | None = None
    access_key: str | None = None
    via: str | None = None
    target: str | None = None
    recorded_in: str | None = None

    @property
    def action(self) -> str:
        """`s3:GetObject`."""
        service = (self.event_source or "").removesuffix(".amazonaws.com")
        return f"{service}:{self.event_name or 'unknown'}" if service else self.event_name or "unknown"

    @property
    def refused(self) -> bool:
        """Whether it failed for lack of permission."""
        return bool(_REFUSED.search(self.error_code or ""))


@dataclass(frozen=True, slots=True)
class Counts:
    """Over all that was found, however few rows are given."""

    found: int = 0
    denied: int = 0
    failed: int = 0
    writes: int = 0
    new_calls: int = 0
    principals: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The calls, newest first, and for each what the query told beside (`facts`: columns of `bot.trail.rows`).

    `bins` are times (as text, cut to the bin's length) with the calls in them and how many of those failed.
    """

    calls: tuple[Call, ...]
    facts: tuple[Mapping[str, Any], ...]
    counts: Counts
    bins: Mapping[str, tuple[int, int]]
    bin_length: int
    caveats: tuple[Caveat, ...]
    trails: Trails
    receipt: Receipt


def ask(
    request: Asked, which: Calls, engine: TrailEngine, recording: Recording, progress: Progress
) -> Answer:
    """Ask the engine; counts are whole, rows at most as many as the request's limit."""
    found, trails = looked(rows(request, which), engine, recording, progress)
    listed = sorted(
        (row for row in found.rows if row["place"] <= request.limit),
        key=lambda row: (row["at"] or "", -row["place"]),
        reverse=True,
    )
    head: Mapping[str, Any] = found.rows[0] if found.rows else {}
    counts = Counts(**{name: int(head.get(name) or 0) for name in Counts.__dataclass_fields__})
    length = bin_of(request.span)
    return Answer(
        calls=tuple(map(call, listed)),
        facts=tuple(listed),
        counts=counts,
        bins={row["at"][:length]: (row["bin_calls"], row["bin_failed"]) for row in found.rows if row["at"]},
        bin_length=length,
        caveats=(*found.caveats, *_truncated(counts, len(listed), which)),
        trails=trails,
        receipt=found.receipt,
    )


def _truncated(counts: Counts, listed: int, which: Calls) -> tuple[Caveat, ...]:
    if counts.found <= listed:
        return ()
    how = "the newest of each kind first" if which.group else "the newest first"
    said = f"{counts.found:,} calls were found and counted; {listed:,} are listed, {how}: raise --limit, or narrow"
    return (Caveat("truncated", said),)


def call(row: Mapping[str, Any]) -> Call:
    """One call from one row of `bot.trail.rows`."""
    caller = row.get("caller_account")
    account = caller if caller and caller.isdigit() else row.get("recorded_in")
    return Call.model_validate(
        {**row, "time": row["at"], "account_id": account, "resources": row.get("resource_arns")}
    )


def since_words(request: Asked) -> tuple[str, ...]:
    """The window, word for word, for the next question."""
    return ("--since", iso(request.span.since), "--until", iso(request.span.until))
