"""What do the checks say, ours and Trusted Advisor's?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.advice.compared import overall
from bot.core.advice.opinion import Check, Opinion, Opinions, Status
from bot.core.advice.told import WORST
from bot.core.spoken import some
from bot.core.view import Caveat, Receipt
from bot.errors import NotFound
from commands.advisor import named

_SECURITY = "security"


class Advised(Request):
    """Accounts by id, checks as they were said, a category; empty for all. `all`: of every category."""

    accounts: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    category: str = ""
    all: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Every opinion, the worst check first; what one check says stands together."""

    opinions: tuple[Opinion, ...]
    told: Opinions
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def checks(self) -> dict[Check, tuple[Opinion, ...]]:
        """What is said by check, in the same order."""
        return by_check(self.opinions)

    def of(self, status: Status) -> tuple[Check, ...]:
        """The checks of this colour."""
        return tuple(check for check, said in self.checks.items() if overall(said) == status)


def advised(request: Advised, reach: Reach) -> Answer:
    """Ask; raises NotFound for no such check, or none of a category, and what the port raises."""
    began, advice = reach.ports.now(), reach.ports.advice
    wanted = _wanted(request, advice.checks) if request.checks or request.category or request.all else ()
    told = advice.opinions(wanted, request.accounts, reach.progress)
    opinions = _ordered(told.found)
    seconds = (reach.ports.now() - began).total_seconds()
    receipt = Receipt("advisor", seconds, cost_usd=0.0, api_calls=told.api_calls)
    return Answer(opinions, told, (*told.caveats, *_unread(opinions)), receipt)


def by_check(opinions: Sequence[Opinion]) -> dict[Check, tuple[Opinion, ...]]:
    """What is said of each check; ours and Trusted Advisor's are one check, by its id."""
    found: dict[str, list[Opinion]] = {}
    for one in opinions:
        found.setdefault(one.check.id, []).append(one)
    return {said[0].check: tuple(said) for said in found.values()}


def telling(opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    """Without those that can’t tell where the other one, ours or Trusted Advisor’s, can of the same account."""
    known = {(one.check.id, one.account_id) for one in opinions if one.status != "not_available"}
    return tuple(
        one
        for one in opinions
        if one.status != "not_available" or (one.check.id, one.account_id) not in known
    )


def _wanted(request: Advised, checks: Callable[[], Sequence[Check]]) -> tuple[str, ...]:
    known = checks()
    if request.checks:
        return tuple(dict.fromkeys(named.named(said, known).id for said in request.checks))
    if not request.category:
        return tuple(one.id for one in known)
    category = named.category(request.category)
    found = tuple(one.id for one in known if one.category == category)
    if not found:
        raise NotFound(
            f"No check of {category.replace('_', ' ')} can be made here: only Trusted Advisor has some, by a paid plan.",
            "See what can be checked, and why not more: advisor list",
        )
    return found


def _ordered(opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    """The worst check first, and of one check its accounts, ours before Trusted Advisor's."""
    checks = sorted(by_check(opinions).values(), key=lambda said: WORST.index(overall(said)))
    return tuple(one for said in checks for one in sorted(said, key=lambda each: (each.account_id, each.by)))


def _unread(opinions: Sequence[Opinion]) -> tuple[Caveat, ...]:
    """What could not be read, each reason once, with the checks that it leaves open."""
    reasons: dict[str, list[str]] = {}
    for one in telling(opinions):
        for why in one.unknown_because:
            reasons.setdefault(why, []).append(one.check.name)
    blind = bool(opinions) and all(one.status == "not_available" for one in opinions)
    return tuple(
        Caveat("check-unread", f"{some(list(dict.fromkeys(names)))}: {why}", "blind" if blind else "note")
        for why, names in reasons.items()
    )
