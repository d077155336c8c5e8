"""How the findings are shown: the worst first, each in words, and where nobody looked."""

from collections.abc import Iterator, Mapping

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Choice, Csv, Form, Menu, Share
from bot.core.findings.finding import Finding
from bot.core.findings.telling import telling
from bot.core.sections import Column, Section, Table
from bot.core.span import iso
from bot.core.text import Line, Small, Strong, When
from bot.core.view import View
from commands.guardduty.listing import Answer, ListFindings
from commands.guardduty.rows import COLUMNS, row
from commands.guardduty.words import account, asked, bands, is_blind, updated

_SHOWN, _CHOICES, _LABEL = 20, 24, 75


def show(request: ListFindings, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; rows are the contract's."""
    return View(
        title=_title(request, answer, accounts),
        sections=tuple(_sections(answer, accounts)),
        command="guardduty list",
        request={
            "severity": request.severity.value if request.severity else None,
            "since": iso(request.span.since) if request.span else None,
            "accounts": list(request.accounts),
            "regions": list(request.regions),
            "types": list(request.types),
            "archived": request.archived,
        },
        rows=tuple(map(row, answer.findings)),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
        totals={"total": answer.listed.total},
    )


def _title(request: ListFindings, answer: Answer, accounts: Mapping[str, str]) -> str:
    total, places = answer.listed.total, answer.listed.places
    word = "archived" if request.archived else "open"
    narrowed = asked(request.wanted, accounts, updated(request.span, answer.span_words))
    if total:
        found = f"{counted(total, f'{word} finding')}{narrowed}"
        counts = bands(answer.listed.counts.by_severity)
        return f"{found}: {counts}"
    if not places:
        return f"I can’t tell whether there is an {word} finding{narrowed}: GuardDuty looks nowhere that I could ask"
    looked = f"{counted(places, 'place')} looked at"
    if is_blind(answer.caveats):
        return f"I can’t tell whether there is an {word} finding{narrowed}: I saw none, and not everything"
    return f"No {word} finding{narrowed} ({looked})"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    if not answer.findings:
        return
    names = ("severity", "what", "where", "last seen")
    columns = (*(Column(name) for name in names), Column("times", "right"))
    shown = answer.findings[:_SHOWN]
    yield Table(
        columns, tuple(_row(each, accounts) for each in shown), more=len(answer.findings) - len(shown)
    )


def _row(finding: Finding, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    told = telling(finding)
    where = account(finding.account_id, accounts)
    return (
        (Strong(told.severity.value),),
        (told.title,),
        (where, Small(f" {finding.region}")),
        (When(told.last_seen),) if told.last_seen else ("not known",),
        (f"{told.count:,}",) if told.count else ("not known",),
    )


def _buttons(request: ListFindings, answer: Answer) -> Iterator[Button]:
    if choices := tuple(_choices(answer)):
        yield Menu("Look at one…", choices)
    yield Form("Change…", ("guardduty", "list", *_narrowed(request)), _fields(request))
    if answer.findings:
        yield Ask("Summary", ("guardduty", "summary"))
        yield Csv()
    else:
        yield Ask("Where GuardDuty looks", ("guardduty", "status"))
    yield Share()


def _choices(answer: Answer) -> Iterator[Choice]:
    for each in answer.findings[:_CHOICES]:
        told = telling(each)
        label = told.title if len(told.title) <= _LABEL else f"{told.title[: _LABEL - 1]}…"
        yield Choice(label, ("guardduty", "show", each.id), told.severity.value.capitalize())


def _narrowed(request: ListFindings) -> Iterator[str]:
    named = {"--account": request.accounts, "--region": request.regions, "--type": request.types}
    for option, values in named.items():
        for value in values:
            yield from (option, value)
    if request.archived:
        yield "--archived"


def _fields(request: ListFindings) -> tuple[tuple[str, str, str], ...]:
    return (
        ("--severity", "Severity, and worse", request.severity.value if request.severity else ""),
        (
            "--since",
            "Updated since (7d, yesterday, or a time)",
            iso(request.span.since) if request.span else "",
        ),
    )
