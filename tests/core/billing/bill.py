"""A bill of a few words, for tests of what stands out in it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.core.billing.costs import Costs, Line
from bot.core.billing.days import Days

DAY = timedelta(days=1)


def bill(days: Days, *lines: Line, by: tuple[str, ...] = ("service",), **more) -> Costs:
    return Costs(days, by, lines, "USD", "cost-explorer", datetime(2026, 9, 8, 10, tzinfo=UTC), **more)


def steady(days: Days, amount: object, *keys: str, record: str = "Usage") -> list[Line]:
    """The same every day."""
    return [Line(day, keys, Decimal(str(amount)), record) for day in days]


def on(day: date, amount: object, *keys: str, record: str = "Usage") -> Line:
    return Line(day, keys, Decimal(str(amount)), record)
