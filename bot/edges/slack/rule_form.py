"""The form of a suppression rule: by what it knows findings, what it is called; and what comes back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.alert import Finding
from bot.core.findings.change import named, value
from bot.core.findings.rules import ENOUGH, proposed, wrong_description, wrong_name
from bot.core.findings.traits import Trait
from bot.errors import BadRequest
from bot.render.lines import Json
from bot.render.views import RULE, Choice, choices_modal

TITLE = "Hide findings like it"
_BY, _WIDE, _NAME, _WORDS = "by", "wide", "name", "description"
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_USUAL = ("type", "resource")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody filled in: a rule like which finding, by which of its traits; `wide` where one is meant to be enough."""

    finding: Finding
    keys: tuple[str, ...]
    wide: bool
    name: str
    description: str


def of_finding(finding: Finding, traits: Sequence[Trait], place: Json) -> Json:
    """The form for one finding."""
    usual = [each.key for each in traits if each.key in _USUAL]
    kind = next((each.values[0] for each in traits if each.key == "type"), "")
    choices = (
        Choice(
            _BY,
            f"All of these must hold (choose at least {ENOUGH})",
            tuple((each.key, each.words) for each in traits),
            many=True,
            present=tuple(usual),
        ),
        Choice(
            _WIDE,
            "A wide rule",
            (("wide", "One is enough: I mean to hide that much"),),
            optional=True,
            many=True,
        ),
        Choice(_NAME, "Name of the rule", (), present=(proposed(kind),)),
        Choice(_WORDS, "Why", (), optional=True),
    )
    kept = json.dumps({"subject": value("suppress", finding), "place": place}, separators=(",", ":"))
    asked = "GuardDuty archives new findings that fit, and tells nobody. You see first what that would have hidden."
    return choices_modal(RULE, TITLE, asked, choices, kept, "Show what it hides")


def wrong(view: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was filled in, by field: words for the person."""
    try:
        wanted = read(view)
    except BadRequest:
        return {}
    found = {_NAME: wrong_name(wanted.name), _WORDS: wrong_description(wanted.description)}
    if len(wanted.keys) < ENOUGH and not wanted.wide:
        found[_BY] = f"Choose at least {ENOUGH}, or tick below that one is enough."
    return {field: words for field, words in found.items() if words}


def read(view: Mapping[str, Any]) -> Wanted:
    """What was filled in; raises BadRequest for a form of another time."""
    try:
        kept = json.loads(view.get("private_metadata") or "")
        change = named(str(kept["subject"]))
        keys, wide = _ticked(view, _BY), _ticked(view, _WIDE)
        name, words = _text(view, _NAME), _text(view, _WORDS)
    except _UNREADABLE as error:
        raise _stale() from error
    if change is None:
        raise _stale()
    return Wanted(change[1], keys, bool(wide), name, words)


def _ticked(view: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(
        str(each["value"]) for each in view["state"]["values"][name]["value"].get("selected_options") or ()
    )


def _text(view: Mapping[str, Any], name: str) -> str:
    return str(view["state"]["values"][name]["value"].get("value") or "").strip()


def _stale() -> BadRequest:
    return BadRequest("I can't read this form: it is of another time.", "Choose it in the menu again.")
