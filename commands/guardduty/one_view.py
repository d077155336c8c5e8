"""How a finding is shown: what, who, where from, how often; an attack's signals; what to ask next."""

import json
from collections.abc import Iterator, Mapping

from bot.core.alert import Alert, NextStep
from bot.core.buttons import Acts, Ask, Button, Choice, Download, Menu, Open
from bot.core.findings.change import CHANGES, offered, value
from bot.core.findings.finding import Finding
from bot.core.findings.next_steps import further
from bot.core.findings.sequence import Signal
from bot.core.findings.telling import telling
from bot.core.sections import Column, Facts, Paragraph, Section, Table
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import File, View
from commands.guardduty.one import Answer, ShowFinding
from commands.guardduty.rows import COLUMNS, row
from commands.guardduty.words import account

_SIGNALS, _GROUPS = 20, {"trail": "Calls", "config": "Changes", "s3": "Access"}


_CONFIRM = (
    "GuardDuty is told at once, for everybody who looks there. "
    "Before anything is hidden, you are shown what that would be."
)


def show(request: ShowFinding, answer: Answer, accounts: Mapping[str, str], *, changes: bool = False) -> View:
    """The finding in the words of its alert; the whole of it is the file. `changes` offers what may be changed of it."""
    told = telling(answer.finding)
    return View(
        title=told.title,
        sections=tuple(_sections(answer.finding, told, accounts)),
        command="guardduty show",
        request={"finding_id": request.finding_id},
        rows=(row(answer.finding),),
        columns=COLUMNS,
        receipt=answer.receipt,
        buttons=tuple(_buttons(answer.finding, told, changes=changes)),
        severity=told.severity,
        over=answer.finding.service.archived,
        file=_file(answer),
    )


def _sections(finding: Finding, told: Alert, accounts: Mapping[str, str]) -> Iterator[Section]:
    if told.story:
        yield Paragraph(told.story)
    yield Facts(tuple(_facts(finding, told, accounts)))
    if signals := _signals(finding):
        columns = (*(Column(name) for name in ("signal", "first", "last")), Column("times", "right"))
        rows = tuple(map(_signal, signals[:_SIGNALS]))
        yield Table(columns, rows, more=max(0, len(signals) - _SIGNALS))
    yield Paragraph(((Small(f"{told.kind} · {told.reference}"),),))


def _facts(finding: Finding, told: Alert, accounts: Mapping[str, str]) -> Iterator[tuple[str, Line]]:
    name = account(finding.account_id, accounts)
    ident = (Small(f" {finding.account_id}"),) if name != finding.account_id else ()
    yield "Where", (name, *ident, f" · {finding.region}")
    if told.resource:
        yield "Resource", (Code(told.resource),)
    if told.first_seen:
        yield "First seen", (When(told.first_seen),)
    if told.last_seen:
        yield "Last seen", (When(told.last_seen),)
    if told.count:
        yield "How often", (f"{told.count:,} times" if told.count > 1 else "once",)
    if finding.service.resource_role == "ACTOR":
        yield "Role", ("the resource is the one that does it",)
    if finding.service.archived:
        yield "Archived", (Strong("yes"), ", so GuardDuty hides it")


def _signals(finding: Finding) -> list[Signal]:
    """An attack's, in the order in which they began; those without a name say nothing."""
    told = finding.service.detection.sequence if finding.service.detection else None
    named = [each for each in (told.signals if told else ()) if each.words]
    return sorted(named, key=lambda each: each.first_seen_at.timestamp() if each.first_seen_at else 0)


def _signal(signal: Signal) -> tuple[Line, ...]:
    first, last = (
        ((When(at),) if at else ("not known",)) for at in (signal.first_seen_at, signal.last_seen_at)
    )
    return (signal.words,), first, last, (f"{signal.count:,}" if signal.count else "not known",)


def _buttons(finding: Finding, told: Alert, *, changes: bool) -> Iterator[Button]:
    """The likeliest question, then all others behind one button; and what may be changed."""
    first, rest = told.next_steps[:1], (*told.next_steps[1:], *further(finding))
    yield from (Ask(step.label, step.words, strong=True) for step in first)
    if rest:
        yield Menu("Look closer…", tuple(map(_choice, rest)))
    if changes and told.finding:
        options = offered(archived=finding.service.archived)
        choices = tuple((value(each, told.finding), CHANGES[each]) for each in options)
        yield Acts("Change…", "change-finding", choices, _CONFIRM)
    yield Download("The finding as JSON")
    if told.console_url:
        yield Open("Console", told.console_url)


def _choice(step: NextStep) -> Choice:
    return Choice(step.label, step.words, _GROUPS.get(step.words[0], ""))


def _file(answer: Answer) -> File:
    text = json.dumps(dict(answer.seen.detail), indent=2, ensure_ascii=False, default=str)
    return File(f"finding-{answer.finding.id}.json", f"{text}\n")
