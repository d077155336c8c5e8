"""Months put together are one bill in one currency."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.adapters.bills_months import together
from bot.core.billing.costs import Costs, Line
from bot.core.billing.days import Days

AUG, SEP, TODAY = date(2026, 8, 1), date(2026, 9, 1), date(2026, 9, 2)


def month(days, currency, *amounts):
    lines = tuple(Line(days.start, ("x",), Decimal(amount)) for amount in amounts)
    at = datetime(2026, 9, 1, 3, tzinfo=UTC)
    return Costs(days, ("service",), lines, currency, "cost-explorer", at)


def test_a_month_without_a_charge_yet_has_no_currency_of_its_own():
    """Where nothing was charged, Cost Explorer names no currency: so it is on every 1st."""
    found = together([month(Days(AUG, SEP), "EUR", 7), month(Days(SEP, TODAY), "USD")], Days(AUG, TODAY))

    assert (found.currency, [line.amount for line in found.lines]) == ("EUR", [7])
    assert found.caveats == ()


def test_two_currencies_are_never_added():
    found = together([month(Days(AUG, SEP), "EUR", 7), month(Days(SEP, TODAY), "USD", 2)], Days(AUG, TODAY))

    assert (found.currency, [line.amount for line in found.lines]) == ("USD", [2])
    assert [(each.code, each.weight) for each in found.caveats] == [("other-currency", "blind")]
    assert "7.00 EUR" in found.caveats[0].message
