"""A bill in two sources, without AWS: what each day costs, who is asked, and a clock that stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.adapters.bills import AwsBills
from bot.adapters.bills_booked import RequestBook
from bot.adapters.bills_explorer import KeptExplorer
from bot.core.billing.costs import Anomalies, Anomaly, Costs, Expected, Forecast, Line
from bot.core.billing.days import Days, month_of
from tests.fakes import FakeStore

OWN = "111122223333"


def cost(day) -> Decimal:
    """What a day costs: another amount each."""
    return Decimal(day.toordinal() % 97) + Decimal(day.day) / 100


class Clock:
    """Stands still, until it is put forward."""

    def __init__(self, *parts):
        self.now = datetime(*parts, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **words):
        self.now += timedelta(**words)


class FakeExplorer:
    """In the place of the CostExplorer; `asked` are its questions, each one request; `failing` is raised instead."""

    def __init__(self, book, clock):
        self._book, self._clock = book, clock
        self.asked = []
        self.failing = None
        self.found = ()
        self.fees = ()
        """Lines beside what days cost."""
        self.before = lambda: None
        """Called while a question is on its way."""

    def costs(self, days, by, service=""):
        self._ask("costs", days, by, service)
        lines = tuple(Line(day, tuple("x" for _ in by), cost(day)) for day in days if cost(day))
        lines += tuple(fee for fee in self.fees if fee.day in days)
        return Costs(days, by, lines, "USD", "cost-explorer", self._clock(), requests=1, seconds=1.5)

    def forecast(self, today):
        self._ask("forecast", today)
        days = Days(today, month_of(today).end)
        expected = tuple(Expected(day, Decimal(2)) for day in days)
        total = Decimal(2 * len(expected))
        return Forecast(days, expected, total, None, None, "USD", self._clock(), requests=1)

    def anomalies(self, days):
        self._ask("anomalies", days)
        return Anomalies(self.found, self._clock(), 1, requests=2)

    def _ask(self, *what):
        self._book.book()
        self.asked.append(what)
        self.before()
        if self.failing:
            raise self.failing


class FakeCharges:
    """In the place of the EstimatedCharges."""

    def __init__(self, clock):
        self._clock = clock
        self.asked = []
        self.failing = None
        self.before = lambda: None
        """Called while a question is on its way."""

    def costs(self, days, by, service=""):
        self.asked.append((days, by, service))
        self.before()
        if self.failing:
            raise self.failing
        lines = tuple(Line(day, tuple("y" for _ in by), cost(day)) for day in days)
        return Costs(days, by, lines, "USD", "cloudwatch", self._clock(), splits_credits=False)


class BillsWorld:
    """One process, or `another()` that shares its store."""

    def __init__(self, *now, most=50, store=None, explorer=True):
        self.clock = Clock(*now)
        self.store = store or FakeStore()
        self.most, self.explorer, self.account = most, explorer, OWN
        self._make()

    def _make(self):
        book = RequestBook(self._open, self.clock, self.most)
        self.ce, self.cloudwatch = FakeExplorer(book, self.clock), FakeCharges(self.clock)
        kept = KeptExplorer(
            self.ce, self._open, lambda: self.account, now=self.clock, refresh=timedelta(hours=8)
        )
        self.bills = AwsBills(kept if self.explorer else None, self.cloudwatch, book, now=self.clock)

    def _open(self):
        self.store._may_fail()
        return self.store

    def another(self, account=OWN):
        """A second process at the same time, of that account."""
        other = object.__new__(BillsWorld)
        other.clock, other.store, other.most, other.explorer = (
            self.clock,
            self.store,
            self.most,
            self.explorer,
        )
        other.account = account
        other._make()
        return other

    def costs(self, since, until, *by, **more):
        return self.bills.costs(Days(since, until), by or ("region",), lambda _: None, **more)


def anomaly(name, start, end=None, impact=1):
    return replace(Anomaly(name, "s", start, end, Decimal(impact)))
