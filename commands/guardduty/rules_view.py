"""How suppression rules are shown: what each hides, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.amounts import counted
from bot.core.buttons import Ask, Csv, Share
from bot.core.findings.rules import Rule, Rules
from bot.core.sections import Column, Section, Table
from bot.core.text import Line, Small, When
from bot.core.view import View
from commands.guardduty.rules import Answer
from commands.guardduty.words import account, is_blind

_SHOWN = 25
COLUMNS = ("name", "account_id", "region", "criteria", "description", "made")


def show(answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer."""
    found = answer.rules.found
    return View(
        title=_title(answer.rules),
        sections=tuple(_sections(found, accounts)),
        command="guardduty suppressions",
        rows=tuple(map(_row, found)),
        columns=COLUMNS,
        caveats=answer.rules.caveats,
        receipt=answer.receipt,
        buttons=(
            Ask("What they archived", ("guardduty", "list", "--archived")),
            *([Csv()] if found else []),
            Share(),
        ),
    )


def _title(rules: Rules) -> str:
    if rules.found:
        return f"{counted(len(rules.found), 'rule')} hide{'s' if len(rules.found) == 1 else ''} findings"
    if not rules.places:
        return "I can’t tell whether a rule hides findings: I could look at no place’s"
    if is_blind(rules.caveats):
        return "I can’t tell whether a rule hides findings: I saw none, and not everything"
    return f"No rule hides findings ({counted(rules.places, 'place')} looked at)"


def _sections(found: tuple[Rule, ...], accounts: Mapping[str, str]) -> Iterator[Section]:
    if found:
        columns = tuple(map(Column, ("rule", "hides findings whose", "where", "since")))
        rows = tuple(_line(each, accounts) for each in found[:_SHOWN])
        yield Table(columns, rows, more=len(found) - len(rows))


def _line(rule: Rule, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    said = (Small(f" {rule.description}"),) if rule.description else ()
    return (
        (rule.name, *said),
        (rule.words or "anything at all",),
        (account(rule.place.account_id, accounts), Small(f" {rule.place.region}")),
        (When(rule.made),) if rule.made else ("not known",),
    )


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "account_id": rule.place.account_id,
        "region": rule.place.region,
        "criteria": {path: dict(each) for path, each in rule.criteria.items()},
        "description": rule.description or None,
        "made": rule.made,
    }
