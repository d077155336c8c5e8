"""The doctor looks at the queue as at what it sets aside."""

import json

import pytest

from bot.adapters.aws.checks import aws_checks, dead_letters
from bot.settings_parts import Trail


@pytest.fixture
def queue(world, request):
    """A queue, and its dead-letter queue."""
    sqs, name = world.client("sqs"), f"q{abs(hash(request.node.name))}"
    dead = sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 5})
    url = sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    return url, dead


def test_an_empty_dead_letter_queue_is_well(session, queue):
    url, dead = queue

    found = dead_letters(lambda: session, url)

    assert (found.state, found.message) == ("ok", f"{dead.rpartition('/')[2]}: empty")


def test_what_the_bot_gave_up_on_is_counted_and_can_be_read(world, session, queue):
    url, dead = queue
    for body in ("one", "two"):
        world.client("sqs").send_message(QueueUrl=dead, MessageBody=body)

    found = dead_letters(lambda: session, url)

    assert found.state == "missing"
    assert "2 messages that the bot gave up on" in found.message
    assert found.fix == f"aws sqs receive-message --queue-url {dead} --visibility-timeout 0"


def test_a_queue_that_sets_nothing_aside_is_told_with_its_fix(world, session):
    url = world.client("sqs").create_queue(QueueName="bare")["QueueUrl"]

    found = dead_letters(lambda: session, url)

    assert found.state == "missing"
    assert found.message.startswith("bare has no dead-letter queue")
    assert "noroshi setup template" in found.fix


def test_a_queue_that_can_not_be_asked_is_not_well(world, session):
    found = dead_letters(lambda: session, f"{world.seeded.queue_url}-gone")

    assert found.state == "missing"
    assert found.message


def test_every_queue_is_looked_at_twice(session):
    checks = aws_checks(lambda: session, lambda: None, Trail(), ["https://sqs/1/a", "https://sqs/1/b"])

    names = [check.name for check in checks if check.part == "alerts"]
    assert names == ["queue a", "what a gave up on", "queue b", "what b gave up on"]
