"""What will this month cost?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.command import Reach
from bot.core.billing.costs import Costs, Forecast
from bot.core.billing.days import Days, month_before, month_to_date
from bot.core.billing.sums import charged_before
from bot.core.view import Caveat, Receipt
from commands.billing.receipts import caveats, estimated, one_currency, receipt
from commands.billing.window import today


@dataclass(frozen=True, slots=True)
class Answer:
    """What the month's days before today have cost (`done`), and what the others are expected to."""

    today: date
    costs: Costs
    expected: Forecast
    done: Decimal
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def days(self) -> Days:
        """This month so far."""
        return month_to_date(self.today)

    @property
    def total(self) -> Decimal:
        """What the whole month is expected to cost."""
        return self.done + self.expected.total

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Between what, where that is known."""
        low, high = self.expected.low, self.expected.high
        return None if low is None or high is None else (self.done + low, self.done + high)


def forecast(reach: Reach) -> Answer:
    """Ask what was, and what is expected; raises what the bills do, and Upstream where the two can't be added."""
    ports, began, day = reach.ports, reach.ports.now(), today(reach)
    days = month_to_date(day)
    costs = ports.bills.costs(Days(month_before(day).start, days.end), ("service",), reach.progress)
    expected = ports.bills.forecast(day)
    one_currency(costs.currency, expected.currency)
    return Answer(
        day,
        costs,
        expected,
        charged_before(costs, day),
        caveats([costs, expected], estimated(costs, ports.now())),
        receipt([costs, expected], (ports.now() - began).total_seconds()),
    )
