"""Who changed a resource: its authors, the busiest first, without what they changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.buttons import Ask, Csv, Share
from bot.core.configuration import kinds
from bot.core.configuration.revision import Actor, Revision
from bot.core.sections import Column, Paragraph, Table
from bot.core.span import iso
from bot.core.text import Line, Small, When
from bot.core.view import View
from commands.config.actors import who
from commands.config.common import of, small_place, title
from commands.config.history import Answer, HistoryOf
from commands.config.pivots import menu

COLUMNS = ("principal", "human", "changes", "exact", "first", "last", "event_names", "tools")


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody, and the changes that are theirs, newest first; None is who could not be named."""

    actor: Actor | None
    changes: tuple[tuple[Revision, Actor], ...]

    @property
    def sure(self) -> int:
        """How many of them are exact."""
        return sum(actor.confidence == "exact" for _, actor in self.changes)


def authors_of(revisions: Sequence[tuple[Revision, Actor]]) -> tuple[Author, ...]:
    """Each once, by the human where one is known; who could not be named stands last."""
    by_name: dict[str, list[tuple[Revision, Actor]]] = {}
    for state, actor in revisions:
        if state.changes or state.item.is_deleted or actor.principal:
            by_name.setdefault(actor.human or actor.principal or "", []).append((state, actor))
    found = [Author(told[0][1] if name else None, tuple(told)) for name, told in by_name.items()]
    return tuple(sorted(found, key=lambda one: (one.actor is None, -len(one.changes))))


def show(request: HistoryOf, answer: Answer, accounts: Mapping[str, str], now: datetime) -> View:
    """The authors; with no change found, whether there could have been one."""
    found = authors_of(answer.revisions)
    return View(
        title=f"{_title(answer, found)} — {request.span.words(now)}",
        sections=(
            Paragraph((small_place(answer.resource, kinds.words(answer.resource.type), accounts),)),
            Table(
                (
                    Column("who"),
                    Column("changes", "right"),
                    Column("sure", "right"),
                    Column("last"),
                    Column("by"),
                ),
                tuple(_row(one) for one in found),
            ),
        ),
        command="config who",
        request={
            "resource": request.resource,
            "type": answer.resource.type,
            "since": iso(request.span.since),
            "until": iso(request.span.until),
        },
        rows=tuple(_json(one) for one in found),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=(
            Ask("What they changed", ("config", "history", *of(answer.resource)), strong=True),
            *menu(answer.resource, answer.revisions),
            *((Csv(),) if found else ()),
            Share(),
        ),
    )


def _title(answer: Answer, found: Sequence[Author]) -> str:
    what = title(answer.resource)
    named = sum(one.actor is not None for one in found)
    if named:
        return f"{named:,} {'people or programs' if named > 1 else 'person or program'} changed {what}"
    if found:
        return f"I can’t tell who changed {what}"
    return f"I can’t tell whether {what} changed" if answer.blind else f"Nobody changed {what}"


def _row(one: Author) -> tuple[Line, ...]:
    last = one.changes[0]
    name: Line = who(one.actor) if one.actor else ("nobody I can name", Small(f" ({last[1].reason})"))
    tools = sorted({actor.tool for _, actor in one.changes if actor.tool != "unknown"})
    return (
        name,
        (f"{len(one.changes):,}",),
        (f"{one.sure:,}",),
        (When(last[0].item.captured_at),),
        (", ".join(tools),),
    )


def _json(one: Author) -> dict[str, Any]:
    return {
        "principal": one.actor.principal if one.actor else None,
        "human": one.actor.human if one.actor else None,
        "changes": len(one.changes),
        "exact": one.sure,
        "first": one.changes[-1][0].item.captured_at,
        "last": one.changes[0][0].item.captured_at,
        "event_names": sorted({actor.event_name for _, actor in one.changes if actor.event_name}),
        "tools": sorted({actor.tool for _, actor in one.changes if actor.tool != "unknown"}),
    }
