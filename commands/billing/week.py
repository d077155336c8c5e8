"""What did the last week cost, what moved, and how does the month stand? For the weekly digest."""

from dataclasses import dataclass
from datetime import date

from bot.command import Reach
from bot.core.billing.arrived import mostly_known_before
from bot.core.billing.costs import Anomalies, Asked, Costs
from bot.core.billing.days import DAY, Days, month_before
from bot.core.billing.firsts import KNOWN, First, firsts
from bot.core.billing.sums import Mover, by_key, movers
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError
from commands.billing.receipts import caveats, receipt
from commands.billing.summary import Answer as Month
from commands.billing.summary import summary
from commands.billing.window import today

WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Answer:
    """The seven days before `until`, of which most is known, beside the seven before them.

    `firsts` are services and regions that cost nothing in the month before; `anomalies` and `asked` are None where
    nobody would say: `caveats` have why.
    """

    today: date
    until: date
    costs: Costs
    found: tuple[Mover, ...]
    month: Month
    firsts: tuple[First, ...]
    anomalies: Anomalies | None
    asked: Asked
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def days(self) -> Days:
        """The week."""
        return Days(self.until - WEEK, self.until)

    @property
    def before(self) -> Days:
        """The week before it."""
        return Days(self.days.start - WEEK, self.days.start)


def week(reach: Reach) -> Answer:
    """Ask for the month and the week; what else can't be had is a caveat. Raises where nothing at all can be told."""
    ports, began, day = reach.ports, reach.ports.now(), today(reach)
    month = summary(reach)
    missing: list[Caveat] = []
    services = _costs("service", day, reach, missing)
    regions = _costs("region", day, reach, missing)
    anomalies = _anomalies(day, reach, missing)
    until = mostly_known_before(began)
    fresh = Days(until - WEEK, until)
    new = [
        *(firsts(services, "service", fresh) if services else ()),
        *(firsts(regions, "region", fresh) if regions else ()),
    ]
    costs = services or month.services
    every = (services, regions, anomalies)
    paid = receipt([month.services, month.forecast, *every], (ports.now() - began).total_seconds())
    return Answer(
        day,
        until,
        costs,
        movers(by_key(costs, fresh), by_key(costs, Days(fresh.start - WEEK, fresh.start))),
        month,
        tuple(new),
        anomalies,
        ports.bills.asked(),
        tuple(dict.fromkeys([*month.caveats, *caveats(every, *missing)])),
        paid,
    )


def _costs(by: str, day: date, reach: Reach, missing: list[Caveat]) -> Costs | None:
    """The week, and enough before it to know what is new."""
    month, back = month_before(day), WEEK + (KNOWN + 1) * DAY
    start = month.start if month.start <= day - back else month_before(month.start).start
    try:
        return reach.ports.bills.costs(Days(start, day + DAY), (by,), reach.progress)
    except NoroshiError as error:
        missing.append(Caveat(f"{by}s-unknown", f"what is new by {by}: {error.message.rstrip('.')}"))
        return None


def _anomalies(day: date, reach: Reach, missing: list[Caveat]) -> Anomalies | None:
    try:
        return reach.ports.bills.anomalies(Days(day - WEEK, day + DAY))
    except NoroshiError as error:
        missing.append(Caveat("anomalies-unknown", f"anomalies: {error.message.rstrip('.')}"))
        return None
