"""The queue's messages come with their handle and their count of deliveries, and go when they are done."""

import time

import pytest

from bot.adapters.aws.sqs import SqsInbox
from bot.errors import Upstream


@pytest.fixture
def url(world, request):
    name = f"inbox-{len(request.node.name)}"
    return world.client("sqs").create_queue(QueueName=name)["QueueUrl"]


@pytest.fixture
def inbox(session, url):
    return SqsInbox(url, session=session, wait_seconds=0)


def test_a_message_is_received_once_and_deleted_when_done(inbox, url, world):
    world.client("sqs").send_message(QueueUrl=url, MessageBody="hello")

    (message,) = inbox.receive()
    inbox.done(message)

    assert (message.body, message.receives) == ("hello", 1)
    assert message.message_id
    attributes = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = world.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=attributes)
    assert set(left["Attributes"].values()) == {"0"}


def test_a_message_that_comes_again_says_so(inbox, url, world):
    sqs = world.client("sqs")
    sqs.send_message(QueueUrl=url, MessageBody="again")
    (first,) = inbox.receive()
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=first.handle, VisibilityTimeout=0)

    (second,) = inbox.receive()

    assert (second.message_id, second.receives) == (first.message_id, 2)


def test_ten_messages_come_at_once(inbox, url, world):
    entries = [{"Id": str(n), "MessageBody": str(n)} for n in range(10)]
    world.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)

    assert len(inbox.receive()) == 10


def test_looking_counts_what_waits(inbox, url, world):
    world.client("sqs").send_message(QueueUrl=url, MessageBody="hello")

    assert inbox.look().message == f"{url.rpartition('/')[2]}: 1 waiting"


def test_a_queue_that_is_not_there_names_the_setting(session, world):
    missing = SqsInbox(f"{world.seeded.queue_url}-gone", session=session, wait_seconds=0)

    with pytest.raises(Upstream) as caught:
        missing.receive()

    assert "noroshi-gone" in caught.value.message
    assert "NOROSHI_ALERTS__QUEUE_URL" in caught.value.hint


def test_the_region_is_the_queues_own(session):
    inbox = SqsInbox("https://sqs.us-east-1.amazonaws.com/111122223333/noroshi", session=session)

    assert inbox._client.meta.region_name == "us-east-1"


def test_a_look_at_an_empty_queue_does_not_wait(session, url):
    patient = SqsInbox(url, session=session, wait_seconds=20)

    begun = time.monotonic()
    assert patient.receive(wait=False) == []
    assert time.monotonic() - begun < 5
