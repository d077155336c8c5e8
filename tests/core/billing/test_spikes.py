"""A day that costs far more than such a day does is a spike; fees, weekends and credits make none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.billing.costs import Line
from bot.core.billing.days import Days
from bot.core.billing.spikes import Rule, by_account, spikes
from bot.core.billing.use import owned
from tests.core.billing.bill import DAY, bill, on, steady

RULE = Rule(Decimal(3), Decimal(25))
MONDAY = date(2026, 9, 7)
PAST = Days(MONDAY - 49 * DAY, MONDAY)
WHOLE = Days(PAST.start, MONDAY + DAY)
amounts = st.decimals(-1000, 1000, places=6)


def found(*lines: Line, day=MONDAY, days=WHOLE, **more):
    return spikes(bill(days, *lines, **more), day, RULE)


@pytest.mark.parametrize(
    ("usual", "amount", "is_one"),
    [
        (10, 35, False),
        (10, "35.01", True),
        (100, 300, False),
        (100, "300.01", True),
        (0, 25, False),
        (0, 26, True),
    ],
)
def test_both_the_times_and_the_least_must_be_passed(usual, amount, is_one):
    assert (
        bool(found(*steady(PAST, usual, "EC2"), *steady(PAST, 1, "S3"), on(MONDAY, amount, "EC2"))) is is_one
    )


def test_it_says_how_much_what_is_usual_and_since_when():
    (spike,) = found(*steady(PAST, 10, "EC2"), on(MONDAY, 400, "EC2"))

    assert (spike.service, spike.day, spike.amount, spike.usual) == ("EC2", MONDAY, 400, 10)
    assert (spike.since, spike.more, spike.first, spike.account) == (MONDAY, 390, False, "")


def test_a_workday_is_held_against_workdays_and_a_weekend_against_weekends():
    workdays = [on(day, 500, "EC2") for day in PAST if day.weekday() < 5]
    weekends = [on(day, 5, "EC2") for day in PAST if day.weekday() > 4]
    saturday = MONDAY - 2 * DAY

    assert found(*workdays, *weekends, on(MONDAY, 500, "EC2")) == ()
    high = [line for line in weekends if line.day != saturday]
    assert found(*workdays, *high, on(saturday, 500, "EC2"), day=saturday)[0].usual == 5


@pytest.mark.parametrize(
    "record", ["Fee", "RIFee", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "Tax", "Support"]
)
def test_fees_and_taxes_are_no_spike(record):
    assert found(*steady(PAST, 1, "EC2"), on(MONDAY, 9000, "EC2", record=record)) == ()


@pytest.mark.parametrize("service", ["Tax", "AWS Support (Business)", "Savings Plans for AWS Compute usage"])
def test_fees_are_known_by_their_service_where_there_are_no_record_types(service):
    past = steady(PAST, 1, "EC2", "111122223333")
    assert found(*past, on(MONDAY, 9000, service, "111122223333"), by=("service", "account")) == ()


def test_credits_hide_no_spike():
    lines = [*steady(PAST, 10, "EC2"), on(MONDAY, 400, "EC2"), on(MONDAY, -400, "EC2", record="Credit")]

    assert found(*lines)[0].amount == 400


def test_discounts_belong_to_what_was_used():
    assert (
        found(*steady(PAST, 10, "EC2"), on(MONDAY, 400, "EC2"), on(MONDAY, -390, "EC2", record="EdpDiscount"))
        == ()
    )


def test_each_account_has_a_usual_of_its_own():
    big, small = steady(PAST, 1000, "EC2", "1"), steady(PAST, 1, "EC2", "2")
    spike, *others = found(
        *big, *small, on(MONDAY, 1000, "EC2", "1"), on(MONDAY, 90, "EC2", "2"), by=("service", "account")
    )

    assert (spike.account, spike.usual, others) == ("2", 1, [])


def test_days_in_a_row_are_one_spike_with_its_first_day():
    run = [on(MONDAY - n * DAY, 100 + n, "EC2") for n in range(3)]
    past = [line for line in steady(PAST, 10, "EC2") if line.day < MONDAY - 2 * DAY]
    (spike,) = found(*past, *run)

    assert (spike.since, spike.more) == (MONDAY - 2 * DAY, 90 + 91 + 92)


def test_what_never_cost_anything_before_says_so():
    lines = [*steady(PAST, 10, "S3"), on(MONDAY - DAY, 80, "EC2"), on(MONDAY, 90, "EC2")]
    (spike,) = found(*lines)

    assert (spike.first, spike.since) == (True, MONDAY - DAY)


def test_an_account_of_some_days_has_nothing_usual_yet():
    young = Days(MONDAY - 5 * DAY, MONDAY)
    older = Days(MONDAY - 6 * DAY, MONDAY)

    assert found(*steady(young, 1, "EC2"), on(MONDAY, 900, "EC2")) == ()
    assert found(*steady(older, 1, "EC2"), on(MONDAY, 900, "EC2"))


def test_only_the_last_14_days_of_its_kind_are_usual():
    long_ago = Days(PAST.start, MONDAY - 20 * DAY)
    since = Days(long_ago.end, MONDAY)

    assert found(*steady(long_ago, 1000, "EC2"), *steady(since, 10, "EC2"), on(MONDAY, 100, "EC2"))


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2024, 2, 29), date(2027, 1, 1), date(2026, 12, 31)])
def test_months_years_and_leap_days_end_nothing(day):
    past = Days(day - 49 * DAY, day)
    (spike,) = found(*steady(past, 10, "EC2"), on(day, 100, "EC2"), day=day, days=Days(past.start, day + DAY))

    assert (spike.day, spike.since, spike.usual) == (day, day, 10)


def test_an_empty_bill_has_none():
    assert found() == ()


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.decimals(0, 1000, places=2),
    st.decimals(0, 5000, places=2),
)
def test_a_spike_is_what_passes_both_limits_on_any_day(day, usual, amount):
    days = Days(day - timedelta(days=49), day + DAY)
    lines = [*steady(Days(days.start, day), 1, "S3"), *steady(Days(days.start, day), usual, "EC2")]
    one = [
        each
        for each in spikes(bill(days, *lines, on(day, amount, "EC2")), day, RULE)
        if each.service == "EC2"
    ]

    assert bool(one) == (amount > 3 * usual and amount > usual + 25)


@given(
    st.lists(
        st.builds(
            Line,
            st.sampled_from(list(WHOLE)),
            st.sampled_from([("EC2",), ("S3",), ("",)]),
            amounts,
            st.sampled_from(["Usage", "Credit", "Tax"]),
        )
    )
)
def test_whatever_a_bill_holds_a_spike_is_over_its_limit(lines):
    for spike in found(*lines):
        assert spike.amount > RULE.limit(spike.usual)
        assert spike.more > 0
        assert spike.since <= spike.day


def test_a_fee_among_an_accounts_services_is_judged_where_it_can_be_told():
    """By two dimensions AWS gives no record types: the 1st's fee looks like use there."""
    ids = ("service", "account")
    fee, used = on(MONDAY, 9000, "EC2", record="RIFee"), steady(WHOLE, 10, "EC2")
    whole = bill(WHOLE, *used, fee, *steady(PAST, 1, "S3"), on(MONDAY, 90, "S3"))
    parts = bill(
        WHOLE,
        *steady(PAST, 10, "EC2", "1"),
        on(MONDAY, 9010, "EC2", "1"),
        *steady(PAST, 1, "S3", "2"),
        on(MONDAY, 90, "S3", "2"),
        by=ids,
    )
    both = by_account(whole, parts, MONDAY, RULE)

    assert [(each.account, each.service) for each in both] == [("2", "S3")]
    assert [each.account for each in by_account(bill(WHOLE), parts, MONDAY, RULE)] == ["1", "2"]


