"""The whole way: the bill that AWS's stand-in serves, through both sources."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.adapters.aws.billing_checks import budgets, estimates
from bot.adapters.aws.session import make_session
from bot.app.bills import aws_bills
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import by_key, charged, given_back
from bot.embedded.aws import PROD
from bot.settings_parts import Billing
from tests.embedded.aws.bills import NOW, serving
from tests.fakes import FakeStore

D = Decimal
AUG = Days(date(2026, 8, 1), date(2026, 9, 1))
SEP = Days(date(2026, 9, 1), date(2026, 9, 9))


@pytest.fixture(scope="module")
def served():
    with serving() as bills:
        yield bills


@pytest.fixture
def session(served, environment):
    for name, value in served.aws.environment().items():
        environment.setenv(name, value)
    environment.delenv("AWS_DEFAULT_REGION", raising=False)
    served.at(NOW)
    return make_session()


@pytest.fixture
def bills(served, session):
    store = FakeStore()
    return aws_bills(Billing(), lambda: session, lambda: PROD.id, lambda: store, lambda: served.now)


def ask(bills, days, *by, **more):
    return bills.costs(days, by, lambda _: None, **more)


@pytest.mark.parametrize("by", ["service", "account", "region", "usage-type", "tag:team"])
def test_however_a_bill_is_split_it_comes_to_the_same_to_the_last_digit(bills, by):
    whole, parts = ask(bills, AUG, "service"), ask(bills, AUG, by)

    assert charged(parts, AUG) == charged(whole, AUG) > 0
    assert given_back(parts, AUG) == given_back(whole, AUG)
    assert sum(by_key(parts, AUG).values()) == charged(parts, AUG)


def test_two_dimensions_come_to_the_same_without_what_was_given_back(bills):
    both = ask(bills, AUG, "region", "usage-type")

    assert charged(both, AUG) == charged(ask(bills, AUG, "service"), AUG)
    assert given_back(both, AUG) == {}


def test_one_service_comes_to_its_line(bills):
    services = by_key(ask(bills, AUG, "service"), AUG)
    name, amount = next(iter(services.items()))

    assert charged(ask(bills, AUG, "region", "usage-type", service=name), AUG) == amount


def test_estimates_add_up_to_what_was_charged_and_given_back(bills):
    estimated, exact = ask(bills, AUG, "service", free=True), ask(bills, AUG, "service")

    assert (estimated.source, estimated.requests) == ("cloudwatch", 0)
    there = charged(exact, AUG) + sum(given_back(exact, AUG).values())
    # The last estimate of a month is some hours old when the next begins.
    last_day = charged(exact, Days(date(2026, 8, 31), AUG.end))
    assert there - last_day <= charged(estimated, AUG) <= there + D("0.01")


def test_accounts_are_told_apart_by_both(bills):
    estimated, exact = ask(bills, AUG, "account", free=True), ask(bills, AUG, "account")

    assert set(by_key(estimated, AUG)) >= set(by_key(exact, AUG))
    assert all(exact.names[key] for key in by_key(exact, AUG))


def test_the_rest_of_the_month_is_forecast_within_its_bounds(bills):
    found = bills.forecast(date(2026, 9, 8))

    assert not found.naive
    assert [each.day for each in found.expected] == list(Days(date(2026, 9, 8), date(2026, 10, 1)))
    assert found.low < found.total < found.high


def test_on_the_last_day_of_a_month_the_forecast_is_simple_arithmetic(served, bills):
    served.at(datetime(2026, 9, 30, 12, tzinfo=UTC))

    found = bills.forecast(date(2026, 9, 30))

    assert found.naive
    assert [each.day for each in found.expected] == [date(2026, 9, 30)]


def test_anomalies_and_their_monitors_are_found(bills):
    found = bills.anomalies(Days(date(2026, 8, 9), SEP.end))

    assert found.monitors >= 1
    assert [each.impact for each in found.found] == sorted(
        (each.impact for each in found.found), reverse=True
    )


def test_on_the_1st_the_month_is_one_day(served, bills):
    served.at(datetime(2026, 9, 1, 9, tzinfo=UTC))
    first = Days(date(2026, 9, 1), date(2026, 9, 2))

    exact, estimated = ask(bills, first, "service"), ask(bills, first, "service", free=True)

    assert {line.day for line in (*exact.lines, *estimated.lines)} <= {first.start}
    assert exact.estimated_from == first.start


def test_every_paid_request_is_booked(served, bills):
    before = len(served.aws.billing.requests)

    ask(bills, Days(date(2026, 7, 20), SEP.end), "region", "usage-type")
    bills.anomalies(SEP)
    bills.forecast(date(2026, 9, 8))
    ask(bills, SEP, "region", "usage-type")

    made = len(served.aws.billing.requests) - before
    assert bills.asked().by_day == ((NOW.date(), made),)


def test_while_cost_explorer_is_not_on_the_estimates_do(served, bills):
    served.aws.billing.cost_explorer = "off"
    try:
        costs = ask(bills, SEP, "service")
    finally:
        served.aws.billing.cost_explorer = "on"

    assert costs.source == "cloudwatch"
    assert "not switched on" in costs.caveats[0].message


def test_the_doctor_sees_the_estimates_and_the_budget(session):
    assert estimates(session).state == "ok"
    assert budgets(session).message == "1 budget"


def test_a_day_of_metrics_costs_nothing(served, bills):
    before = len(served.aws.billing.requests)
    yesterday = Days(SEP.end - 2 * DAY, SEP.end)

    for _ in range(3):
        ask(bills, yesterday, "account", "service", free=True)

    assert len(served.aws.billing.requests) == before
