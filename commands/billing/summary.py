"""What has this month cost, what will it cost, what moved?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.command import Reach, Request
from bot.core.billing.arrived import arrived
from bot.core.billing.costs import Costs, Forecast
from bot.core.billing.days import DAY, Days, month_before, month_to_date, same_days_before
from bot.core.billing.jump import Rise, whole
from bot.core.billing.sums import Mover, by_key, charged, charged_before, given_back, movers
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError
from commands.billing.receipts import caveats, estimated, not_over, one_currency, receipt
from commands.billing.window import today

_YOUNG = 7
"""So many days into a month, the rest of today is much of it."""


class Summary(Request):
    """Nothing is asked beyond the month so far."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The month by service, from the 1st of the one before on.

    `accounts` is None where there is one alone, or nobody would say; `back` are credits and refunds of the month by
    record type, None where nobody could tell them apart; `forecast` is None where there is none at all.
    """

    today: date
    services: Costs
    found: tuple[Mover, ...]
    accounts: Costs | None
    back: dict[str, Decimal] | None
    forecast: Forecast | None
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def days(self) -> Days:
        """This month so far."""
        return month_to_date(self.today)

    @property
    def begun(self) -> bool:
        """Whether there are figures of this month."""
        return any(arrived(self.services, day, self.today) for day in self.days)

    @property
    def total(self) -> Decimal:
        """What this month has cost so far; no answer where it has not `begun`."""
        return charged(self.services, self.days)

    @property
    def before(self) -> Decimal:
        """What the month before had cost by the same day."""
        return charged(self.services, same_days_before(self.days))

    @property
    def yesterday(self) -> Rise:
        """Yesterday, against such days; its amount is no answer where it has not `arrived`."""
        return whole(self.services, self.today - DAY)

    @property
    def arrived(self) -> bool:
        """Whether there are figures of yesterday."""
        return arrived(self.services, self.today - DAY, self.today)

    @property
    def month_end(self) -> Decimal | None:
        """What the month will have cost: today is counted once, in the forecast."""
        if self.forecast is None:
            return None
        return charged_before(self.services, self.today) + self.forecast.total

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Between what, where that is known."""
        expected = self.forecast
        if expected is None or expected.low is None or expected.high is None:
            return None
        done = charged_before(self.services, self.today)
        return done + expected.low, done + expected.high


def summary(reach: Reach) -> Answer:
    """Ask what is free first; what else can't be had is a caveat. Raises where nothing at all can be told."""
    ports, began, day = reach.ports, reach.ports.now(), today(reach)
    days = month_to_date(day)
    asked = Days(month_before(day).start, days.end)
    free = ports.bills.costs(asked, ("service",), reach.progress, free=True)
    exact, no_credits = _exact(free, asked, reach)
    # What was given back may hide what was used in figures that don't tell the two apart.
    services = exact if exact and given_back(exact, asked) else free
    accounts, no_accounts = _accounts(days, reach, free=services is free)
    forecast, no_forecast = _forecast(day, services.currency, reach)
    shown = (services, accounts, forecast)
    # Later in a month one day more or less does not matter.
    young = not_over(days, day) if day.day <= _YOUNG else None
    every = (*shown, exact if exact is not services else free)
    return Answer(
        day,
        services,
        movers(by_key(services, days), by_key(services, same_days_before(days))),
        accounts if accounts and len(by_key(accounts, days)) > 1 else None,
        given_back(exact, days) if exact else None,
        forecast,
        caveats(shown, estimated(services, ports.now()), young, no_credits, no_accounts, no_forecast),
        receipt(every, (ports.now() - began).total_seconds()),
    )


def _exact(free: Costs, days: Days, reach: Reach) -> tuple[Costs | None, Caveat | None]:
    """What tells credits apart, if anything does."""
    if free.splits_credits:
        return free, None
    try:
        found = reach.ports.bills.costs(days, ("service",), reach.progress)
    except NoroshiError as error:
        return None, Caveat("credits-unknown", f"credits and refunds: {error.message.rstrip('.')}")
    return (found, None) if found.splits_credits else (None, None)


def _accounts(days: Days, reach: Reach, *, free: bool) -> tuple[Costs | None, Caveat | None]:
    try:
        return reach.ports.bills.costs(days, ("account",), reach.progress, free=free), None
    except NoroshiError as error:
        return None, Caveat("accounts-unknown", f"what each account costs: {error.message.rstrip('.')}")


def _forecast(day: date, currency: str, reach: Reach) -> tuple[Forecast | None, Caveat | None]:
    try:
        found = reach.ports.bills.forecast(day)
        one_currency(currency, found.currency)
    except NoroshiError as error:
        return None, Caveat("no-forecast", f"what the month will cost: {error.message.rstrip('.')}")
    return found, None
