"""Which check is meant: by its id, its name, or a part of it that only one has."""

from collections.abc import Sequence

from bot.core.advice.checks import plain
from bot.core.advice.opinion import Check
from bot.core.spoken import some
from bot.errors import BadRequest, NotFound

CATEGORIES = (
    "security",
    "cost_optimizing",
    "performance",
    "fault_tolerance",
    "service_limits",
    "operational_excellence",
)
"""Trusted Advisor's own."""
_SEE = "See which there are: advisor list --all"
_THEIRS = "Where Trusted Advisor does not answer, I know of my own alone."


def named(said: str, checks: Sequence[Check]) -> Check:
    """The check that is meant; raises NotFound for none, BadRequest where several may be."""
    words = plain(said)
    exact = [one for one in checks if said.strip().lower() == one.id.lower() or words == plain(one.name)]
    found = exact or [one for one in checks if words and all(word in _text(one) for word in words.split())]
    if not found:
        raise NotFound(f"There is no check {said[:60]!r} that I know of.", f"{_SEE}. {_THEIRS}")
    if len(found) > 1:
        listed = some([f"{one.name} ({one.id})" for one in found], 6)
        raise BadRequest(
            f"{said[:60]!r} may be any of {len(found)} checks.", f"Say more of it, or its id: {listed}."
        )
    return found[0]


def category(said: str) -> str:
    """Trusted Advisor's name of a category that may be cut short (`cost`); raises BadRequest."""
    begun = said.strip().lower().replace("-", "_").replace(" ", "_")
    found = [one for one in CATEGORIES if one.startswith(begun)]
    if len(found) != 1 or not begun:
        raise BadRequest(f"{said[:40]!r} is no category.", f"Say one of: {', '.join(CATEGORIES)}.")
    return found[0]


def _text(check: Check) -> str:
    return f"{plain(check.name)} {check.id.lower()}"
