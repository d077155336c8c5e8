"""Events of AWS's services go by rule to the queue, unchanged, from every region and account."""

import json

import pytest

from bot.embedded.aws import HOME, PROD, STAGING


def event(
    region: str = HOME, account: str = PROD.id, severity: float = 8, **detail: object
) -> dict[str, object]:
    return {
        "version": "0",
        "id": "11111111-2222-3333-4444-555555555555",
        "detail-type": "GuardDuty Finding",
        "source": "aws.guardduty",
        "account": account,
        "time": "2026-09-08T01:05:00Z",
        "region": region,
        "resources": [],
        "detail": {"severity": severity, **detail},
    }


def taken(world):
    sqs = world.client("sqs")
    messages = sqs.receive_message(QueueUrl=world.seeded.queue_url, MaxNumberOfMessages=10).get(
        "Messages", []
    )
    for message in messages:
        sqs.delete_message(QueueUrl=world.seeded.queue_url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


@pytest.mark.parametrize(
    ("region", "account"),
    [(HOME, PROD.id), ("us-east-1", PROD.id), (HOME, STAGING.id), ("us-east-1", STAGING.id)],
)
def test_an_event_reaches_the_queue_as_it_was(world, region, account):
    sent = event(region, account, title="<detail-type> & <aws.events.event.json> <!channel>")

    assert world.aws.emit(sent) == 1
    assert taken(world) == [sent]


def test_what_the_pattern_leaves_out_never_arrives(world):
    assert world.aws.emit(event(severity=3.9)) == 0
    assert taken(world) == []


def test_a_disabled_rule_delivers_nothing(world):
    events = world.client("events", region="ap-northeast-1")
    events.put_rule(Name="noroshi-guardduty", EventPattern="{}", State="DISABLED")

    assert world.aws.emit(event("ap-northeast-1")) == 0


@pytest.mark.parametrize(
    ("state", "read_only", "delivered"),
    [
        ("ENABLED", False, 1),
        ("ENABLED", True, 0),
        ("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", True, 1),
        ("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", False, 1),
        ("DISABLED", False, 0),
    ],
)
def test_a_call_that_only_reads_needs_a_state_of_its_own(world, state, read_only, delivered):
    events = world.client("events", region="eu-central-1")
    pattern = '{"detail-type": ["AWS API Call via CloudTrail"]}'
    events.put_rule(Name="calls", EventPattern=pattern, State=state)
    events.put_targets(Rule="calls", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{HOME}:{PROD.id}:noroshi"}])
    call = event("eu-central-1", readOnly=read_only) | {"detail-type": "AWS API Call via CloudTrail"}

    assert world.aws.emit(call) == delivered
    assert len(taken(world)) == delivered


@pytest.mark.parametrize(
    ("metrics", "delivered"),
    [
        ([{"stat": {"name": "a", "of": "x"}}, {"stat": {"name": "b", "of": "y"}}], 1),
        ([{"stat": {"name": "b", "of": "x"}}, {"stat": {"name": "a", "of": "y"}}], 0),
        ([{"stat": {"name": "c"}}, "b", 7], 0),
        ([], 0),
        ({"stat": {"name": "b", "of": "y"}}, 1),
    ],
)
def test_one_object_of_an_array_must_fit_the_whole_pattern(world, metrics, delivered):
    events = world.client("events", region="eu-central-2")
    pattern = {"detail": {"metrics": {"$or": [{"stat": {"name": ["b"], "of": ["y"]}}, {"none": ["x"]}]}}}
    events.put_rule(Name="arrays", EventPattern=json.dumps(pattern), State="ENABLED")
    events.put_targets(Rule="arrays", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{HOME}:{PROD.id}:noroshi"}])

    assert world.aws.emit(event("eu-central-2", metrics=metrics)) == delivered
    assert len(taken(world)) == delivered


def test_an_event_that_somebody_puts_arrives_too(world):
    entry = {"Source": "aws.guardduty", "DetailType": "GuardDuty Finding", "Detail": '{"severity": 9}'}

    assert world.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
    assert [each["detail"] for each in taken(world)] == [{"severity": 9}]


def test_a_target_that_is_not_served_is_refused_loudly(world):
    events = world.client("events", region="eu-north-1")
    events.put_rule(Name="shaped", EventPattern='{"source": ["aws.guardduty"]}')
    queue = f"arn:aws:sqs:{HOME}:{PROD.id}:noroshi"
    events.put_targets(Rule="shaped", Targets=[{"Id": "1", "Arn": queue, "Input": "{}"}])

    with pytest.raises(NotImplementedError, match="noroshi"):
        world.aws.emit(event("eu-north-1"))


def test_the_queue_sends_what_is_read_too_often_to_the_dead_letter_queue(world):
    attributes = world.client("sqs").get_queue_attributes(
        QueueUrl=world.seeded.queue_url, AttributeNames=["RedrivePolicy"]
    )["Attributes"]

    policy = json.loads(attributes["RedrivePolicy"])
    assert policy["deadLetterTargetArn"].endswith(":noroshi-dead")
    assert policy["maxReceiveCount"] == 5
