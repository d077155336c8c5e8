"""An event's way: out of its wrapping, read by the first source that can, posted before it is done."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Alert
from bot.core.event import Event
from bot.core.route import Routes
from bot.core.severity import Severity
from bot.core.source import Source
from bot.errors import BadEvent
from bot.pipeline import Reading, read, unwrap
from bot.sources import SOURCES

EVENTS = Path(__file__).parents[1] / "events"
FINDING = (EVENTS / "guardduty/fires.json").read_text()
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def decide(body, **settings):
    return Reading(SOURCES, Routes(channel="#security"), **settings).decide(body)


def sns(message):
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "m",
            "TopicArn": "arn:aws:sns:us-east-1:111122223333:billing",
            "Message": message,
        }
    )


@pytest.mark.parametrize(
    ("body", "carriers"),
    [
        (FINDING, ("eventbridge",)),
        (sns(FINDING), ("sns", "eventbridge")),
        (sns(sns(FINDING)), ("sns", "sns", "eventbridge")),
    ],
)
def test_an_event_is_the_same_in_any_wrapping(body, carriers):
    event = unwrap(body)

    assert (event.source, event.detail_type, event.account_id) == (
        "aws.guardduty",
        "GuardDuty Finding",
        "999900001111",
    )
    assert event.carriers == carriers


CONFIG = {
    "ComplianceChangeNotification": "Config Rules Compliance Change",
    "ConfigurationItemChangeNotification": "Config Configuration Item Change",
    "OversizedConfigurationItemChangeNotification": "Config Configuration Item Change",
    "ConfigurationHistoryDeliveryCompleted": "Config Configuration History Delivery Status",
}


@pytest.mark.parametrize(("message_type", "detail_type"), CONFIG.items())
def test_configs_own_notification_is_the_event_eventbridge_would_have_sent(message_type, detail_type):
    body = {
        "messageType": message_type,
        "awsAccountId": "111122223333",
        "awsRegion": "eu-west-1",
        "notificationCreationTime": "2026-09-08T03:02:11.000Z",
    }
    raw, wrapped = unwrap(json.dumps(body)), unwrap(sns(json.dumps(body)))

    assert (raw.source, raw.detail_type, raw.account_id, raw.region) == (
        "aws.config",
        detail_type,
        "111122223333",
        "eu-west-1",
    )
    assert f"{raw.at:%H:%M:%S}" == "03:02:11"
    assert (raw.detail, raw.carriers, wrapped.carriers) == (body, (), ("sns",))


def test_a_broken_rule_is_the_same_problem_by_eventbridge_and_by_configs_topic():
    event = json.loads((EVENTS / "config_rules/fires.json").read_text())
    one, other = (decide(body).alert for body in (json.dumps(event), sns(json.dumps(event["detail"]))))

    assert one == other


@pytest.mark.parametrize("told", [None, 1, [], {}, "", "ConfigSomethingNew"])
def test_a_message_type_that_is_none_of_configs_is_unknown(told):
    assert unwrap(json.dumps({"messageType": told})).source == "unknown"


ALARM = json.dumps(
    {
        "AlarmName": "bill",
        "NewStateValue": "ALARM",
        "AWSAccountId": "111122223333",
        "StateChangeTime": "2026-09-08T01:02:03.456+0000",
    }
)
ANOMALY = json.dumps({"anomalyId": "a1", "accountId": "111122223333"})
BUDGET = json.loads((EVENTS / "budgets/fires.json").read_text())["Message"]


@pytest.mark.parametrize("wrap", [str, sns, lambda body: sns(sns(body))], ids=["raw", "sns", "sns in sns"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (ALARM, ("aws.cloudwatch", "CloudWatch Alarm State Change")),
        (ANOMALY, ("aws.ce", "Anomaly Detected")),
        (BUDGET, ("aws.budgets", "AWS Budget Notification")),
    ],
)
def test_what_sns_carries_without_an_envelope_is_known_by_its_shape(wrap, body, kind):
    event = unwrap(wrap(body))

    assert (event.source, event.detail_type) == kind
    assert event.detail == (json.loads(body) if body.startswith("{") else {"body": body})
    assert event.account_id == (None if body is BUDGET else "111122223333")


def test_a_time_with_an_offset_without_a_colon_is_read():
    assert unwrap(ALARM).at.isoformat() == "2026-09-08T01:02:03.456000+00:00"


def test_when_the_message_names_no_time_the_envelopes_stands():
    body = json.loads(sns(BUDGET)) | {"Timestamp": "2026-09-08T07:00:01.234Z"}

    assert unwrap(json.dumps(body)).at.isoformat() == "2026-09-08T07:00:01.234000+00:00"
    assert unwrap(sns(BUDGET)).at is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "AWS Budget Notification",
        "[]",
        "{}",
        '{"detail": 1}',
        "[" * 100_000,
        '{"Type": "Notification"}',
        "\x00",
    ],
)
def test_what_has_no_shape_is_shown_as_unknown(body):
    alert = read(unwrap(body), SOURCES)

    assert alert.source == "unknown"
    assert alert.title == "Something I have no words for: a message of no known shape"


@given(JSON)
def test_no_json_is_ever_lost(value):
    assert decide(json.dumps(value)).alert is not None


@given(st.text())
def test_no_text_is_ever_lost(body):
    assert decide(body).alert is not None


def test_a_finding_that_lost_its_fields_is_still_shown():
    event = json.loads(FINDING)
    del event["detail"]["type"]

    alert = decide(json.dumps(event)).alert

    assert alert.source == "unknown"
    assert alert.kind == "aws.guardduty: GuardDuty Finding"


def test_when_not_even_the_last_source_reads_it_the_message_stays():
    def refuse(event):
        raise BadEvent("no")

    with pytest.raises(BadEvent):
        read(Event("x", "y", {}), [Source("s", "", (), refuse)])


def test_an_alert_goes_where_the_settings_say_and_names_its_account():
    outcome = decide(FINDING, account_names={"111122223333": "prod"})

    assert outcome.where.channel == "#security"
    assert outcome.alert.severity is Severity.HIGH
    assert outcome.alert.account_name == "prod"
    assert outcome.alert.key == "guardduty:111122223333:eu-west-1:8cb90000000000000000000000000001"


def test_a_deliberate_drop_says_why():
    outcome = decide((EVENTS / "guardduty/quiet.json").read_text())

    assert (outcome.alert, outcome.dropped) == (None, "archived in GuardDuty")


def test_a_sample_is_told_or_let_go_as_the_settings_say():
    event = json.loads(FINDING)
    event["detail"]["service"]["additionalInfo"] = {"sample": True}
    body = json.dumps(event)

    assert decide(body).alert.title.startswith("Sample, not real")
    assert decide(body, drop_samples=True).alert is None


def test_the_first_source_that_accepts_reads():
    one = Source("one", "aws.x", ("A",), lambda event: Alert("1", "one", "k", Severity.LOW, "one"))
    two = Source("two", "", (), lambda event: Alert("2", "two", "k", Severity.LOW, "two"))

    assert read(Event("aws.x", "A", {}), [one, two]).source == "one"
    assert read(Event("aws.x", "B", {}), [one, two]).source == "two"
