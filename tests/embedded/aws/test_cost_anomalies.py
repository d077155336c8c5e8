"""Cost Anomaly Detection: what was found, who looks for it, and who is told."""

from datetime import timedelta

import pytest

from bot.embedded.aws import STAGING
from bot.embedded.incident import Incident
from bot.embedded.incident.news import money
from tests.embedded.aws.bills import NOW, refused, serving

TOPIC = "arn:aws:sns:us-east-1:111122223333:bills"
LATELY = {"DateInterval": {"StartDate": "2026-07-01", "EndDate": "2026-09-08"}}
OWN = {"MonitorName": "tokyo", "MonitorType": "CUSTOM", "MonitorSpecification": {"Tags": {"Key": "team"}}}


@pytest.fixture
def bills():
    with serving() as made:
        yield made


@pytest.fixture
def ce(bills):
    return bills.client("ce")


def found(ce, **asked):
    return ce.get_anomalies(**{**LATELY, **asked})["Anomalies"]


def subscription(ce, **more):
    (monitor,) = ce.get_anomaly_monitors()["AnomalyMonitors"]
    return {
        "SubscriptionName": "mine",
        "MonitorArnList": [monitor["MonitorArn"]],
        "Subscribers": [{"Type": "SNS", "Address": TOPIC}],
        "Frequency": "IMMEDIATE",
        "Threshold": 50.0,
    } | more


def test_the_machines_are_found_as_the_story_tells_them(ce):
    machines, _ = found(ce)
    (told,) = money.anomaly(Incident(1, NOW), NOW, hours=3.3)
    detail = told.event["detail"]

    assert machines["AnomalyId"] == detail["anomalyId"]
    assert machines["MonitorArn"] == detail["monitorArn"]
    assert machines["DimensionValue"] == detail["dimensionalValue"]
    assert machines["Impact"]["TotalImpact"] == detail["impact"]["totalImpact"] == 54.05
    assert machines["RootCauses"][0]["UsageType"] == "APN1-BoxUsage:g5.12xlarge"
    assert machines["RootCauses"][0]["Region"] == "ap-northeast-1"


def test_what_goes_on_has_no_end_and_grows(bills, ce):
    before = found(ce)[0]
    bills.now = NOW + timedelta(hours=7)
    after = found(ce)[0]

    assert "AnomalyEndDate" not in before
    assert before["AnomalyId"] == after["AnomalyId"]
    assert after["Impact"]["TotalImpact"] == pytest.approx(54.05 + 6 * 2 * 8.19, abs=0.01)


def test_what_is_over_has_one(ce):
    _, logs = found(ce)

    assert (logs["AnomalyStartDate"], logs["AnomalyEndDate"]) == ("2026-07-29T00:00:00Z",) * 2
    assert logs["Impact"]["TotalActualSpend"] > logs["Impact"]["TotalImpact"] > 5


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"DateInterval": {"StartDate": "2026-08-01"}}, 1),
        ({"DateInterval": {"StartDate": "2026-07-29", "EndDate": "2026-07-29"}}, 1),
        ({"DateInterval": {"StartDate": "2026-08-01", "EndDate": "2026-08-31"}}, 0),
        ({"TotalImpact": {"NumericOperator": "GREATER_THAN", "StartValue": 50}}, 1),
        ({"TotalImpact": {"NumericOperator": "BETWEEN", "StartValue": 1, "EndValue": 50}}, 1),
        ({"Feedback": "YES"}, 0),
        ({"MonitorArn": "arn:aws:ce::111122223333:anomalymonitor/x"}, 0),
    ],
)
def test_anomalies_are_found_by_day_impact_monitor_and_feedback(ce, asked, count):
    assert len(found(ce, **asked)) == count


def test_anomalies_come_in_pages(ce):
    first = ce.get_anomalies(**LATELY, MaxResults=1)
    second = ce.get_anomalies(**LATELY, MaxResults=1, NextPageToken=first["NextPageToken"])

    assert first["Anomalies"] + second["Anomalies"] == found(ce)
    assert "NextPageToken" not in second


def test_feedback_is_kept(ce):
    machines, _ = found(ce)
    ce.provide_anomaly_feedback(AnomalyId=machines["AnomalyId"], Feedback="YES")

    assert [each["AnomalyId"] for each in found(ce, Feedback="YES")] == [machines["AnomalyId"]]
    assert refused(ce.provide_anomaly_feedback, AnomalyId="x", Feedback="YES")[0] == "ValidationException"


def test_no_more_than_ninety_days_are_kept(ce):
    asked = {"StartDate": "2026-06-09"}

    assert refused(ce.get_anomalies, DateInterval=asked)[0] == "ValidationException"


def test_where_nothing_looks_nothing_is_found(bills, ce):
    bills.aws.billing.monitors.clear()

    assert found(ce) == []
    assert ce.get_anomaly_monitors()["AnomalyMonitors"] == []


def test_anomalies_are_the_payers(bills):
    member = bills.client("ce", STAGING)

    assert found(member) == []
    assert member.get_anomaly_monitors()["AnomalyMonitors"] == []


def test_a_second_monitor_of_all_services_is_one_too_many(ce):
    asked = {"MonitorName": "again", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    code, words = refused(ce.create_anomaly_monitor, AnomalyMonitor=asked)

    assert (code, "dimensional" in words) == ("LimitExceededException", True)
    arn = ce.create_anomaly_monitor(AnomalyMonitor=OWN)["MonitorArn"]
    (made,) = ce.get_anomaly_monitors(MonitorArnList=[arn])["AnomalyMonitors"]
    assert (made["MonitorName"], made["CreationDate"]) == ("tokyo", "2026-09-08T12:00:00Z")


def test_a_subscription_is_told_at_once_by_a_topic(ce):
    arn = ce.create_anomaly_subscription(AnomalySubscription=subscription(ce))["SubscriptionArn"]
    (made,) = ce.get_anomaly_subscriptions(SubscriptionArnList=[arn])["AnomalySubscriptions"]

    assert made["Subscribers"] == [{"Type": "SNS", "Address": TOPIC, "Status": "CONFIRMED"}]
    assert made["AccountId"] == "111122223333"
    assert (
        len(ce.get_anomaly_subscriptions(MonitorArn=made["MonitorArnList"][0])["AnomalySubscriptions"]) == 2
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"Frequency": "DAILY"}, "ValidationException"),
        ({"Subscribers": [{"Type": "EMAIL", "Address": "a@acme.example"}]}, "ValidationException"),
        ({"ThresholdExpression": {"Tags": {"Key": "x"}}}, "ValidationException"),
        ({"MonitorArnList": ["arn:aws:ce::111122223333:anomalymonitor/x"]}, "UnknownMonitorException"),
    ],
)
def test_a_subscription_that_aws_would_not_take_is_refused(ce, more, code):
    asked = subscription(ce, **more)

    assert refused(ce.create_anomaly_subscription, AnomalySubscription=asked)[0] == code
