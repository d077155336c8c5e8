"""The forecast covers what is left of the month; anomalies come with their causes, the costliest first."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from bot.adapters.aws.cost_explorer import CostExplorer
from bot.core.billing.costs import Cause, Expected
from bot.core.billing.days import Days
from bot.errors import NotConfigured, Upstream
from tests.adapters.aws.cost_stubs import NOW, StubbedCe

D = Decimal
NINETY = Days(date(2026, 6, 11), date(2026, 9, 9))


@pytest.fixture
def ce():
    return StubbedCe()


@pytest.fixture
def explorer(ce):
    return CostExplorer(lambda: ce.client, ce.book, now=lambda: NOW)


def expected(start, mean, *bounds):
    low_high = dict(
        zip(("PredictionIntervalLowerBound", "PredictionIntervalUpperBound"), bounds, strict=False)
    )
    return {"TimePeriod": {"Start": start, "End": start}, "MeanValue": mean, **low_high}


def forecast(*days):
    return {"Total": {"Amount": "0", "Unit": "EUR"}, "ForecastResultsByTime": list(days)}


def anomaly(name, impact, **more):
    return {
        "AnomalyId": name,
        "AnomalyStartDate": "2026-09-06T00:00:00Z",
        "AnomalyScore": {"MaxScore": 0.9, "CurrentScore": 0.4},
        "Impact": {"MaxImpact": impact, "TotalImpact": impact},
        "MonitorArn": "arn:aws:ce::111122223333:anomalymonitor/1",
        **more,
    }


def test_the_forecast_begins_today_and_ends_with_the_month(ce, explorer):
    ce.answers(
        "get_cost_forecast",
        forecast(expected("2026-09-29", "10.5", "9", "12"), expected("2026-09-30", "11", "8", "14")),
    )

    found = explorer.forecast(date(2026, 9, 29))

    assert (found.total, found.low, found.high, found.currency) == (D("21.5"), D(17), D(26), "EUR")
    assert found.expected[0] == Expected(date(2026, 9, 29), D("10.5"), D(9), D(12))
    assert (found.naive, found.requests) == (False, 1)
    assert ce.asked[0]["Filter"] == {
        "Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit", "Refund"]}}
    }
    (asked,) = ce.asked
    assert asked["TimePeriod"] == {"Start": "2026-09-29", "End": "2026-10-01"}
    assert (asked["Metric"], asked["Granularity"], asked["PredictionIntervalLevel"]) == (
        "UNBLENDED_COST",
        "DAILY",
        80,
    )


@pytest.mark.parametrize(
    ("operation", "ask"),
    [
        ("get_cost_and_usage", lambda explorer: explorer.costs(NINETY, ("service",))),
        ("get_cost_forecast", lambda explorer: explorer.forecast(date(2026, 9, 29))),
        ("get_anomalies", lambda explorer: explorer.anomalies(NINETY)),
    ],
)
def test_an_answer_that_holds_nothing_is_none(operation, ask):
    """A proxy's page, or another service behind the address, must not look like a bill of nothing."""
    client = SimpleNamespace(**{operation: lambda **_: {}})
    explorer = CostExplorer(lambda: client, lambda: None, now=lambda: NOW)

    with pytest.raises(Upstream, match="in a form that I don't know"):
        ask(explorer)


def test_on_the_last_day_start_and_end_are_never_the_same(ce, explorer):
    ce.answers("get_cost_forecast", forecast(expected("2024-02-29", "1")))

    found = explorer.forecast(date(2024, 2, 29))

    assert ce.asked[0]["TimePeriod"] == {"Start": "2024-02-29", "End": "2024-03-01"}
    assert (found.total, found.low, found.high) == (D(1), None, None)


def test_a_new_account_has_no_forecast(ce, explorer):
    ce.refuses("get_cost_forecast", "DataUnavailableException", "Insufficient amount of historical data")

    with pytest.raises(NotConfigured) as refused:
        explorer.forecast(date(2026, 9, 29))

    assert "forecast" in refused.value.message


def test_anomalies_come_costliest_first_with_exact_amounts_and_causes(ce, explorer):
    cause = {"Service": "AWS CloudTrail", "Region": "eu-west-1", "Impact": {"Contribution": 900.1}}
    ce.answers(
        "get_anomalies",
        {"Anomalies": [anomaly("small", 0.1)], "NextPageToken": "t"},
        {
            "Anomalies": [
                anomaly("big", 1001.37, RootCauses=[cause, {}], AnomalyEndDate="2026-09-07", Feedback="NO")
            ]
        },
    )
    ce.answers("get_anomaly_monitors", {"AnomalyMonitors": []})

    found = explorer.anomalies(NINETY)

    big, small = found.found
    assert (big.id, big.impact, big.end, big.feedback) == ("big", D("1001.37"), date(2026, 9, 7), "NO")
    assert (small.impact, small.end, small.actual) == (D("0.1"), None, None)
    assert big.causes[0] == Cause("AWS CloudTrail", "eu-west-1", contribution=D("900.1"))
    assert big.causes[1].contribution is None
    assert (found.monitors, found.requests, ce.booked) == (0, 3, 3)
    assert ce.asked[0]["DateInterval"] == {"StartDate": "2026-06-11", "EndDate": "2026-09-08"}


def test_how_many_monitors_there_are_may_be_unknown(ce, explorer):
    ce.answers("get_anomalies", {"Anomalies": [anomaly("a", 1.0)]})
    ce.refuses("get_anomaly_monitors", "AccessDeniedException")

    found = explorer.anomalies(NINETY)

    assert (len(found.found), found.monitors) == (1, None)
    assert "ce:GetAnomalyMonitors" in found.caveats[0].message
