from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing import sums
from bot.core.billing.costs import Costs, Line
from bot.core.billing.days import DAY, Days

MARCH = Days(date(2026, 3, 1), date(2026, 4, 1))
amounts = st.decimals(-(10**6), 10**6, places=10)
lines = st.builds(
    Line,
    st.dates(MARCH.start - timedelta(days=3), MARCH.end + timedelta(days=3)),
    st.tuples(st.sampled_from(["EC2", "S3", "Tax"])),
    amounts,
    st.sampled_from(["Usage", "Tax", "Credit", "Refund", "Fee"]),
)


def costs(*of: Line) -> Costs:
    return Costs(MARCH, ("service",), of, "USD", "cost-explorer", datetime(2026, 4, 1, tzinfo=UTC))


def used(day: int, key: str, amount: str, record: str = "Usage") -> Line:
    return Line(date(2026, 3, day), (key,), Decimal(amount), record)


def test_credits_and_refunds_hide_nothing() -> None:
    found = costs(used(1, "EC2", "100"), used(1, "EC2", "-100", "Credit"), used(2, "S3", "-3", "Refund"))

    assert sums.charged(found, MARCH) == 100
    assert sums.given_back(found, MARCH) == {"Credit": Decimal(-100), "Refund": Decimal(-3)}


@given(st.lists(lines))
def test_a_total_is_the_sum_of_its_parts_however_it_is_cut(found: list[Line]) -> None:
    bill = costs(*found)
    total = sums.charged(bill, MARCH)

    assert sum(sums.by_key(bill, MARCH).values()) == total
    assert sum(sums.by_day(bill, MARCH).values()) == total
    assert sum(sum(sums.by_day(bill, MARCH, key).values()) for key in ("EC2", "S3", "Tax")) == total
    assert list(sums.by_day(bill, MARCH)) == list(MARCH)


@given(st.lists(lines))
def test_all_that_was_charged_or_given_back_is_all_there_is(found: list[Line]) -> None:
    bill = costs(*found)
    back = sum(sums.given_back(bill, MARCH).values())

    assert sums.charged(bill, MARCH) + back == sum(line.amount for line in found if line.day in MARCH)


@given(st.lists(amounts))
def test_cents_add_up_to_the_rounded_total(parts: list[Decimal]) -> None:
    rounded = sums.cents(parts)

    assert sum(rounded) == sum(parts, Decimal(0)).quantize(Decimal("0.01"))
    assert all(abs(cent - part) <= Decimal("0.015") for cent, part in zip(rounded, parts, strict=True))


def test_three_thirds_of_a_dollar_are_a_dollar() -> None:
    assert sum(sums.cents([Decimal(1) / 3] * 3)) == 1


def test_what_was_there_before_and_is_no_more_moved_too() -> None:
    now, before = {"EC2": Decimal(5)}, {"EC2": Decimal(4), "RDS": Decimal(9)}

    assert [(each.key, each.change, each.change_pct) for each in sums.movers(now, before)] == [
        ("EC2", 1, 25),
        ("RDS", -9, -100),
    ]


def test_what_was_not_there_before_has_no_percentage() -> None:
    (mover,) = sums.movers({"EC2": Decimal(5)}, {})

    assert mover.change_pct is None


def test_what_was_next_to_nothing_has_no_percents() -> None:
    assert sums.Mover("EC2", Decimal(960), Decimal("0.0000001")).change_pct is None
    assert sums.Mover("EC2", Decimal(960), Decimal("0.01")).change_pct == 9_599_900


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 12, 31), date(2026, 3, 1)])
def test_a_months_days_before_today_are_those_and_no_more(day: date) -> None:
    every = Days(day - 40 * DAY, day + DAY)
    lines = tuple(Line(each, ("EC2",), Decimal(1)) for each in every)

    assert sums.charged_before(replace(costs(*lines), days=every), day) == day.day - 1
