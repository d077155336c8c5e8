"""GetCostForecast: the days still to come, today whole, and no word on a month's last day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from bot.core.billing.days import month_of
from tests.embedded.aws.bills import NOW, days, refused, serving
from tests.embedded.moments import EDGES, MOMENTS

DAY, CENT = timedelta(days=1), Decimal("0.01")
REST = {"TimePeriod": days("2026-09-08", "2026-10-01"), "Metric": "UNBLENDED_COST"}


@pytest.fixture(scope="module")
def bills():
    with serving() as made:
        yield made


@pytest.fixture
def ce(bills):
    bills.at(NOW)
    return bills.client("ce")


@given(now=MOMENTS)
def test_the_days_add_up_to_the_total_and_lie_within_their_bounds(bills, now):
    bills.at(now)
    today, end = now.date(), month_of(now.date()).end
    if today + DAY == end:
        end += 20 * DAY
    told = bills.client("ce").get_cost_forecast(
        TimePeriod=days(today, end), Metric="UNBLENDED_COST", Granularity="DAILY", PredictionIntervalLevel=80
    )

    each = told["ForecastResultsByTime"]
    assert [one["TimePeriod"] for one in each] == [
        days(today + n * DAY, today + (n + 1) * DAY) for n in range((end - today).days)
    ]
    means = [Decimal(one["MeanValue"]) for one in each]
    assert abs(sum(means) - Decimal(told["Total"]["Amount"])) < CENT
    for one, mean in zip(each, means, strict=True):
        low, high = (Decimal(one[f"PredictionInterval{name}Bound"]) for name in ("Lower", "Upper"))
        assert low < mean < high


def test_a_month_is_the_sum_of_its_days(ce):
    by_day = ce.get_cost_forecast(**REST, Granularity="DAILY")
    by_month = ce.get_cost_forecast(**REST, Granularity="MONTHLY")

    assert by_month["Total"] == by_day["Total"]
    (month,) = by_month["ForecastResultsByTime"]
    assert month == {"TimePeriod": REST["TimePeriod"], "MeanValue": by_day["Total"]["Amount"]}


def test_weekends_are_expected_to_be_cheaper(ce):
    told = ce.get_cost_forecast(**REST, Granularity="DAILY")["ForecastResultsByTime"]
    mean = {date.fromisoformat(one["TimePeriod"]["Start"]): Decimal(one["MeanValue"]) for one in told}

    assert mean[date(2026, 9, 13)] < mean[date(2026, 9, 14)]


def test_a_wider_interval_is_surer(ce):
    def width(level):
        asked = {**REST, "Granularity": "MONTHLY", "PredictionIntervalLevel": level}
        (one,) = ce.get_cost_forecast(**asked)["ForecastResultsByTime"]
        return Decimal(one["PredictionIntervalUpperBound"]) - Decimal(one["PredictionIntervalLowerBound"])

    assert width(51) < width(80) < width(99)


@pytest.mark.parametrize("now", [each for each in EDGES if (each + DAY).day == 1])
def test_on_the_last_day_of_a_month_there_is_no_forecast_of_it(bills, now):
    bills.at(now)
    period = days(now.date(), month_of(now.date()).end)
    code, _ = refused(
        bills.client("ce").get_cost_forecast,
        TimePeriod=period,
        Metric="UNBLENDED_COST",
        Granularity="MONTHLY",
    )

    assert code == "DataUnavailableException"


def test_a_new_account_has_no_forecast(bills, ce):
    bills.aws.billing.spend = None
    assert refused(ce.get_cost_forecast, **REST, Granularity="DAILY")[0] == "DataUnavailableException"


@pytest.mark.parametrize(
    "asked",
    [
        {"TimePeriod": days("2026-09-07", "2026-10-01")},
        {"TimePeriod": days("2026-09-09", "2026-10-01")},
        {"TimePeriod": days("2026-09-08", "2026-09-08")},
        {"TimePeriod": days("2026-09-08", "2027-01-01")},
        {"Metric": "USAGE_QUANTITY"},
        {"PredictionIntervalLevel": 100},
    ],
)
def test_what_can_not_be_forecast_is_refused(ce, asked):
    code, _ = refused(ce.get_cost_forecast, **{**REST, "Granularity": "DAILY", **asked})

    assert code == "ValidationException"


def test_a_filter_narrows_it(ce):
    ec2 = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon Elastic Compute Cloud - Compute"]}}
    whole, part = (
        Decimal(ce.get_cost_forecast(**REST, Granularity="DAILY", **more)["Total"]["Amount"])
        for more in ({}, {"Filter": ec2})
    )

    assert 0 < part < whole


def test_the_first_of_a_month_is_forecast_with_its_end(bills):
    bills.at(datetime(2026, 9, 1, 0, 0, 1, tzinfo=UTC))
    told = bills.client("ce").get_cost_forecast(
        TimePeriod=days("2026-09-01", "2026-10-01"), Metric="UNBLENDED_COST", Granularity="MONTHLY"
    )

    assert 600 < Decimal(told["Total"]["Amount"]) < 1200
