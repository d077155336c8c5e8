"""What does each service, account, region or tag cost?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.command import Reach, Request
from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import Mover, by_key, movers
from bot.core.view import Caveat, Receipt
from commands.billing.receipts import caveats, estimated, not_over, receipt
from commands.billing.window import REMEMBERED, today

_NOT_COMPARED = Caveat(
    "not-compared", "what the days before cost: AWS tells of about thirteen months, no more"
)


class CostsBy(Request):
    """`by` is a dimension of `bot.core.billing.costs.Costs`; `until` is the first day that is not asked about."""

    by: str
    since: date
    until: date

    @property
    def days(self) -> Days:
        """Those asked about."""
        return Days(self.since, self.until)

    @property
    def before(self) -> Days:
        """As many days, just before, to compare with."""
        return Days(self.since - (self.until - self.since), self.since)


@dataclass(frozen=True, slots=True)
class Answer:
    """What each costs now and cost before, the costliest first; `compared` says whether the days before are known."""

    today: date
    costs: Costs
    found: tuple[Mover, ...]
    compared: bool
    caveats: tuple[Caveat, ...]
    receipt: Receipt


def costs_by(request: CostsBy, reach: Reach) -> Answer:
    """Ask for both stretches at once; raises what the bills do."""
    ports, began = reach.ports, reach.ports.now()
    compared = request.before.start >= today(reach) - REMEMBERED * DAY
    asked = Days(request.before.start if compared else request.since, request.until)
    costs = ports.bills.costs(asked, (request.by,), reach.progress)
    before = by_key(costs, request.before) if compared else {}
    found = movers(by_key(costs, request.days), before)
    unsaid = (
        not_over(request.days, today(reach)) if compared else _NOT_COMPARED,
        _tag(request) if untagged(request, found) else None,
    )
    return Answer(
        today(reach),
        costs,
        found,
        compared,
        caveats([costs], estimated(costs, ports.now()), *unsaid),
        receipt([costs], (ports.now() - began).total_seconds()),
    )


def untagged(request: CostsBy, found: Sequence[Mover]) -> bool:
    """Whether it is asked by a tag that nothing has."""
    return request.by.startswith("tag:") and not any(each.key for each in found)


def _tag(request: CostsBy) -> Caveat:
    key = request.by.removeprefix("tag:")
    told = f"Bills have cost allocation tags alone, from when each is activated: is {key} in Billing, Cost allocation tags?"
    return Caveat("tag-not-on-bill", told, "blind")
