"""CloudWatch's estimates of the bill: next to free, several times a day, by service and account only.

AWS/Billing EstimatedCharges (docs: CloudWatch user guide, Monitor estimated charges) runs up through each month in
UTC, and is there once the account that pays switched it on.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from bot.adapters.aws.errors import asking
from bot.adapters.aws.estimated_charges_lines import Points, caveats, lines
from bot.adapters.aws.estimated_charges_series import METRIC, NAMESPACE, Series, Wanted, every_series, wanted
from bot.core.billing.costs import Costs
from bot.core.billing.cumulative import Point
from bot.core.billing.days import DAY, Days, midnight, month_of
from bot.core.money import read_amount
from bot.errors import NotConfigured, Upstream

BY = frozenset({"service", "account"})
"""All that it can tell apart."""
SWITCH = (
    "In the account that pays: Billing preferences, Alert preferences, Receive CloudWatch billing alerts. "
    "It begins 15 minutes later, and can't be switched off."
)
_PERIOD = 3600  # of all that is kept long enough (455 days) the finest
_AT_ONCE = 500  # docs: GetMetricData
_UNKNOWN = "this account"  # STS would not say which
_FAILED = frozenset({"InternalError", "Forbidden"})


class EstimatedCharges:
    """`client` gives cloudwatch's where the bills are, `account` the caller's own account id.

    All raise AccessDenied, NotConfigured (never switched on, or not yet in those days), Throttled, Upstream
    (a service that it does not know).
    """

    def __init__(
        self, client: Callable[[], Any], account: Callable[[], str], *, now: Callable[[], datetime]
    ) -> None:
        self._client, self._account, self._now = client, account, now

    def series(self) -> list[Series]:
        """All that had data in the last two weeks; raises NotConfigured where there is none."""
        found = every_series(self._client())
        if not found:
            raise NotConfigured("CloudWatch has no estimates of this account's bill.", SWITCH)
        return found

    def costs(self, days: Days, by: tuple[str, ...], service: str = "") -> Costs:
        """What each of these days added to the bill; `by` is within `BY`, and not empty."""
        began = self._now()
        asked = wanted(self.series(), by, service)
        if service and not asked.parts:
            raise Upstream(
                f"CloudWatch has no estimates of {service}: it cost nothing in the last two weeks, or is within another.",
                "Ask by service: those are the names that it knows.",
            )
        points = self._points(asked, days)
        newest = max((at for each in points.values() for at, _ in each), default=None)
        if newest is None:
            raise NotConfigured(
                f"CloudWatch has no estimates of the bill from {days.start} to {days.end - DAY}.",
                "It keeps them for 15 months, and has them from when they were switched on.",
            )
        own = (self._account() or _UNKNOWN) if "account" in by else ""
        found = lines(points, asked, by, own, whole=not service)
        return Costs(
            days,
            by,
            tuple(line for line in found if line.day in days),
            asked.total.currency,
            "cloudwatch",
            as_of=newest,
            estimated_from=days.start,
            splits_credits=False,
            caveats=caveats(points, asked, days, began.astimezone(UTC).date()),
            seconds=(self._now() - began).total_seconds(),
        )

    def _points(self, asked: Wanted, days: Days) -> Points:
        """Every count from the 1st of the first month on, and of the day before: what the month before ended with."""
        until = midnight(days.end)
        since = midnight(month_of(days.start).start - DAY)
        found: dict[Series, list[Point]] = {}
        for some in _some(list(dict.fromkeys([asked.total, *asked.parts]))):
            for number, at, count in self._counts(some, since, until):
                found.setdefault(some[number], []).append((at, count))
        return found

    def _counts(
        self, some: Sequence[Series], since: datetime, until: datetime
    ) -> Iterator[tuple[int, datetime, Any]]:
        with asking("cloudwatch:GetMetricData", "for the estimates of the bill"):
            pages = (
                self._client()
                .get_paginator("get_metric_data")
                .paginate(
                    MetricDataQueries=[_query(number, each) for number, each in enumerate(some)],
                    StartTime=since,
                    EndTime=until,
                    ScanBy="TimestampAscending",
                )
            )
            for page in pages:
                for result in page["MetricDataResults"]:
                    yield from _read(result)


def _read(result: dict[str, Any]) -> Iterator[tuple[int, datetime, Any]]:
    if result.get("StatusCode") in _FAILED:
        raise Upstream(
            f"CloudWatch could not read its estimates of the bill ({result['StatusCode']}).", "Ask again."
        )
    for at, said in zip(result["Timestamps"], result["Values"], strict=True):
        count = read_amount(repr(float(said)))
        if count is None:
            raise Upstream(f"CloudWatch's estimate of the bill is no amount: {said}.", "Ask again.")
        yield int(result["Id"].removeprefix("m")), at.astimezone(UTC), count


def _query(number: int, series: Series) -> dict[str, Any]:
    metric = {"Namespace": NAMESPACE, "MetricName": METRIC, "Dimensions": series.dimensions()}
    return {"Id": f"m{number}", "MetricStat": {"Metric": metric, "Period": _PERIOD, "Stat": "Maximum"}}


def _some(series: Sequence[Series]) -> Iterator[list[Series]]:
    left = iter(series)
    while some := list(islice(left, _AT_ONCE)):
        yield some
