"""EstimatedCharges: the month to date by CloudWatch, which begins again on the 1st, for the payer, in one region."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import month_of
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.incident.spend import monthly
from tests.embedded.aws.bills import NOW, asked_of, by, days, refused, serving, usd
from tests.embedded.moments import MOMENTS

CENT, HOUR, DAY = Decimal("0.01"), timedelta(hours=1), timedelta(days=1)
BILLED = {"Namespace": "AWS/Billing", "MetricName": "EstimatedCharges"}


@pytest.fixture(scope="module")
def bills():
    with serving() as made:
        yield made


@pytest.fixture
def cloudwatch(bills):
    bills.at(NOW)
    return bills.client("cloudwatch")


def dimensions(**named):
    return [{"Name": name, "Value": value} for name, value in {"Currency": "USD", **named}.items()]


def points(cloudwatch, start, end, period=3600, statistic="Maximum", **named):
    told = cloudwatch.get_metric_statistics(
        **BILLED,
        Dimensions=dimensions(**named),
        StartTime=start,
        EndTime=end,
        Period=period,
        Statistics=[statistic],
    )
    return {each["Timestamp"]: Decimal(str(each[statistic])) for each in told["Datapoints"]}


def newest(cloudwatch, now, **named):
    found = points(cloudwatch, now - 7 * HOUR, now + HOUR, **named)
    return found[max(found)] if found else None


@given(now=MOMENTS, hours=st.integers(0, 200))
def test_the_estimate_is_cost_explorers_month_to_date(bills, now, hours):
    bills.at(now)
    bills.now += timedelta(hours=hours)
    today = bills.now.date()
    as_of = bills.aws.billing.as_of()
    month = monthly(as_of.date())
    cloudwatch, ce = bills.client("cloudwatch"), bills.client("ce")
    (told,) = asked_of(
        ce, TimePeriod=days(month, min(today + DAY, month_of(month).end)), Granularity="MONTHLY", Metrics=["UnblendedCost"], GroupBy=by("LINKED_ACCOUNT")
    )  # fmt: skip

    by_account = {each["Keys"][0]: usd(each["Metrics"]) for each in told["Groups"]}
    assert abs(newest(cloudwatch, bills.now) - sum(by_account.values())) <= CENT / 2
    for account_id, cost in by_account.items():
        assert abs(newest(cloudwatch, bills.now, LinkedAccount=account_id) - cost) <= CENT / 2


def test_services_go_by_other_names_and_traffic_is_one_of_them(bills, cloudwatch):
    (told,) = bills.client("ce").get_cost_and_usage(
        TimePeriod=days("2026-09-01", "2026-09-09"), Granularity="MONTHLY", Metrics=["UnblendedCost"], GroupBy=by("SERVICE", "USAGE_TYPE")
    )["ResultsByTime"]  # fmt: skip
    ec2 = ("Amazon Elastic Compute Cloud - Compute", "EC2 - Other")
    cost = {tuple(each["Keys"]): usd(each["Metrics"]) for each in told["Groups"]}

    traffic = sum(
        v for (service, usage), v in cost.items() if "DataTransfer" in usage and "Front" not in service
    )
    machines = sum(
        v for (service, usage), v in cost.items() if service in ec2 and "DataTransfer" not in usage
    )
    assert abs(newest(cloudwatch, NOW, ServiceName="AWSDataTransfer") - traffic) <= CENT / 2
    assert abs(newest(cloudwatch, NOW, ServiceName="AmazonEC2") - machines) <= CENT / 2
    assert newest(cloudwatch, NOW, ServiceName="EC2 - Other") is None


def test_the_services_are_the_whole_but_for_taxes(bills, cloudwatch):
    named = [
        {each["Name"]: each["Value"] for each in metric["Dimensions"]}
        for metric in cloudwatch.list_metrics(**BILLED)["Metrics"]
    ]
    services = [
        each["ServiceName"] for each in named if "ServiceName" in each and "LinkedAccount" not in each
    ]
    parts = sum(newest(cloudwatch, NOW, ServiceName=each) for each in services)

    taxes = Decimal("71.37") + Decimal("13.18")
    assert abs(newest(cloudwatch, NOW) - parts - taxes) <= CENT * len(services)


def test_all_four_kinds_of_series_are_listed(cloudwatch):
    metrics = cloudwatch.list_metrics(**BILLED)["Metrics"]
    kinds = {tuple(each["Name"] for each in metric["Dimensions"]) for metric in metrics}

    assert kinds == {
        ("Currency",),
        ("Currency", "ServiceName"),
        ("Currency", "LinkedAccount"),
        ("Currency", "ServiceName", "LinkedAccount"),
    }
    assert cloudwatch.list_metrics(Namespace="AWS/EC2")["Metrics"] == []
    s3 = cloudwatch.list_metrics(**BILLED, Dimensions=[{"Name": "ServiceName", "Value": "AmazonS3"}])[
        "Metrics"
    ]
    assert len(s3) == 3
    accounts = cloudwatch.list_metrics(**BILLED, Dimensions=[{"Name": "LinkedAccount"}])["Metrics"]
    assert 0 < len(accounts) < len(metrics)


@pytest.mark.parametrize("first", [datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])  # fmt: skip
def test_a_month_begins_again_and_only_grows_but_for_credits(cloudwatch, first):
    found = points(cloudwatch, first - 3 * DAY, first + 20 * HOUR)
    before = [value for at, value in sorted(found.items()) if at < first]
    after = [value for at, value in sorted(found.items()) if at >= first]

    assert before == sorted(before)
    assert after == sorted(after)
    assert before[-1] > 900
    assert after[0] < 200
    assert {b - a for a, b in zip(sorted(found), sorted(found)[1:], strict=False)} == {6 * HOUR}


@pytest.mark.parametrize("named", [{"ServiceName": "Nobody"}, {"LinkedAccount": "1"}])
def test_dimensions_must_be_a_series_own(cloudwatch, named):
    assert newest(cloudwatch, NOW, **named) is None
    asked = {**BILLED, "StartTime": NOW - DAY, "EndTime": NOW, "Period": 3600, "Statistics": ["Maximum"]}
    assert cloudwatch.get_metric_statistics(**asked)["Datapoints"] == []
    assert cloudwatch.get_metric_statistics(**asked, Dimensions=dimensions(Region="x"))["Datapoints"] == []


def test_only_the_payer_has_them_in_one_region_and_once_they_are_switched_on(bills, cloudwatch):
    elsewhere = bills.aws.client("cloudwatch", PROD, HOME)
    member = bills.client("cloudwatch", STAGING)
    assert [newest(each, NOW) for each in (elsewhere, member)] == [None, None]
    assert elsewhere.list_metrics(**BILLED)["Metrics"] == member.list_metrics(**BILLED)["Metrics"] == []

    bills.aws.billing.estimates_since = None
    assert newest(cloudwatch, NOW) is None
    assert cloudwatch.list_metrics(**BILLED)["Metrics"] == []
    bills.aws.billing.estimates_since = NOW - 7 * HOUR
    assert len(points(cloudwatch, NOW - 5 * DAY, NOW + HOUR)) == 2


def test_points_come_in_no_order_and_statistics_are_what_they_say(cloudwatch):
    asked = {
        **BILLED,
        "Dimensions": dimensions(),
        "Period": 86400,
        "StartTime": NOW - 9 * DAY,
        "EndTime": NOW,
    }
    names = ["Maximum", "Minimum", "Average", "Sum", "SampleCount"]
    told = cloudwatch.get_metric_statistics(**asked, Statistics=names)["Datapoints"]

    at = [each["Timestamp"] for each in told]
    assert at != sorted(at)
    for each in told:
        assert each["Minimum"] <= each["Average"] <= each["Maximum"]
        assert (each["SampleCount"], each["Unit"]) == (4.0, "None")
        assert each["Sum"] == pytest.approx(4 * each["Average"])


def test_several_series_come_in_one_answer_and_in_pages(cloudwatch):
    queries = [
        {"Id": name, "MetricStat": {"Metric": {**BILLED, "Dimensions": dimensions(**named)}, "Period": 3600, "Stat": "Maximum"}}
        for name, named in (("all", {}), ("s3", {"ServiceName": "AmazonS3"}))
    ]  # fmt: skip
    asked = {"MetricDataQueries": queries, "StartTime": NOW - 2 * DAY, "EndTime": NOW}
    everything, s3 = cloudwatch.get_metric_data(**asked)["MetricDataResults"]
    paged = list(cloudwatch.get_paginator("get_metric_data").paginate(**asked, MaxDatapoints=3))

    assert dict(zip(everything["Timestamps"], map(str, everything["Values"]), strict=True)) == {
        at: str(float(value)) for at, value in points(cloudwatch, NOW - 2 * DAY, NOW).items()
    }
    assert (everything["StatusCode"], s3["Id"], s3["Label"]) == ("Complete", "s3", "EstimatedCharges")
    assert everything["Timestamps"] == sorted(everything["Timestamps"], reverse=True)
    assert [at for page in paged for at in page["MetricDataResults"][1]["Timestamps"]] == s3["Timestamps"]
    oldest = cloudwatch.get_metric_data(**asked, ScanBy="TimestampAscending")["MetricDataResults"][0]
    assert oldest["Values"] == everything["Values"][::-1]


def test_what_cloudwatch_refuses_is_refused(cloudwatch):
    asked = {**BILLED, "StartTime": NOW - DAY, "EndTime": NOW, "Period": 3600, "Statistics": ["Maximum"]}
    long_ago = NOW - 100 * DAY

    assert refused(cloudwatch.get_metric_statistics, **asked | {"EndTime": NOW - DAY})[0] == "ValidationError"
    assert refused(cloudwatch.get_metric_statistics, **asked | {"Period": 90})[0] == "InvalidParameterValue"
    assert (
        refused(cloudwatch.get_metric_statistics, **asked | {"StartTime": long_ago})[0]
        == "InvalidParameterCombination"
    )
    query = {"Id": "a", "Expression": "SEARCH('x', 'Maximum')"}
    data = {"MetricDataQueries": [query], "StartTime": NOW - DAY, "EndTime": NOW}
    assert refused(cloudwatch.get_metric_data, **data)[0] == "ValidationError"
