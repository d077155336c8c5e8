"""What days to come are expected to cost: what such weekdays cost lately, and how far they were apart.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostForecast.html
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from statistics import NormalDist, median
from typing import NamedTuple

from moto.core.responses import ActionResult

from bot.core.billing.days import DAY, Days, month_of
from bot.embedded.aws.costs import periods
from bot.embedded.aws.costs.asking import Asking, invalid
from bot.embedded.aws.costs.billing import Billing, Json
from bot.embedded.aws.costs.expression import Takes, takes
from bot.embedded.aws.costs.metrics import METRICS, Amounts, amount
from bot.embedded.aws.errors import Refused

_WEEKS = 4
_CALLED = {
    "AMORTIZED_COST": "AmortizedCost",
    "BLENDED_COST": "BlendedCost",
    "NET_AMORTIZED_COST": "NetAmortizedCost",
    "NET_UNBLENDED_COST": "NetUnblendedCost",
    "UNBLENDED_COST": "UnblendedCost",
}
"""Metrics have other names here than in GetCostAndUsage."""
_LEVELS = range(51, 100)
_LONGEST = {"DAILY": 93, "MONTHLY": 366}
_ENOUGH = 28
_DIGITS = Decimal("0.0000000001")


class Expected(NamedTuple):
    """A mean, and half the width of the interval around it."""

    mean: Decimal
    spread: Decimal


def daily(billing: Billing, account_id: str, of: Amounts, wanted: Takes) -> dict[int, Expected] | None:
    """What each weekday (Monday is 0) is expected to cost; None where less than four weeks are known."""
    today = billing.as_of().date()
    days = [today - back * DAY for back in range(_WEEKS * 7, 0, -1)]
    costs: dict[date, Decimal] = dict.fromkeys(days, Decimal(0))
    seen: set[date] = set()
    for each in billing.charges(account_id, days[0], today, billing.as_of()):
        seen.add(each.day)
        if wanted(each):
            costs[each.day] += of(each)
    if len(seen) < _ENOUGH:
        return None
    return {
        weekday: _expected([costs[day] for day in days if day.weekday() == weekday]) for weekday in range(7)
    }


def total(expected: Mapping[int, Expected], days: Days) -> Expected:
    """Of several days: means add up, and so do the squares of spreads."""
    each = [expected[day.weekday()] for day in days]
    spread = sum((one.spread**2 for one in each), Decimal(0)).sqrt()
    return Expected(sum((one.mean for one in each), Decimal(0)), spread)


class Forecasts(Asking):
    """GetCostForecast."""

    def get_cost_forecast(self) -> ActionResult:
        """From today on, today whole; refused on a month's last day, as for accounts that are new."""
        asked = self.asked()
        days, metric = self._days(asked), _CALLED.get(str(asked.get("Metric")))
        if metric is None:
            raise invalid(f"Metric must be among {', '.join(_CALLED)}")
        expected = daily(self.billing, self.current_account, METRICS[metric], takes(asked.get("Filter")))
        is_last_day = days.end == month_of(days.start).end and len(days) == 1
        if expected is None or is_last_day:
            words = "Insufficient amount of historical data to generate forecast"
            raise Refused("DataUnavailableException", words)
        width = _width(asked.get("PredictionIntervalLevel"))
        answer: Json = {
            "Total": {"Amount": amount(total(expected, days).mean.quantize(_DIGITS)), "Unit": "USD"},
            "ForecastResultsByTime": [
                _result(piece, total(expected, piece), width)
                for piece in periods.pieces(days, asked.get("Granularity"))
            ],
        }
        return ActionResult(answer)

    def _days(self, asked: Json) -> Days:
        days, today = periods.interval(asked), self.billing.clock().date()
        if days.start != today:
            raise invalid("Failed to validate: Start date must be the current date")
        if len(days) > _LONGEST.get(str(asked.get("Granularity")), 0):
            raise invalid("Failed to validate: the forecast period is too long for this granularity")
        return days


def _expected(costs: list[Decimal]) -> Expected:
    """By medians: a fee that fell on one of the days says nothing of the next."""
    mean = median(costs)
    return Expected(mean, median(abs(cost - mean) for cost in costs) * 3 / 2 + abs(mean) / 15)


def _width(level: object) -> Decimal | None:
    """How many spreads the interval reaches to each side; None where nobody asked for one."""
    if level is None:
        return None
    if int(str(level)) not in _LEVELS:
        raise invalid("PredictionIntervalLevel must be between 51 and 99")
    return Decimal(str(round(NormalDist().inv_cdf((1 + int(str(level)) / 100) / 2), 6)))


def _result(days: Days, expected: Expected, width: Decimal | None) -> Json:
    result: Json = {"TimePeriod": periods.as_json(days), "MeanValue": amount(expected.mean.quantize(_DIGITS))}
    if width is not None:
        low, high = expected.mean - expected.spread * width, expected.mean + expected.spread * width
        result["PredictionIntervalLowerBound"] = amount(low.quantize(_DIGITS))
        result["PredictionIntervalUpperBound"] = amount(high.quantize(_DIGITS))
    return result
