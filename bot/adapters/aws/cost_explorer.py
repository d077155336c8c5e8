"""Cost Explorer: what each day cost, what the month's rest will, and what stands out. Every request is paid.

Figures come up to 24 h late and change for some days more (docs: Cost Management user guide, Cost Explorer).
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.adapters.aws.cost_explorer_anomalies import costliest_first, read_anomaly
from bot.adapters.aws.cost_explorer_asked import Paid, odd
from bot.adapters.aws.cost_explorer_lines import METRIC, Bill
from bot.adapters.aws.cost_explorer_words import WITHOUT_CREDITS, checked, filtered, groups, splits_records
from bot.core.billing.costs import Anomalies, Costs, Expected, Forecast
from bot.core.billing.days import DAY, Days, month_of
from bot.core.money import read_amount
from bot.core.view import Caveat
from bot.errors import AccessDenied, NotConfigured

_LEVEL = 80
_PAGE = 100
_TOO_YOUNG = (
    "Cost Explorer has no forecast: it needs about a month of figures to make one from, and to be switched on.",
    "Open Cost Explorer once in the Billing console, signed in to the account that pays.",
)
_LEFT_OUT = Caveat("credits-left-out", "credits and refunds, which have no part in these figures")


class CostExplorer:
    """Asks as the caller's own account, where `client` (ce's) leads; `book` is called before every request.

    All raise AccessDenied, NotConfigured (not switched on), Throttled, Upstream, and what `book` raises.
    """

    def __init__(
        self, client: Callable[[], Any], book: Callable[[], None], *, now: Callable[[], datetime]
    ) -> None:
        self._client, self._book, self._now = client, book, now

    def costs(self, days: Days, by: tuple[str, ...], service: str = "") -> Costs:
        """Every charge of these days; of one `service` where it is given. Raises BadRequest for another `by`."""
        checked(by)
        began, paid, bill = self._now(), self._paid(), Bill(by)
        words = {
            "TimePeriod": _period(days),
            "Granularity": "DAILY",
            "Metrics": [METRIC],
            "GroupBy": groups(by),
            **filtered(by, service),
        }
        for page in paid.pages("get_cost_and_usage", "ResultsByTime", **words):
            bill.read(page)
        currency, lines, caveats = bill.in_one_currency()
        return Costs(
            days,
            by,
            lines,
            currency,
            "cost-explorer",
            as_of=self._now(),
            estimated_from=bill.estimated_from,
            names=bill.names,
            caveats=caveats if splits_records(by) else (*caveats, _LEFT_OUT),
            requests=paid.requests,
            seconds=(self._now() - began).total_seconds(),
        )

    def forecast(self, today: date) -> Forecast:
        """From today to its month's end, without credits; its bounds are the sums of the days', wider than the sum's own."""
        days, paid = Days(today, month_of(today).end), self._paid()
        answer = _forecast(paid, days)
        expected = tuple(map(_expected, answer["ForecastResultsByTime"]))
        return Forecast(
            days,
            expected,
            sum((each.mean for each in expected), Decimal(0)),
            _sum([each.low for each in expected]),
            _sum([each.high for each in expected]),
            answer.get("Total", {}).get("Unit", "USD"),
            self._now(),
            requests=paid.requests,
        )

    def anomalies(self, days: Days) -> Anomalies:
        """What began or went on in these days; AWS has 90 days at most."""
        paid = self._paid()
        interval = {"StartDate": f"{days.start}", "EndDate": f"{days.end - DAY}"}
        pages = paid.pages("get_anomalies", "Anomalies", DateInterval=interval, MaxResults=_PAGE)
        found = [read_anomaly(each) for page in pages for each in page["Anomalies"]]
        monitors, caveats = _monitors(paid)
        return Anomalies(
            tuple(sorted(found, key=costliest_first)), self._now(), monitors, caveats, paid.requests
        )

    def _paid(self) -> Paid:
        return Paid(self._client, self._book)


def _forecast(paid: Paid, days: Days) -> dict[str, Any]:
    try:
        return paid.ask(
            "get_cost_forecast",
            "ForecastResultsByTime",
            TimePeriod=_period(days),
            Metric="UNBLENDED_COST",
            Granularity="DAILY",
            Filter=WITHOUT_CREDITS,
            PredictionIntervalLevel=_LEVEL,
        )
    except NotConfigured as error:
        raise NotConfigured(*_TOO_YOUNG) from error


def _monitors(paid: Paid) -> tuple[int | None, tuple[Caveat, ...]]:
    """How many there are; what was found is told all the same where that may not be known."""
    try:
        pages = list(paid.pages("get_anomaly_monitors", "AnomalyMonitors", MaxResults=_PAGE))
    except AccessDenied as error:
        told = f"How many monitors look for anomalies is not known: {error.message} {error.hint}"
        return None, (Caveat("monitors-unknown", told),)
    return sum(len(page["AnomalyMonitors"]) for page in pages), ()


def _expected(said: dict[str, Any]) -> Expected:
    mean = read_amount(str(said["MeanValue"]))
    if mean is None:
        raise odd("ce:GetCostForecast")
    low, high = (
        read_amount(str(said.get(f"PredictionInterval{end}Bound", ""))) for end in ("Lower", "Upper")
    )
    return Expected(date.fromisoformat(said["TimePeriod"]["Start"][:10]), mean, low, high)


def _sum(bounds: list[Decimal | None]) -> Decimal | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(bounds) else None


def _period(days: Days) -> dict[str, str]:
    return {"Start": f"{days.start}", "End": f"{days.end}"}
