"""What stands out in the bill now: asks for its figures, and says it as alerts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import structlog

from bot.core.alert import Alert
from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days, month_before
from bot.core.billing.firsts import KNOWN, First, firsts
from bot.core.billing.pace import paces
from bot.core.billing.spikes import LOOKED_BACK, Rule, by_account
from bot.core.billing.sums import by_key
from bot.core.billing.telling import of_first, of_pace, of_spike
from bot.core.billing.use import Of, owned
from bot.errors import NoroshiError
from bot.ports import Bills

_log = structlog.get_logger("noroshi.billing")
_CLOSELY = 3
"""So many spikes are looked at by usage type, the costliest: each is a request that is paid."""
_LATE = 2 * DAY
"""Figures come up to a day late, and rise for another: so long a day is looked at again."""
_FRESH = 7 * DAY
"""A first is told for so long, should the bot have been away."""


@dataclass(frozen=True, slots=True)
class StandingOut:
    """Each raises what the bills do. `pace_times` is of last month's total."""

    bills: Callable[[], Bills]
    rule: Rule
    pace_times: Decimal

    def services(self, today: date) -> tuple[Alert, ...]:
        """Spikes of the last two days, and of today so far; services and accounts never used before. Cost Explorer's figures."""
        asked = Days(_since(today, LOOKED_BACK * DAY + _LATE), today + DAY)
        whole = self._ask(asked, "service")
        parts = self._by_account(asked, whole, today)
        days = (today - _LATE, today - DAY, today)
        found = [spike for day in days for spike in by_account(whole, parts, day, self.rule)]
        spiking = {(spike.account, spike.service) for spike in found}
        services, accounts = (_new(parts, of, today) for of in ("service", "account"))
        new = [each for each in services if (each.account, each.name) not in spiking]
        closely = {spike.service: spike for spike in sorted(found, key=lambda each: each.amount)[-_CLOSELY:]}
        uses = {service: self._uses(asked, service) for service in closely}
        alerts = [of_spike(each, parts, self.rule, uses.get(each.service), today) for each in found]
        return (*alerts, *(of_first(each, parts, None) for each in (*new, *accounts)))

    def regions(self, today: date) -> tuple[Alert, ...]:
        """Regions never used before, with the machines that were started there. Cost Explorer's figures."""
        asked = Days(_since(today, KNOWN * DAY + _FRESH), today + DAY)
        parts = self._by_account(asked, self._ask(asked, "region"), today)
        new = _new(parts, "region", today)
        uses = self._machines(today) if new else None
        return tuple(of_first(each, parts, uses) for each in new)

    def pace(self, today: date) -> tuple[Alert, ...]:
        """Months that are on their way to far more than the one before. CloudWatch's estimates, where they are there."""
        costs = self._months(today)
        return tuple(
            of_pace(each, costs, today) for each in paces(costs, today, self.pace_times, self.rule.least)
        )

    def _by_account(self, asked: Days, whole: Costs, today: date) -> Costs:
        """The same by account too, where there are several; where nobody can tell, as it is."""
        months = self._months(today)
        accounts = by_key(months, months.days)
        if len(accounts) > 1:
            return self._ask(asked, *whole.by, "account")
        return owned(whole, next(iter(accounts), ""))

    def _months(self, today: date) -> Costs:
        """By account, last month's and this one's."""
        return self.bills().costs(
            Days(month_before(today).start, today + DAY), ("account",), _quietly, free=True
        )

    def _uses(self, asked: Days, service: str) -> Costs | None:
        try:
            return self.bills().costs(asked, ("usage-type",), _quietly, service=service)
        except NoroshiError as error:
            _log.warning("usage types not seen", service=service, message=error.message, hint=error.hint)
            return None

    def _machines(self, today: date) -> Costs | None:
        try:
            return self._ask(Days(today - _FRESH, today + DAY), "region", "usage-type")
        except NoroshiError as error:
            _log.warning("usage types not seen", message=error.message, hint=error.hint)
            return None

    def _ask(self, days: Days, *by: str) -> Costs:
        return self.bills().costs(days, by, _quietly)


def _new(costs: Costs, of: Of, today: date) -> tuple[First, ...]:
    return firsts(costs, of, Days(today - _FRESH, today + DAY))


def _since(today: date, back: timedelta) -> date:
    """The 1st of a month at least so far back: `/billing` asks from the 1st too, and what is kept is shared."""
    start = month_before(today).start
    return start if start <= today - back else month_before(start).start


def _quietly(_: str) -> None:
    """Nobody waits to see how far it is."""
