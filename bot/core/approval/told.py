"""What is to be told of a request, and how: its post, edited as it goes on, and an answer when it is decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.approval.request import FixRequest
from bot.core.buttons import Act, Button
from bot.core.kept import fingerprint
from bot.core.sections import Paragraph, Verbatim
from bot.core.text import Line, Small, Strong, When
from bot.core.told import Edit, Later, Memory, Move, Send
from bot.core.view import View

_SHOWN, _TITLE = 12, 140
_SURE = "It is put into AWS as soon as you say yes. The value before is kept, and can be put back."


def next_move(request: FixRequest, now: datetime) -> Move:
    """Post it, show every state on the post, answer in the thread when something was decided."""
    told = request.told
    if told.memory.tellings == 0:
        return Send("post", post(request, now), Memory(1))
    if told.ts and fingerprint(post(request, now)) != told.shown:
        return Edit(post(request, now))
    if told.memory.tellings <= request.outcomes and not request.is_changing:
        title, more = _came(request)
        view = View(title, sections=(Paragraph(more),) if more else ())
        return Send("reply", view, Memory(request.outcomes + 1), rings=True)
    if request.is_open(now):
        return Later(request.expires)
    return Later(request.undo_until) if request.undo_until and request.may_undo(now) else None


def post(request: FixRequest, now: datetime) -> View:
    """The request as it stands: first who has to do what, or what came of it."""
    change, is_open = request.change, request.is_open(now)
    title, came = _title(request, now)
    lines = (
        *came,
        *_said("Now" if is_open else "Before", request.found),
        *_said("Change", change.words),
        *_shown(change.shown),
        *_said("Then", change.then if is_open else ""),
        *(line for cost in change.costs for line in _said("It costs", cost)),
        *_said("Look first", change.first if is_open else ""),
        *_said("Why", request.reason),
        *([(Strong("Somebody else has to approve it"), " until ", When(request.expires))] if is_open else []),
    )
    exact = (Verbatim(change.exact),) if change.exact and is_open else ()
    return View(
        title=title,
        sections=(Paragraph(lines), *exact, Paragraph((_small(request),))),
        over=request.is_over,
        buttons=_buttons(request, now),
    )


def _said(what: str, words: str) -> Iterator[Line]:
    if words:
        yield (Strong(what), f": {words}")


def _small(request: FixRequest) -> Line:
    bucket = request.bucket
    place = f"bucket {bucket.name} · {bucket.account_id} · {bucket.region}"
    return (Small(f"{place} · asked by {request.by.name}"),)


def _shown(lines: Sequence[Line]) -> Iterator[Line]:
    """Exactly what differs."""
    yield from (("  ", *line) for line in lines[:_SHOWN])
    if (more := len(lines) - _SHOWN) > 0:
        yield (Small(f"  … and {more:,} more"),)


def _title(request: FixRequest, now: datetime) -> tuple[str, tuple[Line, ...]]:
    """The first line, and what it has no room for."""
    name = request.bucket.name
    if request.is_open(now):
        return f"{request.by.name} asks to fix the bucket {name}", ()
    if request.state == "asked":
        return f"Nobody approved the fix of {name} in time: nothing is changed", ()
    if request.state == "applying" and request.decided:
        return f"{request.decided.name} approved it: {name} is being changed…", ()
    if request.state == "undoing" and request.undone:
        return f"{request.undone.name} takes the fix of {name} back…", ()
    return _came(request)


def _came(request: FixRequest) -> tuple[str, tuple[Line, ...]]:
    name = request.bucket.name
    decided, undone = (mark.name if mark else "somebody" for mark in (request.decided, request.undone))
    match request.state:
        case "refused":
            said = f"{decided} refused it: {name} is not changed."
        case "applied":
            said = f"{decided} approved it: {name} is changed."
        case "undone":
            said = f"{undone} took it back: {name} is as it was."
        case _:
            said = f"The fix of {name} stopped."
    whole = f"{said} {request.came}".strip()
    return (whole, ()) if len(whole) <= _TITLE else (said, ((request.came,),))


def _buttons(request: FixRequest, now: datetime) -> tuple[Button, ...]:
    if request.is_open(now):
        return (
            Act("Approve", "approve-fix", request.id, strong=True, confirm=_SURE),
            Act("Refuse", "refuse-fix", request.id),
        )
    if request.may_undo(now):
        sure = "The bucket is as open again as it was before."
        return (Act("Undo", "undo-fix", request.id, confirm=sure),)
    return ()
