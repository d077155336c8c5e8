"""How a history is shown: a timeline, newest first; each change with who made it and how sure that is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from bot.core.buttons import Ask, Button, Csv, Download, Form, Share
from bot.core.configuration import kinds
from bot.core.configuration.change import Change
from bot.core.configuration.full import full
from bot.core.configuration.revision import Actor, Revision
from bot.core.configuration.values import masked
from bot.core.configuration.words import lines, path
from bot.core.sections import Paragraph, Section
from bot.core.span import iso
from bot.core.text import Line, Small, plain
from bot.core.view import File, View
from commands.config.actors import as_json, by_line
from commands.config.common import of, small_place, title
from commands.config.history import Answer, HistoryOf
from commands.config.history_lines import LINES, gap_line, is_first, revision_lines
from commands.config.pivots import menu

_SHOWN = 12
"""So many revisions are shown; the rows and the file have all."""
_DAYS = (1, 7, 30, 90, 365)
COLUMNS = (
    *("captured_at", "status", "changes", "flags", "actor", "resource_type", "resource_id", "resource_name"),
    *("account_id", "region"),
)
Told = tuple[Revision, Actor, tuple[Change, ...]]


def show(request: HistoryOf, answer: Answer, accounts: Mapping[str, str], now: datetime) -> View:
    """The whole answer; each row is one recorded state, what moves by itself left out unless asked for."""
    every = [(state, actor, _changes(state, request)) for state, actor in answer.revisions]
    told = [one for one in every if _says_something(one)]
    return View(
        title=_title(request, answer, told, now),
        sections=tuple(_sections(answer, every, told, accounts)),
        command="config history",
        request=_asked(request, answer),
        rows=tuple(_row(*one) for one in every),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer, told, now)),
        file=_file(answer, told),
    )


def _changes(state: Revision, request: HistoryOf) -> tuple[Change, ...]:
    return (*state.changes, *(state.difference.noise if request.all else ()))


def _says_something(one: Told) -> bool:
    state, _, changes = one
    return bool(changes) or state.before is None or state.item.is_deleted or state.item.is_unrecorded


def _title(request: HistoryOf, answer: Answer, told: Sequence[Told], now: datetime) -> str:
    what, window = title(answer.resource), request.span.words(now)
    # That it is gone may be recorded more than once: when Config is told to leave its type out, again.
    if gone := list(takewhile(lambda state: state.item.is_deleted, (state for state, _, _ in told))):
        when = f"{gone[-1].item.captured_at:%Y-%m-%d %H:%M} UTC"
        return f"{what} was deleted {when} — {_count(told, answer)}, {window}"
    if any(not is_first(state) for state, _, _ in told):
        return f"{what} — {_count(told, answer)}, {window}"
    if answer.blind:
        return f"I can’t tell whether {what} changed — {window}"
    if told:
        return f"{what} was first recorded {told[-1][0].item.captured_at:%Y-%m-%d %H:%M} UTC, and has not changed since — {window}"
    return f"{what} has not changed — {window}"


def _count(told: Sequence[Told], answer: Answer) -> str:
    some = sum(bool(changes) or state.before_unread for state, _, changes in told)
    return f"{'the newest ' if answer.more else ''}{some:,} change{'s' if some != 1 else ''}"


def _sections(
    answer: Answer, every: Sequence[Told], told: Sequence[Told], accounts: Mapping[str, str]
) -> Iterator[Section]:
    yield Paragraph((small_place(answer.resource, kinds.words(answer.resource.type), accounts),))
    entries: list[tuple[datetime, tuple[Line, ...]]] = [
        (state.item.captured_at, tuple(revision_lines(state, actor, changes)))
        for state, actor, changes in told[:_SHOWN]
    ]
    entries += [(gap.since, (gap_line(gap),)) for gap in answer.gaps]
    for _, entry in sorted(entries, key=lambda entry: entry[0], reverse=True):
        yield Paragraph(entry)
    if rest := tuple(_left_out(answer, every, told)):
        yield Paragraph(rest)


def _left_out(answer: Answer, every: Sequence[Told], told: Sequence[Told]) -> Iterator[Line]:
    if (more := len(told) - _SHOWN) > 0:
        yield (Small(f"{more:,} more change{'s are' if more > 1 else ' is'} in the file"),)
    if quiet := len(every) - len(told):
        times = "time" if quiet == 1 else "times"
        yield (Small(f"recorded {quiet:,} {times} more with nothing new but what moves by itself: --all"),)
    if answer.more:
        yield (Small("the window holds older changes: raise --limit"),)


def _row(state: Revision, actor: Actor, changes: Sequence[Change]) -> dict[str, Any]:
    """The contract's row of `config history`."""
    resource = state.item.resource
    return {
        "captured_at": state.item.captured_at,
        "status": state.item.status,
        "changes": [change_json(one) for one in changes],
        "flags": [{"code": flag.code, "words": flag.words} for flag in state.flags],
        "actor": as_json(actor),
        "resource_type": resource.type,
        "resource_id": resource.id,
        "resource_name": resource.name or None,
        "account_id": resource.place.account_id or None,
        "region": resource.place.region or None,
    }


def change_json(one: Change) -> dict[str, Any]:
    """One of the contract's `changes`; what environment variables hold that are called like secrets is not shown."""
    return {
        "path": path(one),
        "kind": one.kind,
        "before": masked(one.before, one.path),
        "after": masked(one.after, one.path),
    }


def _asked(request: HistoryOf, answer: Answer) -> dict[str, Any]:
    return {
        "resource": request.resource,
        "type": answer.resource.type,
        "since": iso(request.span.since),
        "until": iso(request.span.until),
        "all": request.all,
        "limit": request.limit,
        "gaps": [{"since": gap.since, "until": gap.until, "why": gap.why} for gap in answer.gaps],
    }


def _file(answer: Answer, told: Sequence[Told]) -> File | None:
    """All changes in full, where the message shortens them."""
    if len(told) <= _SHOWN and not any(_is_cut(changes, answer.resource.type) for _, _, changes in told):
        return None
    parts = [
        f"{iso(state.item.captured_at)}  {plain(by_line(actor))}\n{full(state.difference, answer.resource.type)}"
        for state, actor, changes in told
    ]
    return File(f"{answer.resource.id.rpartition('/')[2]}-changes.txt", "\n\n".join(parts) + "\n")


def _is_cut(changes: Sequence[Change], resource_type: str) -> bool:
    """Whether the message has less of them than there is: too many, a long value, what is gone with the resource."""
    told = [plain(line) for line in lines(changes, resource_type)]
    return len(changes) >= LINES or any("…" in line for line in told) or any(not one.path for one in changes)


def _buttons(request: HistoryOf, answer: Answer, told: Sequence[Told], now: datetime) -> Iterator[Button]:
    words = ("config", "history", *of(answer.resource))
    yield from menu(answer.resource, [(state, actor) for state, actor, _ in told])
    days = max(1, (now - request.span.since).days)
    wider = next((length for length in _DAYS if length > days), None)
    if wider:
        yield Ask(f"{wider} days", (*words, "--since", f"{wider}d"))
    yield Download("Full diff") if _file(answer, told) else Form("Change…", words, _fields(request))
    if told:
        yield Csv()
    yield Share()


def _fields(request: HistoryOf) -> tuple[tuple[str, str, str], ...]:
    return (
        ("--since", "From (30d, 36h, yesterday, or a time)", iso(request.span.since)),
        ("--until", "Up to (empty: now)", ""),
        ("--limit", "Most states to read", str(request.limit)),
    )
