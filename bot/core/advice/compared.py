"""Our opinion and Trusted Advisor's, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.advice.opinion import Flagged, Opinion, Status
from bot.core.advice.told import worst

_FLAGS: tuple[Status, ...] = ("error", "warning")
_BY_RESOURCE = frozenset({"HCP4007jGY", "1iG5NDGVre", "Pfx0RwqBli", "ePs02jT06w", "rSs93HQwa1"})
"""Checks of which both say the same names; root, passwords, keys and trails each calls otherwise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One check of one account of which the two say different things: another colour, or other resources.

    `only_own` and `only_theirs` are the resources that only one of them flags.
    """

    own: Opinion
    theirs: Opinion
    only_own: tuple[str, ...]
    only_theirs: tuple[str, ...]


def flags(opinion: Opinion) -> tuple[Flagged, ...]:
    """What it flags red or yellow, and nobody has hidden."""
    return tuple(one for one in opinion.flagged if one.status in _FLAGS and not one.suppressed)


def overall(opinions: Sequence[Opinion]) -> Status:
    """One check's colour by all that was said of it: the worst; green where one of the two can tell, account by account."""
    accounts: dict[str, list[Status]] = {}
    for one in opinions:
        accounts.setdefault(one.account_id, []).append(one.status)
    return worst(map(_of_account, accounts.values()))


def differences(opinions: Sequence[Opinion]) -> tuple[Difference, ...]:
    """Where both could tell and do not say the same."""
    pairs: dict[tuple[str, str], dict[str, Opinion]] = {}
    for one in opinions:
        pairs.setdefault((one.check.id, one.account_id), {})[one.by] = one
    both = [(each["own"], each["trusted-advisor"]) for each in pairs.values() if len(each) > 1]
    found = [_difference(own, theirs) for own, theirs in both]
    return tuple(one for one in found if one)


def _difference(own: Opinion, theirs: Opinion) -> Difference | None:
    if "not_available" in {own.status, theirs.status}:
        return None
    ours, others = _names(own), _names(theirs)
    only_own = tuple(one for one in ours if one not in others)
    only_theirs = tuple(one for one in others if one not in ours)
    if own.status == theirs.status and not only_own and not only_theirs:
        return None
    return Difference(own, theirs, only_own, only_theirs)


def _names(opinion: Opinion) -> tuple[str, ...]:
    """What it flags, as far as that can be compared."""
    comparable = opinion.check.id in _BY_RESOURCE
    return tuple(dict.fromkeys(one.resource for one in flags(opinion))) if comparable else ()


def _of_account(said: Sequence[Status]) -> Status:
    known = [one for one in said if one != "not_available"]
    return worst(known) if known else "not_available"
