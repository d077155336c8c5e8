"""What Acme spends: like a company that grows, the same on every machine, and the thief's machines on top."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import month_before, month_of
from bot.embedded.incident import Incident
from bot.embedded.incident.spend import REFRESH, USD_AN_HOUR, Spend, compute, debugged, spend_of
from tests.embedded.moments import MOMENTS

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INCIDENT = Incident(1, NOW)
SPEND = spend_of(INCIDENT)
DAY, TOKYO = timedelta(days=1), "ap-northeast-1"


def total(charges):
    return sum((each.unblended for each in charges), Decimal(0))


def month(of, at=NOW):
    days = month_of(of)
    return list(SPEND.charges(days.start, days.end, at))


def test_a_whole_month_of_acme_costs_about_a_thousand_dollars():
    august = month(date(2026, 8, 1))
    by_account = defaultdict(Decimal)
    for each in august:
        by_account[each.account_id] += each.unblended

    assert 900 < by_account[INCIDENT.prod.id] < 1300
    assert 100 < by_account[INCIDENT.staging.id] < 200
    assert len({each.service for each in august}) >= 15


def test_every_kind_of_line_is_on_the_bill():
    year = list(SPEND.charges(date(2025, 9, 1), date(2026, 9, 1), NOW))

    assert {each.record for each in year} == {
        "Usage", "Tax", "Fee", "Credit", "Refund",
        "SavingsPlanRecurringFee", "SavingsPlanCoveredUsage", "SavingsPlanNegation",
    }  # fmt: skip
    assert {each.region for each in year} == {"eu-west-1", "us-east-1", "global", "NoRegion"}
    assert None in {each.team for each in year}
    assert any(each.unblended < 0 for each in year)


def test_nothing_was_ever_spent_in_tokyo_before_the_machines_start():
    before = INCIDENT.times.instances_started
    spent = [
        each for each in SPEND.charges(SPEND.first_day, NOW.date() + DAY, before) if each.region == TOKYO
    ]

    assert spent == []


def test_the_machines_cost_what_they_cost_an_hour_and_nobody_stops_them():
    later = NOW + timedelta(days=3)
    machines = [
        each
        for each in SPEND.charges(SPEND.first_day, later.date() + DAY, later)
        if each.usage_type == "APN1-BoxUsage:g5.12xlarge"
    ]

    hours = Decimal((later - INCIDENT.times.instances_started) // timedelta(seconds=1)) / 3600
    assert (
        round(total(machines), 6) == round(2 * USD_AN_HOUR * hours, 6) == round(compute(INCIDENT, later), 6)
    )
    assert {each.account_id for each in machines} == {INCIDENT.prod.id}


def test_weekends_are_cheaper_and_the_first_is_dearer():
    friday, sunday, first = date(2026, 8, 21), date(2026, 8, 23), date(2026, 8, 1)
    cost = {day: total(SPEND.of_day(day, NOW)) for day in (friday, sunday, first)}

    assert cost[sunday] < cost[friday] * Decimal("0.9") < cost[first]


def test_a_year_ago_less_was_spent():
    assert total(month(date(2025, 8, 1))) < total(month(date(2026, 8, 1)))


def test_a_day_of_debug_logs_stands_out():
    day = debugged(INCIDENT)
    logs = {
        each: total(c for c in SPEND.of_day(each, NOW) if c.service == "AmazonCloudWatch")
        for each in (day, day - DAY)
    }

    assert logs[day] > 5 * logs[day - DAY]


def test_a_savings_plan_costs_the_same_however_it_is_counted():
    august = month(date(2026, 8, 1))

    assert total(august) == sum(each.amortized for each in august)
    assert any(each.amortized != each.unblended for each in august)


def test_the_same_seed_gives_the_same_bill_and_another_another():
    day = date(2026, 8, 20)
    assert Spend(INCIDENT).of_day(day, NOW) == SPEND.of_day(day, NOW)
    assert Spend(Incident(2, NOW)).of_day(day, NOW) != SPEND.of_day(day, NOW)


@given(now=MOMENTS)
def test_a_month_to_date_is_the_sum_of_its_days_and_begins_again_on_the_first(now):
    spend = Spend(Incident(1, now))
    now = spend.incident.now
    days = month_of(now.date())
    by_day = [total(spend.of_day(day, now)) for day in days]

    assert spend.month_to_date(now) == sum(by_day)
    assert sum(by_day[now.day :]) == 0
    midnight = datetime(days.start.year, days.start.month, 1, tzinfo=UTC)
    assert spend.month_to_date(midnight) == Decimal("29.0") + Decimal("71.37") + Decimal("13.18") + 2
    assert spend.month_to_date(midnight - timedelta(seconds=1)) > 900


@given(now=MOMENTS, ago=st.integers(0, 400))
def test_a_day_only_grows_until_it_is_over(now, ago):
    spend = Spend(Incident(1, now))
    at = now - timedelta(hours=ago)
    early, late = spend.of_day(at.date(), at), spend.of_day(at.date(), at + timedelta(minutes=30))

    flows = {each: value for each, value in zip(early, late, strict=False) if each.unblended > 0}
    assert all(each.unblended <= value.unblended for each, value in flows.items())
    assert spend.of_day(at.date() + 2 * DAY, at) == ()


@given(now=MOMENTS, hours=st.floats(-2000, 2000))
def test_billing_is_as_old_as_the_last_refresh(now, hours):
    spend = Spend(Incident(1, now))
    at = now + timedelta(hours=hours)

    assert timedelta(0) <= at - spend.refreshed(at) < REFRESH
    assert spend.refreshed(spend.refreshed(at)) == spend.refreshed(at)
    assert spend.refreshed(spend.incident.now) == spend.incident.now


@pytest.mark.parametrize("now", [NOW, datetime(2026, 1, 31, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)])
def test_fourteen_months_before_this_one_are_there_and_no_day_more(now):
    spend = Spend(Incident(1, now))
    first = now.date()
    for _ in range(14):
        first = month_before(first).start

    assert spend.first_day == first
    assert spend.of_day(first, now)
    assert spend.of_day(first - DAY, now) == ()
