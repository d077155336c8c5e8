"""A queue's messages are counted as SQS guesses them, its dead letters beside them."""

import json

import pytest

from bot.adapters.aws.queue_depth import Depths
from bot.core.glance import Depth
from bot.errors import Upstream


@pytest.fixture
def depths(session):
    return Depths(lambda: session)


def test_what_waits_and_what_is_in_somebodys_hands(world, depths):
    sqs = world.client("sqs")
    url = sqs.create_queue(QueueName="counted")["QueueUrl"]
    for n in range(3):
        sqs.send_message(QueueUrl=url, MessageBody=str(n))
    sqs.receive_message(QueueUrl=url)

    assert depths.of(url) == Depth(visible=2, in_flight=1, delayed=0, dead=None)


def test_dead_letters_are_the_queues_behind_it(world, depths):
    sqs = world.client("sqs")
    dead = sqs.create_queue(QueueName="counted-dead")["QueueUrl"]
    names = ["QueueArn"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=names)["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
    url = sqs.create_queue(QueueName="counted-too", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    sqs.send_message(QueueUrl=dead, MessageBody="given up")

    assert depths.of(url).dead == 1


def test_a_queue_that_is_not_there_is_no_empty_one(world, depths):
    url = world.client("sqs").create_queue(QueueName="gone")["QueueUrl"]
    world.client("sqs").delete_queue(QueueUrl=url)

    with pytest.raises(Upstream):
        depths.of(url)
