"""One line of a bill."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.embedded.incident.spend.services import SERVICES, product

_DIGITS = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a day cost for one meter of an account, in USD; negative for what is given back.

    `service` is Cost Explorer's name, `product` AWS/Billing's ServiceName ("" for taxes, which have none);
    `team` is the tag's value, None where there is no tag. `amortized` spreads what a Savings Plan costs.
    """

    day: date
    account_id: str
    service: str
    product: str
    region: str
    usage_type: str
    operation: str
    record: str
    team: str | None
    unblended: Decimal
    amortized: Decimal
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Meter:
    """What is counted in an account, and how much it is of a day at the time of the incident.

    `service` is the short name in `services.py`; `rhythm` a word of `ordinary.py`.
    """

    account_id: str
    service: str
    region: str
    usage_type: str
    operation: str
    daily: Decimal
    price: Decimal
    unit: str
    rhythm: str
    record: str = "Usage"
    team: str | None = None

    def charge(self, day: date, amount: Decimal) -> Charge:
        """So much (USD) of it on a day."""
        usd = amount.quantize(_DIGITS)
        return Charge(
            day=day,
            account_id=self.account_id,
            service=SERVICES[self.service].name,
            product=product(self.service, self.usage_type),
            region=self.region,
            usage_type=self.usage_type,
            operation=self.operation,
            record=self.record,
            team=self.team,
            unblended=usd,
            amortized=(usd * _AMORTIZED.get(self.record, Decimal(1))).quantize(_DIGITS),
            quantity=(amount / self.price).quantize(_DIGITS) if self.price else Decimal(0),
            unit=self.unit,
        )


_AMORTIZED = {
    "SavingsPlanRecurringFee": Decimal(0),
    "SavingsPlanNegation": Decimal(0),
    "SavingsPlanCoveredUsage": Decimal("0.75"),
}
"""What is left of an unblended cost: the plan, used whole, is charged where it is used, at 75 % of the list price.

https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html
"""


def monthly(day: date) -> date:
    """The 1st of a day's month."""
    return day.replace(day=1)
