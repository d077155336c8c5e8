"""Events go their whole way through what the template makes: from every region and account to one queue."""

import json
from pathlib import Path

import pytest

from bot.embedded.aws import PROD
from bot.pipeline import unwrap
from bot.sources import SOURCES
from tests.deploy.conftest import PLACES
from tests.event_pattern import sent

EVENTS = Path(__file__).parents[1] / "events"
BY_RULE = [source for source in SOURCES if source.patterns()]


def told(source, name):
    return json.loads((EVENTS / source.name / f"{name}.json").read_text())


def placed(event, place):
    region, account = PLACES[place]
    return event | {"region": region, "account": account}


def taken(aws):
    """All that is in the queue, once each: an event that fits two rules comes twice."""
    sqs, found = aws.client("sqs"), {}
    url = sqs.get_queue_url(QueueName="noroshi")["QueueUrl"]
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            found[message["Body"]] = json.loads(message["Body"])
    return list(found.values())


def test_what_the_stand_in_could_not_make_is_named(stacks):
    """Nothing here has seen these made; cfn-lint alone has read them."""
    assert set().union(*(stack.skipped for stack in stacks.values())) == {
        "AWS::CloudWatch::Alarm",
        "AWS::Events::EventBusPolicy",
        "AWS::SNS::TopicPolicy",
    }


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("source", BY_RULE, ids=lambda source: source.name)
def test_what_fires_reaches_the_queue_from_everywhere(aws, stacks, source, place):
    event = placed(told(source, "fires"), place)

    assert aws.emit(event)
    assert taken(aws) == [event]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("source", BY_RULE, ids=lambda source: source.name)
def test_only_what_a_pattern_selects_of_the_quiet_arrives(aws, stacks, source, place):
    """GuardDuty's pattern lets archived findings through, which resolve what was told; others leave theirs out."""
    event = placed(told(source, "quiet"), place)

    assert bool(aws.emit(event)) is any(sent(one, event) for one in SOURCES)
    taken(aws)


LEFT_OUT = [
    ("guardduty", {"detail-type": "GuardDuty Malware Protection Object Scan Result"}, {}),
    ("guardduty", {"source": "acme.guardduty"}, {}),
    ("cloudtrail", {}, {"eventName": "DescribeTrails", "readOnly": True}),
    ("cloudtrail", {}, {"eventSource": "autoscaling.amazonaws.com"}),
    ("config_rules", {"detail-type": "Config Rules Re-evaluation Status"}, {"messageType": "x"}),
    ("config_rules", {}, {"messageType": "ConfigurationItemChangeNotification"}),
    ("advisor", {}, {"status": "NOT_AVAILABLE"}),
    ("billing", {}, {"state": {"value": "INSUFFICIENT_DATA"}}),
    ("billing", {}, {"configuration": {"metrics": [{"metricStat": {"metric": {"namespace": "AWS/EC2"}}}]}}),
    ("cost_anomaly", {"detail-type": "Anomaly Monitor Created"}, {}),
    ("health", {"detail-type": "AWS Health Something"}, {}),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "envelope", "detail"), LEFT_OUT, ids=str)
def test_what_a_pattern_leaves_out_never_arrives(aws, stacks, name, envelope, detail, place):
    event = placed(told(next(one for one in SOURCES if one.name == name), "fires"), place)
    changed = event | envelope | {"detail": event["detail"] | detail}

    assert not aws.emit(changed)
    assert taken(aws) == []


def test_a_quiet_event_is_left_out_by_its_own_pattern_too(aws, stacks):
    advisor = next(one for one in SOURCES if one.name == "advisor")

    assert not aws.emit(placed(told(advisor, "quiet"), "bill"))


@pytest.mark.parametrize("place", PLACES)
def test_an_alarm_about_the_way_itself_arrives(aws, stacks, place):
    alarm = placed(told(next(one for one in SOURCES if one.name == "billing"), "fires"), place)
    alarm["detail"] = {"alarmName": "noroshi-undelivered", "state": {"value": "ALARM"}}

    assert aws.emit(alarm) == 1
    assert not aws.emit(alarm | {"detail": {"alarmName": "noroshi-undelivered", "state": {"value": "?"}}})
    assert not aws.emit(alarm | {"detail": {"alarmName": "cpu", "state": {"value": "ALARM"}}})
    assert taken(aws) == [alarm]


@pytest.mark.parametrize("place", PLACES)
def test_a_call_of_roots_that_only_reads_arrives(aws, stacks, place):
    """CloudTrail's rules see those only in a state of their own, at home as well as where it was called."""
    call = placed(told(next(one for one in SOURCES if one.name == "cloudtrail"), "fires"), place)
    read = {"eventName": "ListUsers", "eventSource": "iam.amazonaws.com", "readOnly": True}
    call["detail"] = read | {"userIdentity": {"type": "Root"}, "eventCategory": "Management"}

    assert aws.emit(call)
    assert taken(aws) == [call]
    assert not aws.emit(call | {"detail": call["detail"] | {"userIdentity": {"type": "IAMUser"}}})


@pytest.mark.parametrize("name", ["budgets"])
def test_the_bills_topic_reaches_the_queue_in_an_envelope(aws, stacks, name):
    source = next(one for one in SOURCES if one.name == name)
    envelope = told(source, "fires")
    sns = aws.client("sns", PROD, "us-east-1")

    topic = stacks["bill"].physical_id("Bill")
    sns.publish(TopicArn=topic, Message=envelope["Message"], Subject=envelope["Subject"])

    (message,) = taken(aws)
    assert message["TopicArn"] == topic
    assert source.accepts(unwrap(json.dumps(message)))


def test_the_bills_topic_is_in_the_bots_account_only(stacks):
    assert {place for place, stack in stacks.items() if "Bill" in stack.ids} == {"bill"}


def test_the_queue_is_at_home_only(stacks):
    assert {place for place, stack in stacks.items() if {"Queue", "BotPolicy"} & stack.ids} == {"home"}


def test_a_message_that_is_read_five_times_is_set_aside_for_a_fortnight(aws, stacks):
    sqs = aws.client("sqs")

    def attributes(name):
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    queue, dead = attributes("noroshi"), attributes("noroshi-dead")
    redrive = json.loads(queue["RedrivePolicy"])
    assert (redrive["deadLetterTargetArn"], int(redrive["maxReceiveCount"])) == (dead["QueueArn"], 5)
    assert queue["VisibilityTimeout"] == "60"
    assert dead["MessageRetentionPeriod"] == str(14 * 24 * 60 * 60)
    assert int(dead["MessageRetentionPeriod"]) > int(queue["MessageRetentionPeriod"])
    assert (queue["SqsManagedSseEnabled"], dead["SqsManagedSseEnabled"]) == ("true", "true")
