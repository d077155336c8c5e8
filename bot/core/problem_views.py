"""A problem as people see it: its post, and the replies in its thread."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core import alert as alerts
from bot.core.alert import Alert
from bot.core.buttons import Act, Ask, Button, Open
from bot.core.sections import Paragraph
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View

if TYPE_CHECKING:
    from bot.core.problem import Problem

_SURE = "GuardDuty hides this finding from then on, for everybody. Its events go on under Archived."


def post(problem: "Problem") -> View:
    """The post: what happened, how often, what became of it, what can be done."""
    alert = _counted(problem)
    if problem.bare:
        words: Line = ("Slack did not take the rest of it; ask for it: ", Small(alert.kind))
        own = tuple(button for button in _buttons(problem) if isinstance(button, Act))
        return View(
            alert.title,
            (Paragraph((words, *_marks(problem))),),
            severity=alert.severity,
            over=problem.over is not None,
            buttons=own,
        )
    marks = tuple(_marks(problem))
    sections = (*alerts.show(alert).sections, *((Paragraph(marks),) if marks else ()))
    return View(
        title=alert.title,
        sections=sections,
        severity=alert.severity,
        over=problem.over is not None,
        buttons=tuple(_buttons(problem)),
    )


def escalation(problem: "Problem") -> View:
    """It got worse than the post said at first."""
    known = problem.told.memory.severity
    was = f"It was {known.value}. " if known else ""
    return View(
        f"Worse now: {problem.alert.title}",
        (Paragraph(((was, *_times(problem)), *problem.alert.story)),),
        severity=problem.alert.severity,
    )


def repeat(problem: "Problem") -> View:
    """It went on, and how the latest telling says it."""
    latest = problem.latest or problem.alert
    more = problem.tellings - problem.told.memory.tellings
    if latest.adds:
        return View(latest.title, (Paragraph(latest.story),))
    title = f"Again: {latest.title}" if more == 1 else f"{more:,} times again: {latest.title}"
    return View(title, (Paragraph((_times(problem), *latest.story)),))


def ended(problem: "Problem") -> View:
    """How it ended, and when."""
    over = problem.over
    how = (_how(problem) or over.how) if over and over.how else "It is over"
    at: Line = ("Over since ", When(over.at)) if over else ()
    return View(how[:1].upper() + how[1:], (Paragraph((at,)),) if at else (), over=True)


def _how(problem: "Problem") -> str:
    """How it ended, without the word that stands before it anyway; "" where only the title is left."""
    said = problem.over.how if problem.over else ""
    words = said.removeprefix("Resolved: ").removeprefix("Over: ")
    return "" if words == problem.alert.title else words


def back(problem: "Problem") -> View:
    """It was over, and is there again."""
    return View(
        f"Back again: {problem.alert.title}",
        (Paragraph((_times(problem), *problem.alert.story)),),
        severity=problem.alert.severity,
    )


def reminder(problem: "Problem", waited: timedelta) -> View:
    """Nobody acknowledged it yet."""
    minutes = int(waited.total_seconds() // 60)
    return View(
        f"Nobody has acknowledged this for {minutes} minutes: {problem.alert.title}",
        (Paragraph((("Press Acknowledge on the post above when you have it.",),)),),
        severity=problem.alert.severity,
    )


def _counted(problem: "Problem") -> Alert:
    """GuardDuty counts for itself; else the tellings are the count, but for the one that ended it."""
    latest = problem.latest if problem.latest and not problem.latest.resolved else problem.alert
    ended = latest is not problem.latest and problem.latest is not None and not problem.latest.adds
    told = problem.tellings - problem.added - ended
    count = problem.alert.count if problem.alert.count and problem.alert.count > 1 else told
    last = latest.last_seen or problem.alert.last_seen
    first = problem.alert.first_seen
    if last is None and told > 1 and first and problem.at > first:
        last = problem.at
    return replace(problem.alert, count=count, last_seen=last)


def _times(problem: "Problem") -> Line:
    alert = _counted(problem)
    count = f"{alert.count:,} times in all" if alert.count and alert.count > 1 else "the first time"
    seen: Line = (", last ", When(alert.last_seen)) if alert.last_seen else ()
    return (count, *seen)


def _marks(problem: "Problem") -> list[Line]:
    """What became of it, and why it stands here."""
    marks: list[Line] = []
    if over := problem.over:
        how = _how(problem)
        marks.append((Strong("Over"), " since ", When(over.at), *((f": {how}",) if how else ())))
    if seen := problem.acknowledged:
        marks.append((Strong("Acknowledged"), f" by {seen.name}, ", When(seen.at)))
    if muted := problem.muted:
        hidden = f" · {problem.hidden:,} hidden so far" if problem.hidden else ""
        marks.append(
            (Strong("Muted"), " until ", When(muted.until), f" by {muted.by}: {muted.reason}{hidden}")
        )
    if problem.moved:
        marks.append((Strong("Posted here"), f" because {problem.moved}"))
    return marks


def _buttons(problem: "Problem") -> list[Button]:
    """The likeliest first; what is over needs nothing done."""
    alert, found = problem.alert, []
    buttons: list[Button] = []
    if not problem.over:
        if alert.next_steps:
            buttons.append(Act("Investigate", "investigate", problem.id, strong=True))
        if not problem.acknowledged:
            buttons.append(Act("Acknowledge", "acknowledge", problem.id))
        if not problem.muted:
            buttons.append(Act("Mute…", "mute", problem.id))
        if alert.bucket:
            buttons.append(Act("Fix…", "fix", problem.id))
        if alert.finding:
            buttons.append(Act("Archive in GuardDuty", "archive", problem.id, confirm=_SURE))
    else:
        found = [Ask(step.label, step.words) for step in alert.next_steps[:2]]
    console = [Open("Console", alert.console_url)] if alert.console_url else []
    return [*buttons, *found, *console]


def since(moment: datetime, now: datetime) -> str:
    """`3 d`, `5 h`, `12 min`: how long ago, shortly."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    for size, unit in ((1440, "d"), (60, "h")):
        if minutes >= size:
            return f"{minutes // size} {unit}"
    return f"{minutes} min"
