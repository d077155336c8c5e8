"""CloudWatch alarms of several years and two transports, told in words; the bill's first of all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Quiet, show
from bot.core.severity import Severity
from bot.core.text import plain
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.billing import alert, source
from tests.event_pattern import sent

EVENTS = Path(__file__).parents[1] / "events/billing"
FIRES = json.loads((EVENTS / "fires.json").read_text())
REASON = "Threshold Crossed: 1 datapoint [12.34 (07/09/26 13:20:00)] was greater than the threshold (10.0)."
SNS = {
    "AlarmName": "bill over 10",
    "AlarmDescription": None,
    "AWSAccountId": "111122223333",
    "NewStateValue": "ALARM",
    "NewStateReason": REASON,
    "StateChangeTime": "2026-09-08T01:02:03.456+0000",
    "Region": "US East (N. Virginia)",
    "AlarmArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:bill over 10",
    "OldStateValue": "OK",
    "Trigger": {
        "MetricName": "EstimatedCharges",
        "Namespace": "AWS/Billing",
        "Statistic": "MAXIMUM",
        "Unit": None,
        "Dimensions": [{"value": "USD", "name": "Currency"}],
        "Period": 21600,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 10.0,
        "TreatMissingData": "missing",
    },
}
LATENCY = {
    "MetricName": "TargetResponseTime",
    "Namespace": "AWS/ApplicationELB",
    "Unit": "Seconds",
    "Dimensions": [{"name": "LoadBalancer", "value": "app/web/1"}],
    "Threshold": 10.0,
}


def sns(**changes):
    """The alarm as SNS brings it; a change of None takes the key away."""
    body = {name: value for name, value in (SNS | changes).items() if value is not None}
    return unwrap(json.dumps({"Type": "Notification", "Message": json.dumps(body)}))


def trigger(**changes):
    return SNS["Trigger"] | changes


def lines(found):
    return [plain(line) for line in found.story]


def test_a_bill_says_the_amount_the_limit_and_since_when():
    found = alert(unwrap(json.dumps(FIRES)))

    assert found.title == "This month's charges passed $500.00: $1,234.50 so far"
    assert lines(found) == [
        "Charges of the month so far, no forecast; they count up until the 1st",
        "The month's bill is more than we planned.",
    ]
    assert (found.severity, found.account_id, found.region) == (Severity.HIGH, "111122223333", "us-east-1")
    assert found.first_seen.isoformat() == "2026-09-08T06:25:13.456000+00:00"
    assert found.console_url.endswith("region=us-east-1#alarmsV2:alarm/bill%20over%20500")
    assert not found.resolved


def test_sns_and_eventbridge_tell_the_same_problem():
    """One alarm wired both ways is one thread."""
    found = alert(sns(AlarmName="bill over 500"))

    assert found.key == alert(unwrap(json.dumps(FIRES))).key


@pytest.mark.parametrize(
    ("changes", "region"),
    [
        ({}, "us-east-1"),
        ({"AlarmArn": None}, "us-east-1"),
        ({"AlarmArn": None, "Region": "US - N. Virginia"}, "us-east-1"),
        ({"AlarmArn": None, "Region": "EU - Ireland"}, "eu-west-1"),
        ({"AlarmArn": None, "Region": "Moon (Tycho)"}, "Moon (Tycho)"),
        ({"AlarmArn": "nonsense", "Region": "EU (Frankfurt)"}, "eu-central-1"),
    ],
)
def test_a_region_is_read_from_the_arn_or_from_its_display_name(changes, region):
    assert alert(sns(**changes)).region == region


def test_a_month_of_charges_is_a_problem_of_its_own():
    keys = {alert(sns(StateChangeTime=f"2026-{month}-08T01:02:03.456+0000")).key for month in ("09", "10")}

    assert len(keys) == 2


def test_ok_resolves_the_alarm_with_the_same_key():
    fired, over = alert(sns()), alert(sns(NewStateValue="OK", OldStateValue="ALARM"))

    assert (over.key, over.resolved, over.severity) == (fired.key, True, Severity.INFO)
    assert over.title == "This month's charges are under $10.00 again"


def test_the_bills_ok_of_the_1st_means_nothing():
    reset = sns(NewStateValue="OK", OldStateValue="ALARM", StateChangeTime="2026-10-01T05:00:00.000+0000")
    other = sns(
        NewStateValue="OK",
        OldStateValue="ALARM",
        StateChangeTime="2026-10-01T05:00:00.000+0000",
        Trigger=LATENCY,
    )

    assert alert(reset) == Quiet("a new month begins at zero", closes=alert(sns()).key)
    assert alert(other).title == "Over: alarm bill over 10"


@pytest.mark.parametrize(
    "changes",
    [
        {"NewStateValue": "INSUFFICIENT_DATA"},
        {"NewStateValue": "OK", "OldStateValue": "INSUFFICIENT_DATA"},
        {"NewStateValue": "OK", "OldStateValue": None},
    ],
)
def test_missing_data_and_an_ok_without_an_alarm_are_no_alert(changes):
    assert isinstance(alert(sns(**changes)), Quiet)


def test_a_state_nobody_knows_is_shown_as_unknown():
    assert read(sns(NewStateValue="PANIC"), SOURCES).source == "unknown"


def test_a_service_an_account_and_another_currency_are_said():
    dimensions = [
        {"name": "Currency", "value": "EUR"},
        {"name": "ServiceName", "value": "AmazonEC2"},
        {"name": "LinkedAccount", "value": "444455556666"},
    ]
    found = alert(sns(Trigger=trigger(Dimensions=dimensions)))

    assert found.title == (
        "This month's charges of AmazonEC2 in account 444455556666 passed 10.00 EUR: 12.34 EUR so far"
    )
    assert found.resource == "AmazonEC2, 444455556666"


def test_any_other_metric_is_told_by_its_own_words():
    found = alert(sns(AlarmName="slow", Trigger=LATENCY))

    assert found.title == "Alarm slow: target response time is 12.34 seconds, above 10 seconds"
    assert lines(found) == ["Load balancer: app/web/1"]
    assert found.kind == "CloudWatch alarm: Target response time (AWS/ApplicationELB)"
    assert found.key == "billing:111122223333:us-east-1:slow"


def test_without_numbers_awss_own_reason_is_told():
    found = alert(sns(AlarmName="slow", Trigger=None, NewStateReason="Threshold Crossed"))

    assert (found.title, lines(found)) == ("Alarm slow fires", ["Threshold Crossed"])


def test_mathematics_is_told_by_its_label():
    queries = [
        {"Expression": "m1/m2", "Id": "e1", "Label": "ErrorRate", "ReturnData": True},
        {"Id": "m1", "MetricStat": {"Metric": {"MetricName": "Errors", "Namespace": "AWS/Lambda"}}},
    ]
    found = alert(sns(AlarmName="errors", Trigger={"Metrics": queries, "Threshold": 10.0}))

    assert found.title == "Alarm errors: error rate is 12.34, above 10"


def test_what_cloudwatch_keeps_quiet_is_low_and_says_so():
    event = json.loads(json.dumps(FIRES))
    event["detail"]["state"]["actionsSuppressedBy"] = "WaitPeriod"
    found = alert(unwrap(json.dumps(event)))

    assert found.severity is Severity.LOW
    assert lines(found)[-1].startswith("CloudWatch itself keeps this alarm quiet")


def test_a_threshold_beyond_any_bill_is_left_out_and_not_fatal():
    found = alert(sns(AlarmName="bytes", Trigger=LATENCY | {"Threshold": 1e30}))

    assert found.title == "Alarm bytes: target response time is 12.34 seconds, above 10 seconds"


def test_a_bill_asks_next_why_the_day_before_cost_so_much():
    assert [step.words for step in alert(sns()).next_steps] == [
        ("billing", "why", "2026-09-07"),
        ("billing", "by-region", "--since", "7d"),
        ("billing", "summary"),
    ]
    assert alert(sns(Trigger=LATENCY)).next_steps == ()


def test_the_pattern_selects_the_bill_alone():
    other = json.loads(json.dumps(FIRES))
    other["detail"]["configuration"]["metrics"][0]["metricStat"]["metric"]["namespace"] = "AWS/EC2"

    assert sent(source, FIRES)
    assert not sent(source, other)


@given(st.data())
def test_any_field_of_an_sns_message_may_be_missing_or_strange(data):
    """Told by somebody, or let go by decision; never an error."""
    body = json.loads(json.dumps(SNS))
    for part in (body["Trigger"], body):
        for name in data.draw(st.lists(st.sampled_from(sorted(part)), unique=True, max_size=4)):
            part[name] = data.draw(st.sampled_from([None, "", 0, [], {}, "x", [{}], {"name": []}, -1e300]))
    event = unwrap(json.dumps({"Type": "Notification", "Message": json.dumps(body)}))
    found = read(event, SOURCES)

    assert found.reason if isinstance(found, Quiet) else show(found).title
