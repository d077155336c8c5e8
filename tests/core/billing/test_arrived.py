"""A day without figures, and a day that cost nothing, are told apart."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.billing.arrived import arrived
from bot.core.billing.days import Days
from tests.core.billing.bill import DAY, bill, on, steady

TODAY = date(2026, 9, 8)
DAYS = Days(date(2026, 8, 1), TODAY + DAY)
PAST = Days(DAYS.start, TODAY - DAY)


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_a_late_day_without_a_charge_has_no_figures_yet(day):
    assert not arrived(bill(DAYS, *steady(PAST, 1, "EC2")), day, TODAY)
    assert not arrived(bill(DAYS, *steady(PAST, 1, "EC2"), on(day, -5, "EC2", record="Credit")), day, TODAY)
    assert arrived(bill(DAYS, *steady(PAST, 1, "EC2"), on(day, 1, "S3")), day, TODAY)


def test_a_day_long_over_or_where_nothing_is_ever_charged_cost_nothing():
    gap = [line for line in steady(PAST, 1, "EC2") if line.day != TODAY - 3 * DAY]

    assert arrived(bill(DAYS, *gap), TODAY - 3 * DAY, TODAY)
    assert arrived(bill(DAYS), TODAY, TODAY)


def test_a_day_without_an_estimate_is_in_the_next_ones_however_long_ago():
    gap = [line for line in steady(PAST, 1, "EC2") if line.day != TODAY - 9 * DAY]

    assert not arrived(replace(bill(DAYS, *gap), source="cloudwatch"), TODAY - 9 * DAY, TODAY)
    assert arrived(replace(bill(DAYS, *gap), source="cloudwatch"), TODAY - 8 * DAY, TODAY)


def test_days_that_the_figures_do_not_reach_have_none():
    old = bill(Days(DAYS.start, TODAY - 3 * DAY), *steady(Days(DAYS.start, TODAY - 3 * DAY), 1, "EC2"))

    assert not arrived(old, TODAY - 3 * DAY, TODAY)
