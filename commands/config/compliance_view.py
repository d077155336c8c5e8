"""How compliance is shown: what is broken, since when, why; and what nobody could say."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.configuration import kinds
from bot.core.configuration.evaluation import Evaluation
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from commands.config.common import small_place, title
from commands.config.compliance import BROKEN, Answer, Compliance

_SHOWN, _CHOICES = 15, 20
COLUMNS = (
    *("rule", "resource_type", "resource_id", "compliance", "since", "annotation"),
    *("since_at_least", "account_id", "region", "description", "made_by"),
)
_WORDS = {
    BROKEN: "not compliant",
    "COMPLIANT": "compliant",
    "NOT_APPLICABLE": "does not apply",
    "INSUFFICIENT_DATA": "not evaluated",
}


def show(request: Compliance, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The broken ones; with none, what that does and does not prove."""
    return View(
        title=_title(request, answer),
        sections=tuple(_sections(answer, accounts)),
        command="config compliance",
        request={"resource": request.resource or None, "rule": request.rule or None, "all": request.all},
        rows=tuple(_json(one) for one in answer.shown),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(request, answer)),
    )


def _title(request: Compliance, answer: Answer) -> str:
    rules = {one.rule.name for one in answer.broken}
    things = {(one.resource_type, one.resource_id, one.rule.place) for one in answer.broken}
    blind = any(one.weight == "blind" for one in answer.caveats)
    if answer.resource:
        what = title(answer.resource)
        if rules:
            return f"{what} breaks {len(rules):,} rule{'s' if len(rules) > 1 else ''}"
        if blind or not answer.shown:
            return (
                f"No rule says anything of {what}"
                if not blind
                else f"I can’t tell what the rules say of {what}"
            )
        return f"{what} breaks no rule"
    by = f"rule {request.rule}" if request.rule else f"{len(rules):,} rule{'s' if len(rules) > 1 else ''}"
    if things:
        many = len(things) > 1
        return f"{len(things):,} resource{'s break' if many else ' breaks'} {by}"
    if blind:
        return f"I can’t tell whether anything breaks {by if request.rule else 'a rule'}"
    return f"Nothing breaks {by if request.rule else 'a rule'}"


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
    if answer.resource:
        kind = kinds.words(answer.resource.type)
        yield Paragraph((small_place(answer.resource, kind, accounts),))
    if answer.shown:
        columns = tuple(Column(name) for name in ("rule", "resource", "is", "since", "why"))
        shown = answer.shown[:_SHOWN]
        yield Table(columns, tuple(_row(one) for one in shown), more=len(answer.shown) - len(shown))
    if lines := tuple(_left_out(answer)):
        yield Paragraph(lines)


def _row(one: Evaluation) -> tuple[Line, ...]:
    since: Line = (When(one.since),) if one.since else ()
    state = _WORDS.get(one.compliance, one.compliance)
    return (
        (one.rule.name,),
        (f"{kinds.words(one.resource_type)} ", Code(one.resource_id.rpartition(":")[2])),
        (Strong(state),) if one.compliance == BROKEN else (state,),
        (*since, Small(" or before")) if since and one.since_at_least else since,
        (one.annotation or one.rule.description,),
    )


def _left_out(answer: Answer) -> Iterator[Line]:
    if answer.kept:
        some = "verdicts are" if answer.kept > 1 else "verdict is"
        yield (Small(f"{answer.kept:,} more {some} in order: --all"),)
    if answer.of_services:
        some = "are" if answer.of_services > 1 else "is"
        yield (Small(f"{answer.of_services:,} {some} of rules that services made for themselves: --all"),)


def _json(one: Evaluation) -> dict[str, Any]:
    """The contract's row of `config compliance`, and what more is known."""
    return {
        "rule": one.rule.name,
        "resource_type": one.resource_type,
        "resource_id": one.resource_id,
        "compliance": one.compliance,
        "since": one.since,
        "annotation": one.annotation or None,
        "since_at_least": one.since_at_least,
        "account_id": one.rule.place.account_id or None,
        "region": one.rule.place.region or None,
        "description": one.rule.description or None,
        "made_by": one.rule.made_by or None,
    }


def _buttons(request: Compliance, answer: Answer) -> Iterator[Button]:
    if choices := tuple(dict.fromkeys(_choices(answer))):
        yield Menu("Look closer…", choices[:_CHOICES])
    if not request.all and (answer.kept or answer.of_services):
        rule = ("--rule", request.rule) if request.rule else ()
        about = (request.resource,) if request.resource else ()
        yield Ask("All verdicts", ("config", "compliance", *about, *rule, "--all"))
    if answer.shown:
        yield Csv()
    yield Share()


def _choices(answer: Answer) -> Iterator[Choice]:
    for one in answer.broken:
        if one.resource_id.startswith("-"):
            continue
        place = ("--region", one.rule.place.region) if one.rule.place.region else ()
        account = ("--account", one.rule.place.account_id) if one.rule.place.account_id else ()
        words = ("config", "history", one.resource_id, "--type", one.resource_type, *account, *place)
        yield Choice(f"What changed in {one.resource_id.rpartition(':')[2]}", words, "Resources")
    for name in dict.fromkeys(one.rule.name for one in answer.broken):
        yield Choice(f"All that break {name}", ("config", "compliance", "--rule", name), "Rules")
