"""What is to be told of a request, and how: its post, edited as it goes on, and an answer when it is decided."""

from datetime import datetime

from bot.core.approval.request import FixRequest
from bot.core.kept import fingerprint
from bot.core.text import Line, Small, Strong, When
from bot.core.told import Edit, Later, Memory, Move, Send
from bot.core.view import Act, Button, Paragraph, View

_ENDS = {"refused": 1, "applied": 1, "stopped": 1, "undone": 2}
"""States that are told in the thread, and how many answers the thread has by then."""
_SURE = "It is put into AWS as soon as you say yes. The value before is kept, and can be put back."


def next_move(request: FixRequest, now: datetime) -> Move:
    """Post it, show every state on the post, answer in the thread when something was decided."""
    told = request.told
    if told.memory.tellings == 0:
        return Send("post", post(request, now), Memory(1))
    if told.ts and fingerprint(post(request, now)) != told.shown:
        return Edit(post(request, now))
    if told.memory.tellings <= (said := _ENDS.get(request.state, 0)):
        return Send("reply", View(_came(request)), Memory(said + 1), rings=True)
    if request.is_open(now):
        return Later(request.expires)
    return Later(request.undo_until) if request.undo_until and request.may_undo(now) else None


def post(request: FixRequest, now: datetime) -> View:
    """The request as it stands."""
    lines: list[Line] = [
        (Strong("Change"), f": {request.change.words}"),
        *((Strong("It costs"), f": {cost}") for cost in request.change.costs),
        (Strong("Why"), f": {request.reason}"),
        (Small(f"bucket {request.bucket.name} · {request.bucket.account_id} · {request.bucket.region}"),),
        _state(request, now),
    ]
    return View(
        title=f"{request.by.name} asks to fix the bucket {request.bucket.name}",
        sections=(Paragraph(tuple(lines)),),
        over=not (request.is_open(now) or request.is_changing),
        buttons=_buttons(request, now),
    )


def _state(request: FixRequest, now: datetime) -> Line:
    if request.is_open(now):
        return (Strong("Somebody else has to approve it"), " until ", When(request.expires))
    if request.state == "asked":
        return (Strong("Nobody approved it"), " until ", When(request.expires), ": nothing is changed")
    if request.state == "applying" and request.decided:
        return (Strong(f"{request.decided.name} approved it"), ": it is being changed…")
    if request.state == "undoing" and request.undone:
        return (Strong(f"{request.undone.name} takes it back"), "…")
    return (_came(request),)


def _came(request: FixRequest) -> str:
    name = request.bucket.name
    decided, undone = (mark.name if mark else "somebody" for mark in (request.decided, request.undone))
    match request.state:
        case "refused":
            return f"{decided} refused it: {name} is not changed"
        case "applied":
            return f"{decided} approved it: {name} is changed. {request.came}".strip()
        case "undone":
            return f"{undone} took it back: {name} is as it was. {request.came}".strip()
        case _:
            return f"Stopped: {request.came}"


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
