"""Alarms on the bill: exceeded already, or not yet; and what is over with the month."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.embedded.aws.bills import NOW, serving

ALARM = {
    "AlarmName": "bill",
    "Namespace": "AWS/Billing",
    "MetricName": "EstimatedCharges",
    "Dimensions": [{"Name": "Currency", "Value": "USD"}],
    "Statistic": "Maximum",
    "Period": 21600,
    "EvaluationPeriods": 1,
    "ComparisonOperator": "GreaterThanThreshold",
    "Threshold": 10.0,
    "AlarmActions": ["arn:aws:sns:us-east-1:111122223333:bills"],
}


@pytest.fixture
def bills():
    with serving() as made:
        made.at(NOW)
        yield made


def state(bills, **more):
    cloudwatch = bills.client("cloudwatch")
    cloudwatch.put_metric_alarm(**ALARM | more)
    (told,) = cloudwatch.describe_alarms(AlarmNames=["bill"])["MetricAlarms"]
    return told["StateValue"], told["StateReason"]


def test_one_that_is_made_above_its_threshold_goes_off_at_once(bills):
    value, reason = state(bills)

    assert value == "ALARM"
    assert "was greater than the threshold (10.0)" in reason


def test_one_below_it_is_ok(bills):
    assert state(bills, Threshold=5000.0)[0] == "OK"


@pytest.mark.parametrize(
    "more", [{"Dimensions": []}, {"Namespace": "AWS/EC2", "MetricName": "CPUUtilization"}]
)
def test_one_without_points_has_insufficient_data(bills, more):
    assert state(bills, **more)[0] == "INSUFFICIENT_DATA"


def test_acmes_alarm_is_on_and_goes_off_with_the_month(bills):
    cloudwatch = bills.client("cloudwatch")
    (told,) = cloudwatch.describe_alarms(AlarmNamePrefix="monthly")["MetricAlarms"]
    bills.now = datetime(2026, 10, 1, 1, tzinfo=UTC)
    (later,) = cloudwatch.describe_alarms(AlarmNames=["monthly-bill"])["MetricAlarms"]

    assert (told["StateValue"], told["StateUpdatedTimestamp"]) == ("ALARM", NOW)
    assert (later["StateValue"], later["StateUpdatedTimestamp"]) == ("OK", bills.now)


def test_alarms_are_found_by_name_state_and_action_and_come_in_pages(bills):
    cloudwatch = bills.client("cloudwatch")
    for n in range(3):
        cloudwatch.put_metric_alarm(**ALARM | {"AlarmName": f"quiet-{n}", "Threshold": 9000.0})

    def names(**asked):
        pages = cloudwatch.get_paginator("describe_alarms").paginate(**asked)
        return [each["AlarmName"] for page in pages for each in page["MetricAlarms"]]

    assert names(StateValue="OK") == ["quiet-0", "quiet-1", "quiet-2"]
    assert names(StateValue="ALARM") == ["monthly-bill"]
    assert names(PaginationConfig={"PageSize": 1}) == ["monthly-bill", "quiet-0", "quiet-1", "quiet-2"]
    assert names(ActionPrefix="arn:aws:sns:us-east-1:111122223333:bills", AlarmNamePrefix="quiet-1") == [
        "quiet-1"
    ]


def test_an_alarm_of_another_time_is_judged_by_its_own_points(bills):
    bills.now = NOW + timedelta(days=2)

    assert "10/09/26" in state(bills)[1]
