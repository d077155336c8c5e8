"""Suppression rules: how one is made out of a finding's traits, and what one that is there says.

A rule archives what is found from then on, which then reaches neither EventBridge nor the bot
(https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.core.configuration.item import Place
from bot.core.findings.seen import Suppression
from bot.core.findings.traits import KEYS, Trait, said
from bot.core.span import iso
from bot.core.view import Caveat
from bot.errors import BadRequest

ENOUGH: Final = 2
"""A rule by fewer traits is wide: it must be meant."""
LONGEST_NAME: Final = 64
# docs: API_CreateFilter, Name and Description.
_NAME = re.compile(r"[A-Za-z0-9._-]{3,64}")
_DESCRIPTION = re.compile(r"[A-Za-z0-9\s.:_{}\[\]()/-]{0,512}")
_UNFIT = re.compile(r"[^A-Za-z0-9\s.:_{}\[\]()/-]")
_OPERATORS = {
    "Equals": "is",
    "Eq": "is",
    "NotEquals": "is not",
    "Neq": "is not",
    "Matches": "is like",
    "NotMatches": "is not like",
    "GreaterThan": "is above",
    "Gt": "is above",
    "GreaterThanOrEqual": "is at least",
    "Gte": "is at least",
    "LessThan": "is below",
    "Lt": "is below",
    "LessThanOrEqual": "is at most",
    "Lte": "is at most",
}
_TIMES = {"createdAt", "updatedAt"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One that is there: GuardDuty's criteria as it gives them, `made` where it says since when."""

    place: Place
    name: str
    criteria: Mapping[str, Mapping[str, Any]]
    description: str = ""
    made: datetime | None = None

    @property
    def words(self) -> str:
        """`type is Recon:EC2/Portscan, and far address is 198.51.100.7`; all must hold."""
        return ", and ".join(
            f"{said(path)} {_OPERATORS.get(operator, operator)} {_value(path, wanted)}"
            for path, conditions in self.criteria.items()
            for operator, wanted in conditions.items()
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """All that were found; `places` were looked into, what could not be is a caveat."""

    found: tuple[Rule, ...]
    places: int
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


def chosen(found: Sequence[Trait], keys: Sequence[str], *, wide: bool) -> tuple[Trait, ...]:
    """Those of a finding's traits that somebody named; raises BadRequest.

    One alone is taken only where it is meant (`wide`).
    """
    named = {key: next((each for each in found if each.key == key), None) for key in keys}
    missing = [key for key, trait in named.items() if trait is None]
    have = ", ".join(each.key for each in found)
    if missing:
        word = missing[0]
        why = "has none" if word in KEYS else "a rule can’t go by that"
        raise BadRequest(f"This finding gives no {word[:40]!r}: {why}.", f"Choose among {have}.")
    traits = tuple(each for each in named.values() if each)
    if not traits or (len(traits) < ENOUGH and not wide):
        by = f"by its {traits[0].key} alone" if traits else "by nothing"
        raise BadRequest(
            f"A rule {by} would hide too much.",
            f"Choose at least {ENOUGH} of {have}, or say that you mean it.",
        )
    return traits


def suppression(place: Place, name: str, traits: Sequence[Trait], description: str, by: str) -> Suppression:
    """The rule by these traits, made by this person; raises BadRequest for a name or words that GuardDuty takes not."""
    if wrong := wrong_name(name) or wrong_description(description):
        raise BadRequest(wrong, "Say it differently.")
    whose = _UNFIT.sub("-", f"Made with Noroshi by {by}.")
    words = f"{description} {whose}".strip() if description else whose
    return Suppression(place, name, {each.path: each.values for each in traits}, words[:512])


def wrong_name(name: str) -> str:
    """Why GuardDuty would not take the name; "" where it would."""
    if _NAME.fullmatch(name):
        return ""
    return "A name has 3 to 64 letters, digits, dots, dashes and underscores, and nothing else."


def wrong_description(words: str) -> str:
    """Why GuardDuty would not take the description; "" where it would."""
    if _DESCRIPTION.fullmatch(words):
        return ""
    return "GuardDuty takes plain letters, digits, spaces and . : _ - / ( ) here, at most 512 of them."


def proposed(kind: str) -> str:
    """A name for a rule about this type of findings."""
    return re.sub(r"[^A-Za-z0-9]+", "-", kind).strip("-")[:LONGEST_NAME] or "findings"


def _value(path: str, wanted: Any) -> str:
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    return " or ".join(_time(each) if path in _TIMES else f"{each}" for each in values)


def _time(milliseconds: Any) -> str:
    try:
        return iso(datetime.fromtimestamp(int(milliseconds) / 1000, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        return f"{milliseconds}"
