"""How a state, and what differs between two, are shown: words in the message, all of it in the file."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.buttons import Ask, Csv, Download, Share
from bot.core.configuration import kinds
from bot.core.configuration.full import full
from bot.core.configuration.item import Item
from bot.core.configuration.values import masked
from bot.core.configuration.words import lines
from bot.core.sections import Paragraph, Section, Verbatim
from bot.core.span import iso
from bot.core.text import Line, Small, Strong, When
from bot.core.view import File, View
from commands.config.common import of, small_place, title
from commands.config.history_view import change_json
from commands.config.state import Between, Compared, State, StateAt

_LINES = 30
STATE = (
    *(
        "captured_at",
        "status",
        "resource_type",
        "resource_id",
        "resource_name",
        "arn",
        "account_id",
        "region",
    ),
    *("created_at", "configuration", "supplementary", "tags", "relationships"),
)


def show_state(request: StateAt, found: State, accounts: Mapping[str, str]) -> View:
    """The state as JSON; when it was captured is the first thing said."""
    item, text = found.item, _json(found.item)
    what = title(found.resource)
    gone = " — it was deleted by then" if item.is_deleted else ""
    lines: tuple[Line, ...] = (
        small_place(found.resource, kinds.words(found.resource.type), accounts),
        ("captured ", When(item.captured_at), f", {_status(item)}"),
    )
    return View(
        title=f"{what} as it was {request.at:%Y-%m-%d %H:%M} UTC{gone}",
        sections=(Paragraph(lines), Verbatim(text)),
        command="config at",
        request={"resource": request.resource, "type": found.resource.type, "at": iso(request.at)},
        rows=(_state(item),),
        columns=STATE,
        caveats=found.caveats,
        receipt=found.receipt,
        buttons=(
            Download("As a file"),
            Ask("What changed", ("config", "history", *of(found.resource))),
            Share(),
        ),
        file=File(f"{_name(item)}-{item.captured_at:%Y%m%dT%H%M%SZ}.json", text),
    )


def show_compared(request: Between, found: Compared, accounts: Mapping[str, str]) -> View:
    """What differs, the dangers first."""
    changes = found.difference.changes
    count = f"{len(changes):,} difference{'s' if len(changes) != 1 else ''}" if changes else "no difference"
    window = f"{request.at:%Y-%m-%d %H:%M} to {request.to:%Y-%m-%d %H:%M} UTC"
    return View(
        title=f"{title(found.resource)} — {count}, {window}",
        sections=_differences(found, accounts),
        command="config diff",
        request={
            "resource": request.resource,
            "type": found.resource.type,
            "at": iso(request.at),
            "to": iso(request.to),
        },
        rows=tuple(change_json(one) for one in changes),
        columns=("path", "kind", "before", "after"),
        caveats=found.caveats,
        receipt=found.receipt,
        buttons=(
            Ask("Who did it", _history(found)),
            *((Download("Full diff"), Csv()) if changes else ()),
            Share(),
        ),
        file=File(f"{_name(found.after)}-diff.txt", full(found.difference, found.resource.type))
        if changes
        else None,
    )


def _differences(found: Compared, accounts: Mapping[str, str]) -> tuple[Section, ...]:
    changes = found.difference.changes
    states: Line = ("from ", When(found.before.captured_at), " to ", When(found.after.captured_at))
    head = (small_place(found.resource, kinds.words(found.resource.type), accounts), states)
    flags = tuple((Strong(f"← {flag.words}"),) for flag in found.flags)
    told = lines(changes, found.resource.type)
    more = len(told) - _LINES
    rest: tuple[Line, ...] = ((Small(f"… and {more:,} more in the file"),),) if more > 0 else ()
    return (Paragraph(head), Paragraph((*flags, *told[:_LINES], *rest)))


def _history(found: Compared) -> tuple[str, ...]:
    # A window's end is not in it.
    since, until = iso(found.before.captured_at), iso(found.after.captured_at + timedelta(seconds=1))
    return ("config", "history", *of(found.resource), "--since", since, "--until", until)


def _status(item: Item) -> str:
    return {"OK": "a change", "ResourceDiscovered": "the first one recorded"}.get(item.status, item.status)


def _name(item: Item) -> str:
    return item.resource.id.rpartition("/")[2].rpartition(":")[2] or "state"


def _state(item: Item) -> dict[str, Any]:
    resource = item.resource
    return {
        "captured_at": item.captured_at,
        "status": item.status,
        "resource_type": resource.type,
        "resource_id": resource.id,
        "resource_name": resource.name or None,
        "arn": resource.arn or None,
        "account_id": resource.place.account_id or None,
        "region": resource.place.region or None,
        "created_at": item.created_at,
        "configuration": masked(item.configuration),
        "supplementary": masked(item.supplementary),
        "tags": dict(item.tags),
        "relationships": [
            {"type": one.type, "id": one.id, "name": one.name or None, "relation": one.relation}
            for one in item.relationships
        ],
    }


def _json(item: Item) -> str:
    def text(value: Any) -> Any:
        return iso(value) if isinstance(value, datetime) else str(value)

    return json.dumps(_state(item), indent=2, ensure_ascii=False, default=text)
