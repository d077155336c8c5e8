"""The first money spent in a service or a region is found, where a month before it is known, and only there."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import Days
from bot.core.billing.firsts import firsts
from tests.core.billing.bill import DAY, bill, on, steady

TODAY = date(2026, 9, 8)
FRESH = Days(TODAY - 2 * DAY, TODAY + DAY)
WHOLE = Days(TODAY - 50 * DAY, TODAY + DAY)
HOME = steady(WHOLE, 20, "eu-west-1")


def regions(*lines, days=WHOLE, fresh=FRESH, by=("region",)):
    return firsts(bill(days, *lines, by=by), "region", fresh)


def test_a_region_that_nobody_used_is_told_with_its_day_and_amount():
    (first,) = regions(*HOME, on(TODAY - DAY, 7, "ap-south-1"), on(TODAY, 5, "ap-south-1"))

    assert (first.of, first.name, first.since, first.amount) == ("region", "ap-south-1", TODAY - DAY, 12)


def test_a_service_that_nobody_used_is_told_too():
    lines = [*steady(WHOLE, 5, "S3"), on(TODAY, 40, "Amazon SageMaker"), on(TODAY, 9, "Tax", record="Tax")]

    assert [each.name for each in firsts(bill(WHOLE, *lines), "service", FRESH)] == ["Amazon SageMaker"]


@pytest.mark.parametrize(("amount", "told"), [("1.00", False), ("1.01", True)])
def test_what_costs_no_more_than_the_floor_is_nothing(amount, told):
    assert bool(regions(*HOME, on(TODAY, amount, "ap-south-1"))) is told


@pytest.mark.parametrize(("before", "told"), [("0.01", False), ("0.0099", True), ("-3", True)])
def test_under_a_cent_a_day_is_as_good_as_nothing(before, told):
    lines = [on(TODAY - 20 * DAY, before, "ap-south-1"), on(TODAY, 50, "ap-south-1")]

    assert bool(regions(*HOME, *lines)) is told


@pytest.mark.parametrize(("known", "told"), [(29, False), (30, True)])
def test_a_month_before_must_be_known(known, told):
    """A bot, an account or a Cost Explorer that is new would call everything new."""
    begin = FRESH.start - known * DAY
    young = [line for line in HOME if line.day >= begin]

    assert bool(regions(*young, on(TODAY, 50, "ap-south-1"))) is told
    assert bool(regions(*HOME, on(TODAY, 50, "ap-south-1"), days=Days(begin, WHOLE.end))) is told


def test_an_account_that_joined_lately_floods_nobody():
    old = steady(WHOLE, 20, "eu-west-1", "1")
    joined = steady(FRESH, 20, "eu-west-1", "2")
    moved = [on(TODAY, 20, "us-east-1", "1")]

    assert [
        (each.account, each.name) for each in regions(*old, *joined, *moved, by=("region", "account"))
    ] == [("1", "us-east-1")]


def test_an_account_that_cost_nothing_before_is_a_first_itself():
    """Nobody looks into an account that nobody uses; what a miner runs there has no day before to be held against."""
    old, mined = steady(WHOLE, 20, "EC2", "1"), on(TODAY, 400, "EC2", "2")
    both = bill(WHOLE, *old, mined, by=("service", "account"))
    alone = bill(WHOLE, mined, by=("service", "account"))

    assert [(each.name, each.since, each.amount) for each in firsts(both, "account", FRESH)] == [
        ("2", TODAY, 400)
    ]
    assert firsts(both, "service", FRESH) == ()
    assert firsts(alone, "account", FRESH) == ()


@pytest.mark.parametrize("nowhere", ["NoRegion", "global", "", "No region"])
def test_what_is_in_no_region_is_no_new_region(nowhere):
    assert regions(*HOME, on(TODAY, 50, nowhere)) == ()


def test_credits_are_no_spending():
    assert regions(*HOME, on(TODAY, -50, "ap-south-1", record="Credit")) == ()


def test_an_empty_bill_has_none():
    assert regions() == ()


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.decimals("1.01", 9999, places=2))
def test_it_is_found_on_any_day_of_any_year(day, amount):
    whole, fresh = Days(day - 50 * DAY, day + DAY), Days(day - 2 * DAY, day + DAY)
    (first,) = regions(*steady(whole, 1, "eu-west-1"), on(day, amount, "ap-south-1"), days=whole, fresh=fresh)

    assert (first.since, first.amount) == (day, Decimal(amount))
