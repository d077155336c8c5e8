"""Our opinion and Trusted Advisor's, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.advice.opinion import Flagged, Opinion, Status
from bot.core.advice.told import WORST, worst

_FLAGS: tuple[Status, ...] = ("error", "warning")


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
    accounts = dict.fromkeys(one.account_id for one in opinions)
    return worst(_of_account([one for one in opinions if one.account_id == each]) for each in accounts)


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
    ours, others = (tuple(dict.fromkeys(one.resource for one in flags(each))) for each in (own, theirs))
    only_own = tuple(one for one in ours if one not in others)
    only_theirs = tuple(one for one in others if one not in ours)
    if own.status == theirs.status and not only_own and not only_theirs:
        return None
    return Difference(own, theirs, only_own, only_theirs)


def _of_account(opinions: Sequence[Opinion]) -> Status:
    known = [one.status for one in opinions if one.status != "not_available"]
    return min(known, key=WORST.index) if known else "not_available"
