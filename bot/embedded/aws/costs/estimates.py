"""AWS/Billing's EstimatedCharges: what the month has come to, a point at every refresh of the bill.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bot.embedded.aws.costs.billing import HOME, Billing
from bot.embedded.incident.spend import REFRESH, Charge, Spend, monthly

NAMESPACE, METRIC = "AWS/Billing", "EstimatedCharges"
Series = tuple[str, str]
"""ServiceName and LinkedAccount; "" where a series has no such dimension. Taxes are in no service's series."""
_RECENT = timedelta(days=14)
_DAY, _SECOND, _CENT = timedelta(days=1), timedelta(seconds=1), Decimal("0.01")
_NAMES = ("ServiceName", "LinkedAccount")

Sums = dict[Series, Decimal]


class Estimates:
    """The points of one stand-in: the payer's, in us-east-1, since the payer let CloudWatch have them."""

    def __init__(self, billing: Billing) -> None:
        self._billing = billing
        self._before: dict[tuple[Spend, date], Sums] = {}
        self._then: dict[tuple[Spend, datetime], Sums] = {}

    def series(self, place: tuple[str, str]) -> list[dict[str, str]]:
        """The dimensions of each series that an account has in a region and that had a point in two weeks."""
        now = self._billing.clock()
        known: set[Series] = set()
        for spend, at in self._moments(place, now - _RECENT, now + _SECOND):
            known.update(self._at(spend, at))
        return [_dimensions(each) for each in sorted(known)]

    def points(
        self, place: tuple[str, str], dimensions: Mapping[str, str], start: datetime, end: datetime
    ) -> list[tuple[datetime, float]]:
        """A series' points in a time (`end` excluded), oldest first; dimensions must be exactly a series' own."""
        series: Series = (dimensions.get("ServiceName", ""), dimensions.get("LinkedAccount", ""))
        if _dimensions(series) != dimensions:
            return []
        moments = self._moments(place, start, min(end, self._billing.clock() + _SECOND))
        known = ((at, self._at(spend, at).get(series)) for spend, at in moments)
        return [(at, float(value.quantize(_CENT))) for at, value in known if value is not None]

    def _moments(
        self, place: tuple[str, str], start: datetime, end: datetime
    ) -> Iterator[tuple[Spend, datetime]]:
        spend, since = self._billing.spend, self._billing.estimates_since
        if spend is None or since is None or place != (self._billing.payer, HOME):
            return
        first = max(start, since, datetime.combine(spend.first_day, time(), UTC))
        at = spend.refreshed(first)
        while at < end:
            if at >= first:
                yield spend, at
            at += REFRESH

    def _at(self, spend: Spend, at: datetime) -> Sums:
        if (spend, at) not in self._then:
            sums = dict(self._until(spend, at.date()))
            _add(sums, spend.of_day(at.date(), at))
            self._then[spend, at] = sums
        return self._then[spend, at]

    def _until(self, spend: Spend, day: date) -> Sums:
        """The sums of a month's days before this one: all over."""
        if (spend, day) not in self._before:
            sums: Sums = {}
            if day != monthly(day):
                sums = dict(self._until(spend, day - _DAY))
                _add(sums, spend.of_day(day - _DAY, datetime.combine(day, time(), UTC)))
            self._before[spend, day] = sums
        return self._before[spend, day]


def _add(sums: Sums, charges: Iterable[Charge]) -> None:
    for each in charges:
        for service in {"", each.product}:
            for account in ("", each.account_id):
                key = (service, account)
                sums[key] = sums.get(key, Decimal(0)) + each.unblended


def _dimensions(series: Series) -> dict[str, str]:
    named = {name: value for name, value in zip(_NAMES, series, strict=True) if value}
    return {"Currency": "USD"} | named
