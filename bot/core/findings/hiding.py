"""What a suppression rule would have hidden, shown before it is made; and that it is made."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.core.amounts import counted
from bot.core.buttons import Button
from bot.core.findings.counts import BANDS, Bands
from bot.core.findings.reading import readable
from bot.core.findings.rules import Rule
from bot.core.findings.seen import Listed, Suppression
from bot.core.findings.telling import telling
from bot.core.sections import Column, Facts, Paragraph, Section, Table
from bot.core.severity import Severity
from bot.core.spoken import some
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View

LOOKED_BACK: Final = timedelta(days=30)
COLUMNS = ("name", "criteria", "account_id", "region", "would_have_hidden", "critical", "made")
_EXAMPLES, _ACCOUNTS = 5, 10


def preview(
    rule: Suppression,
    found: Listed,
    accounts: Mapping[str, str],
    buttons: tuple[Button, ...] = (),
) -> View:
    """What it would have hidden in the last 30 days; critical ones are said first, and loudly."""
    critical = _critical(found)
    return View(
        title=_title(rule, found, critical),
        sections=tuple(_sections(rule, found, critical, accounts)),
        command="guardduty suppress",
        rows=(_row(rule, found, made=False),),
        columns=COLUMNS,
        caveats=found.caveats,
        severity=Severity.CRITICAL if critical else None,
        buttons=buttons,
    )


def made(rule: Suppression, by: str, found: Listed | None = None) -> View:
    """That it is there."""
    said = (
        f"{by} made the suppression rule {rule.name}" if by else f"The suppression rule {rule.name} is made"
    )
    return View(
        title=f"{said}: GuardDuty hides such findings from now on",
        sections=(
            Paragraph(((_words(rule),),)),
            Paragraph(((Small("Those that are there stay. All rules: /guardduty suppressions"),),)),
        ),
        command="guardduty suppress",
        rows=(_row(rule, found, made=True),),
        columns=COLUMNS,
    )


def _critical(found: Listed) -> int:
    return found.counts.by_severity.get(Severity.CRITICAL, 0)


def _title(rule: Suppression, found: Listed, critical: int) -> str:
    would = f"the rule {rule.name} would have hidden"
    if critical:
        return f"CAREFUL: {would} {counted(critical, 'CRITICAL finding')} in the last 30 days"
    if found.total:
        return f"T{would[1:]} {counted(found.total, 'finding')} in the last 30 days"
    return f"T{would[1:]} no finding in the last 30 days"


def _sections(
    rule: Suppression, found: Listed, critical: int, accounts: Mapping[str, str]
) -> Iterator[Section]:
    if critical:
        yield Paragraph(
            ((Strong("Nobody would have been told of them: "), "a hidden finding reaches no channel."),)
        )
    yield Facts(tuple(_facts(rule, found, accounts)))
    worst = sorted(readable(found.found), key=lambda each: -each.severity)
    if examples := worst[:_EXAMPLES]:
        columns = tuple(map(Column, ("severity", "for example", "last seen")))
        rows = []
        for each in examples:
            told = telling(each)
            at: Line = (When(told.last_seen),) if told.last_seen else ("not known",)
            rows.append(((Strong(told.severity.value),), (told.title,), at))
        yield Table(columns, tuple(rows), more=max(0, found.total - len(rows)))
    yield Paragraph(
        (
            (
                Small(
                    "Nothing is made yet. A rule holds for new findings; GuardDuty tells nobody of those it hides."
                ),
            ),
        )
    )


def _facts(rule: Suppression, found: Listed, accounts: Mapping[str, str]) -> Iterator[tuple[str, Line]]:
    yield "Hides", (_words(rule),)
    yield (
        "Holds in",
        (
            Code(rule.place.region),
            f" for all that {_name(rule.place.account_id, accounts)}’s GuardDuty decides",
        ),
    )
    if found.total:
        yield "By severity", (_bands(found.counts.by_severity),)
        whose = sorted(found.counts.by_account.items(), key=lambda each: -sum(each[1].values()))
        said = [f"{_name(account, accounts)} {sum(bands.values()):,}" for account, bands in whose]
        yield "By account", (some(said, _ACCOUNTS),)


def _name(account_id: str, accounts: Mapping[str, str]) -> str:
    return accounts.get(account_id) or account_id or "this account"


def _bands(counts: Bands) -> str:
    return ", ".join(f"{counts[each]:,} {each.value}" for each in BANDS if counts.get(each))


def _words(rule: Suppression) -> str:
    criteria = {path: {"Equals": values} for path, values in rule.criteria.items()}
    return f"findings whose {Rule(rule.place, rule.name, criteria).words}"


def _row(rule: Suppression, found: Listed | None, *, made: bool) -> dict[str, Any]:
    return {
        "name": rule.name,
        "criteria": {path: list(values) for path, values in rule.criteria.items()},
        "account_id": rule.place.account_id,
        "region": rule.place.region,
        "would_have_hidden": found.total if found else None,
        "critical": _critical(found) if found else None,
        "made": made,
    }
