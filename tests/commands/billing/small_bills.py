"""Bills over a few lines that a test writes down, the ports over them, and an answer as a person reads it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.billing.costs import Anomalies, Asked, Costs, Expected, Forecast, Line
from bot.core.billing.days import DAY, Days, month_of
from commands.billing import billing
from tests.commands.fake_trail import FakeTrail

NOW = datetime(2026, 9, 16, 14, 20, tzinfo=UTC)  # a Wednesday
TODAY = NOW.date()
EC2, S3, CLOUDTRAIL = (
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Simple Storage Service",
    "AWS CloudTrail",
)
PROD, STAGING = "111122223333", "444455556666"
GPU = "APN1-BoxUsage:g5.12xlarge"


def daily(amount, *keys, since=date(2026, 7, 1), until=TODAY, record="Usage"):
    """The same each day, today's among them."""
    return [Line(day, keys, Decimal(amount), record) for day in Days(since, until + DAY)]


def once(day, amount, *keys, record="Usage"):
    return Line(day, keys, Decimal(amount), record)


class FakeBills:
    """`lines` by what they are by; `fails` an error for some of them; free ones come from CloudWatch where it has any."""

    def __init__(
        self,
        lines,
        *,
        free=None,
        fails=None,
        forecast=None,
        anomalies=None,
        currency="USD",
        caveats=(),
        source="",
    ):
        self.lines, self.free, self.fails, self.currency = lines, free or {}, fails or {}, currency
        self.expected, self.found, self.caveats, self.source = forecast, anomalies, caveats, source
        self.questions = []

    def costs(self, days, by, progress, *, free=False, service=""):
        self.questions.append((days, by, free, service))
        if error := self.fails.get((by, free), self.fails.get(by)):
            raise error
        cloudwatch = free and by in self.free
        lines = tuple(one for one in (self.free if cloudwatch else self.lines)[by] if one.day in days)
        return Costs(
            days,
            by,
            lines,
            self.currency,
            self.source or ("cloudwatch" if cloudwatch else "cost-explorer"),
            NOW.replace(hour=8, minute=0),
            estimated_from=TODAY - DAY,
            names={PROD: "Acme Prod"},
            splits_credits=not cloudwatch,
            caveats=self.caveats,
            requests=0 if cloudwatch else 1,
        )

    def forecast(self, today):
        if isinstance(self.expected, Exception):
            raise self.expected
        return self.expected or flat(today, "10", "8", "12")

    def anomalies(self, days):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found or Anomalies((), NOW, monitors=1, requests=1)

    def asked(self):
        return Asked(((TODAY, 3), (TODAY - DAY, 9)), 50)


def flat(today, mean, low=None, high=None, **more):
    """So much on each day that is left."""
    days = Days(today, month_of(today).end)
    bounds = [None if one is None else Decimal(one) for one in (low, high)]
    expected = tuple(Expected(day, Decimal(mean), *bounds) for day in days)
    total, least, most = (None if one is None else one * len(days) for one in (Decimal(mean), *bounds))
    return Forecast(days, expected, total, least, most, "USD", NOW, **more)


class Ports:
    """The ports over these; `places` are where who made something was looked for."""

    def __init__(self, bills, trail=None, *, now=NOW, zone=UTC):
        self.accounts = {PROD: "prod", STAGING: "staging"}
        self.bills, self.trail, self._now, self.zone = bills, trail or FakeTrail(), now, zone
        self.places = []

    def calls(self, place, asker, up_to, *, since):
        self.places.append(place)
        return self.trail

    def now(self):
        return self._now


def ask(*words, bills, trail=None, **ports):
    """The answer's view."""
    made = bills if isinstance(bills, Ports) else Ports(bills, trail, **ports)
    return billing.answer(words, made)