def test_the_one_account_there_is_has_all_of_it():
    (spike,) = spikes(owned(bill(WHOLE, *steady(PAST, 10, "EC2"), on(MONDAY, 400, "EC2")), "1"), MONDAY, RULE)

    assert spike.account == "1"


@settings(max_examples=30)
@given(st.integers(0, 6), st.decimals(0, 100, places=2), st.integers(4, 50))
def test_a_service_that_costs_more_from_now_on_is_told_of_once(weekday, usual, times):
    """After a week or so it is usual for workdays, while no weekend knows it."""
    step = MONDAY + weekday * DAY
    days = Days(step - 60 * DAY, step + 40 * DAY)
    dear = max(usual * times, Decimal(100))
    lines = [*steady(Days(days.start, step), usual, "EC2"), *steady(Days(step, days.end), dear, "EC2")]
    lines += steady(days, 1, "S3")
    every = [spike for day in Days(step, days.end) for spike in spikes(bill(days, *lines), day, RULE)]

    assert {spike.since for spike in every} == {step}


def test_a_weekend_that_costs_what_workdays_do_is_a_spike_of_its_own():
    saturday = MONDAY - 2 * DAY
    lines = [on(day, 500 if day.weekday() < 5 or day == saturday else 5, "EC2") for day in PAST]
    (spike,) = found(*lines, day=saturday)

    assert (spike.since, spike.more) == (saturday, 495)
