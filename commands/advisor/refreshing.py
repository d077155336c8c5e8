"""Can Trusted Advisor look again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.command import Reach, Request
from bot.core.advice.opinion import Check, Refreshed
from bot.core.amounts import duration
from bot.core.buttons import Ask
from bot.core.sections import Paragraph
from bot.core.text import Small
from bot.core.view import View
from commands.advisor.named import named

_WORDS: Mapping[str, str] = {
    "enqueued": "Trusted Advisor looks again: {name}",
    "processing": "Trusted Advisor is looking already: {name}",
    "success": "Trusted Advisor has looked again: {name}",
    "by-itself": "Trusted Advisor refreshes {name} by itself, and not when asked",
    "too-soon": "Trusted Advisor looked just now, and does not look again yet: {name}",
    "computed": "Nothing to refresh: {name} is Noroshi’s own here, made anew whenever it is asked for",
}
_WAITS = frozenset({"enqueued", "processing"})


class Refresh(Request):
    """The check, as it was said."""

    check: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Which check was meant, and what came of it."""

    check: Check
    refreshed: Refreshed


def refresh(request: Refresh, reach: Reach) -> Answer:
    """Ask for it; raises NotFound for no such check, and what the port raises."""
    advice = reach.ports.advice
    check = named(request.check, advice.checks())
    reach.progress(f"Asking Trusted Advisor to look at {check.name} again…")
    return Answer(check, advice.refresh(check.id))


def show(request: Refresh, answer: Answer) -> View:
    """What came of it, and when it may next be asked."""
    check, done = answer.check, answer.refreshed
    after = (
        (Small("It takes some minutes; its answer says as of when it is."),) if done.state in _WAITS else ()
    )
    again = (
        (Small(f"It can be asked again in {duration(done.again_in_seconds)}."),)
        if done.again_in_seconds
        else ()
    )
    lines = tuple(line for line in (after, again) if line)
    row: dict[str, Any] = {
        "check": check.id,
        "name": check.name,
        "state": done.state,
        "again_in_seconds": done.again_in_seconds or None,
    }
    return View(
        title=_WORDS[done.state].format(name=check.name),
        sections=(Paragraph(lines),) if lines else (),
        command="advisor refresh",
        request=request.model_dump(mode="json"),
        rows=(row,),
        columns=tuple(row),
        buttons=(Ask("What it says", ("advisor", "show", check.id)),),
    )
