"""A sample finding is a new one of GuardDuty's, found by its id; where there can be none, that is said."""

import json

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.sample import TYPES, send_sample
from bot.adapters.aws.session import make_session
from bot.core.alert import Finding
from bot.embedded.aws import HOME, PROD
from bot.errors import AccessDenied, NotConfigured, Upstream


def at_once(_):
    raise AssertionError("the stand-in lists a sample at once")


def findings(world, region=HOME):
    return {each["id"]: each["type"] for each in world.aws.findings.of(PROD.id, region)}


def test_a_sample_is_made_and_found_and_goes_to_the_queue(world, session):
    sample = send_sample(session, pause=at_once)

    assert sample == Finding(PROD.id, HOME, sample.finding_id)
    assert findings(world)[sample.finding_id] == TYPES[0]
    messages = world.client("sqs").receive_message(QueueUrl=world.seeded.queue_url)["Messages"]
    assert json.loads(messages[0]["Body"])["detail"]["id"] == sample.finding_id


def test_a_second_sample_is_of_another_kind(world, session):
    """GuardDuty counts up what it has, and says so hours later."""
    first, second = (send_sample(session, pause=at_once) for _ in range(2))

    kinds = findings(world)
    assert kinds[first.finding_id] != kinds[second.finding_id]


def test_when_every_kind_is_there_none_is_made(world, environment, session):
    for _ in range(len(TYPES)):
        if len(set(findings(world).values()) & set(TYPES)) < len(TYPES):
            send_sample(session, pause=at_once)
    before = findings(world)

    with pytest.raises(Upstream, match="already") as error:
        send_sample(session, pause=at_once)

    assert "AWS_REGION" in error.value.hint
    assert findings(world) == before


def test_where_guardduty_is_not_on_the_next_step_is_to_switch_it_on(session):
    with pytest.raises(NotConfigured, match="not on in eu-west-3") as error:
        send_sample(make_session(region="eu-west-3"), pause=at_once)

    assert "create-detector --enable --region eu-west-3" in error.value.hint


def test_where_guardduty_is_suspended_the_next_step_is_to_resume_it(world, session):
    guardduty = world.client("guardduty", "us-east-1")
    (detector,) = guardduty.list_detectors()["DetectorIds"]
    guardduty.update_detector(DetectorId=detector, Enable=False)
    try:
        with pytest.raises(NotConfigured, match="suspended") as error:
            send_sample(make_session(region="us-east-1"), pause=at_once)
    finally:
        guardduty.update_detector(DetectorId=detector, Enable=True)

    assert f"update-detector --enable --detector-id {detector}" in error.value.hint


def answering(operation, status, parsed):
    """A session whose one operation gets this answer; every other goes to the stand-in."""
    session = make_session(region="ap-northeast-1")
    answer = AWSResponse("", status, {}, None)
    session.events.register(f"before-call.guardduty.{operation}", lambda **_: (answer, parsed))
    return session


def test_who_may_not_make_samples_is_told_the_action(session):
    refusal = {"Error": {"Code": "AccessDeniedException", "Message": "no"}, "ResponseMetadata": {}}

    with pytest.raises(AccessDenied) as error:
        send_sample(answering("CreateSampleFindings", 403, refusal), pause=at_once)

    assert error.value.action == "guardduty:CreateSampleFindings"
    assert "guardduty:CreateSampleFindings" in error.value.message
    assert "the bot needs it not" in error.value.hint


def test_a_sample_that_is_never_listed_is_not_waited_for_for_ever(session):
    waited = []

    with pytest.raises(Upstream, match="does not list it"):
        send_sample(answering("ListFindings", 200, {"FindingIds": []}), pause=waited.append)

    assert sum(waited) == 20
