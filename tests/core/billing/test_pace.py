"""A month that is on its way to far more than the one before is told early enough, and not by its first days alone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import Days, month_before, month_of
from bot.core.billing.pace import paces
from tests.core.billing.bill import DAY, bill, on, steady

AUGUST = Days(date(2026, 8, 1), date(2026, 9, 1))
TWICE, LEAST = Decimal(2), Decimal(25)


def september(until):
    """Its days before `until`."""
    return Days(AUGUST.end, date(2026, 9, until))


def found(*lines, today=10, by=("account",), **more):
    day = date(2026, 9, today)
    return paces(bill(Days(AUGUST.start, day + DAY), *lines, by=by, **more), day, TWICE, LEAST)


def test_it_is_the_month_so_far_and_the_rest_at_the_average_of_complete_days():
    (pace,) = found(*steady(AUGUST, 10, "1"), *steady(september(10), 30, "1"), on(date(2026, 9, 10), 5, "1"))

    assert (pace.account, pace.month, pace.last) == ("1", date(2026, 9, 1), 310)
    assert pace.so_far == 9 * 30 + 5
    assert pace.projected == 30 * 30
    assert not pace.already


def test_a_today_that_is_over_the_average_counts_as_it_is():
    (pace,) = found(
        *steady(AUGUST, 10, "1"), *steady(september(30), 30, "1"), on(date(2026, 9, 30), 500, "1"), today=30
    )

    assert pace.projected == pace.so_far == 29 * 30 + 500


@pytest.mark.parametrize(("daily", "told"), [("20.66", False), ("20.67", True)])
def test_the_limit_is_so_many_times_last_month(daily, told):
    """August's 310 twice is 620: 20.67 a day over 30 days passes it."""
    assert bool(found(*steady(AUGUST, 10, "1"), *steady(september(11), daily, "1"))) is told


@pytest.mark.parametrize(("today", "told"), [(1, False), (2, False), (3, True)])
def test_two_days_tell_nothing_yet(today, told):
    lines = steady(Days(AUGUST.end, date(2026, 9, today) + DAY), 100, "1")

    assert bool(found(*steady(AUGUST, 10, "1"), *lines, today=today)) is told


@pytest.mark.parametrize("today", [1, 2])
def test_a_month_that_is_over_already_is_told_from_its_first_day(today):
    (pace,) = found(*steady(AUGUST, 10, "1"), on(date(2026, 9, 1), 700, "1"), today=today)

    assert pace.already


def test_fees_of_the_1st_are_no_pace():
    fee = on(date(2026, 9, 1), 400, "1", record="RIFee")
    before = on(date(2026, 8, 1), 400, "1", record="RIFee")

    assert found(*steady(AUGUST, 10, "1"), before, *steady(september(4), 10, "1"), fee, today=4) == ()


def test_where_fees_are_not_told_apart_the_1st_is_no_pace():
    first = on(date(2026, 9, 1), 400, "1")
    lines = [*steady(AUGUST, 10, "1"), on(date(2026, 8, 1), 400, "1"), *steady(september(4), 10, "1"), first]

    assert found(*lines, today=4, splits_credits=False) == ()


def test_credits_hide_no_pace():
    credit = [on(day, -30, "1", record="Credit") for day in september(10)]

    (pace,) = found(*steady(AUGUST, 10, "1"), *steady(september(10), 30, "1"), *credit)

    assert (pace.so_far, pace.projected) == (9 * 30, 30 * 30)


def test_some_dollars_more_are_no_pace():
    assert found(*steady(AUGUST, "0.1", "1"), *steady(september(10), "0.5", "1")) == ()


@pytest.mark.parametrize(("begin", "told"), [(3, True), (4, False)])
def test_a_last_month_that_was_not_whole_tells_nothing(begin, told):
    lines = steady(Days(date(2026, 8, begin), AUGUST.end), 10, "1")

    assert bool(found(*lines, *steady(september(10), 90, "1"))) is told


def test_a_last_month_that_cost_nothing_tells_nothing():
    assert found(*steady(september(10), 90, "1")) == ()
    assert found(*steady(AUGUST, -1, "1"), *steady(september(10), 90, "1")) == ()
    assert found() == ()


def test_each_account_is_told_for_itself_the_worst_first():
    lines = [*steady(AUGUST, 10, "1"), *steady(AUGUST, 10, "2"), *steady(AUGUST, 10, "3")]
    more = [*steady(september(10), 30, "1"), *steady(september(10), 90, "2"), *steady(september(10), 10, "3")]

    assert [each.account for each in found(*lines, *more)] == ["2", "1"]


@given(st.dates(date(2020, 1, 3), date(2030, 12, 31)), st.decimals("0.01", 9999, places=2), st.integers(1, 6))
def test_a_steady_month_comes_to_its_days_times_the_amount(day, daily, times):
    """Leap years, short months and years' ends too."""
    last, month = month_before(day), month_of(day)
    lines = [*steady(last, daily, "1"), *steady(Days(month.start, day + DAY), daily * times, "1")]
    found = paces(bill(Days(last.start, day + DAY), *lines, by=("account",)), day, Decimal(1), Decimal(-1))

    for pace in found:
        assert pace.projected == daily * times * len(month)
        assert pace.last == daily * len(last)
    assert found or times * len(month) < len(last) or day.day < 3
