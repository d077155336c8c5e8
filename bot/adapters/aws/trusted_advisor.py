"""Trusted Advisor of an account, by whichever of its two APIs answers; and what it means when neither does.

Both need a paid support plan: https://docs.aws.amazon.com/awssupport/latest/user/aws-support-plans.html.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from botocore.exceptions import UnknownRegionError

from bot.adapters.aws.errors import code
from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.trusted_advisor_listed import Listed, Way, wanted
from bot.adapters.aws.trusted_advisor_newer import Newer
from bot.adapters.aws.trusted_advisor_support import Support
from bot.core.advice.opinion import Opinion, Refreshed
from bot.core.regions import leader
from bot.errors import AccessDenied, NoroshiError, Upstream

PLANS: Final = (
    "Business Support+, Enterprise or Unified Operations (or the older Business and Enterprise On-Ramp)"
)
"""The support plans that have Trusted Advisor's API."""
_NO_PLAN: Final = "SubscriptionRequiredException"

Plan = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Advised:
    """What Trusted Advisor says of one account, or why it says nothing."""

    opinions: tuple[Opinion, ...]
    plan: Plan
    why: str = ""


class TrustedAdvisor:
    """Asks it; many threads may ask."""

    def __init__(self, places: Places, *, now: Callable[[], datetime]) -> None:
        self._places, self._now = places, now

    def checks(self, account_id: str, tally: Tally) -> tuple[Listed, ...]:
        """Every check that can be asked for there, () where none can."""
        for way in self._ways(account_id, tally):
            try:
                return way.checks()
            except Upstream:  # the other way may answer, and a plan without an API is no failure
                continue
        return ()

    def opinions(self, checks: Sequence[str], account_id: str, tally: Tally) -> Advised:
        """What these checks (by id; all security ones where none is named) say; raises nothing that AWS refused."""
        refused: list[NoroshiError] = []
        for way in self._ways(account_id, tally):
            try:
                listed = wanted(way.checks(), checks)
                return Advised(way.opinions(listed, account_id, self._now()), "yes")
            except NoroshiError as error:
                refused.append(error)
        return _unadvised(refused)

    def refresh(self, check: str, account_id: str, tally: Tally) -> Refreshed:
        """Let it look again; raises what AWS says."""
        return Support(self._support(account_id, tally)).refresh(check)

    def _ways(self, account_id: str, tally: Tally) -> Iterator[Way]:
        if region := self._region():
            yield Newer(self._places.to("trustedadvisor", account_id, region, tally))
        yield Support(self._support(account_id, tally))

    def _support(self, account_id: str, tally: Tally) -> Any:
        # Trusted Advisor is behind the Support API of one region alone.
        return self._places.to("support", account_id, leader(self._places.ways.region), tally)

    def _region(self) -> str:
        """Where the newer API is, our own region if it is there; "" in partitions without it."""
        try:
            there = self._places.ways.every_region("trustedadvisor")
        except UnknownRegionError:
            return ""
        home = self._places.ways.region
        return home if home in there else next((each for each in there if each == leader(home)), "")


def is_planless(error: NoroshiError) -> bool:
    """Whether AWS says that the support plan has no API."""
    return code(error) == _NO_PLAN


def _unadvised(refused: Sequence[NoroshiError]) -> Advised:
    """Without a plan the newer API says no more than that access is denied, as it does where IAM forbids it."""
    if any(map(is_planless, refused)):
        return Advised((), "no", f"Trusted Advisor’s API needs the support plan {PLANS}, and there is none")
    actions = list(dict.fromkeys(one.action for one in refused if isinstance(one, AccessDenied)))
    if actions:
        are = "is" if len(actions) == 1 else "are"
        said = (
            f"either its support plan has no API (it takes {PLANS}), or {' and '.join(actions)} {are} missing"
        )
        return Advised((), "unknown", f"Trusted Advisor refused: {said}")
    return Advised((), "unknown", "; ".join(dict.fromkeys(one.message.rstrip(".") for one in refused)))
