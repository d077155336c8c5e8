"""Queues answer as SQS does, to many at once, and take a storm."""

import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError
from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import Queue, sqs_backends

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.sqs.queue import StandardQueue

NUMBER = itertools.count()


class Box:
    """A queue by bare boto3."""

    def __init__(self, world, name: str, **attributes: str) -> None:
        self.sqs = world.client("sqs")
        self.url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def arn(self) -> str:
        return f"arn:aws:sqs:{HOME}:{PROD.id}:{self.name}"

    def receive(self, count: int = 10, **more: object) -> list[dict]:
        asked = {"QueueUrl": self.url, "MaxNumberOfMessages": count, "MessageSystemAttributeNames": ["All"]}
        return self.sqs.receive_message(**asked, **more).get("Messages", [])

    def call(self, operation: str, **more: object) -> dict:
        return getattr(self.sqs, operation)(QueueUrl=self.url, **more)

    def counts(self) -> list[int]:
        """Visible, delayed, in flight."""
        names = [f"ApproximateNumberOfMessages{each}" for each in ("", "Delayed", "NotVisible")]
        told = self.call("get_queue_attributes", AttributeNames=names)["Attributes"]
        return [int(told[name]) for name in names]


@pytest.fixture
def box(world):
    made = Box(world, f"box-{next(NUMBER)}")
    yield made
    made.call("delete_queue")


def test_ten_thousand_messages_are_put_in_and_taken_off(world, box):
    """moto's own queue takes more than half an hour for it."""
    assert world.aws.fill(box.url, (f"{number}" for number in range(10_000))) == 10_000
    queue = sqs_backends[PROD.id][HOME].get_queue(box.name)
    started = time.thread_time()

    got = []
    while taken := queue.receive(10, 0, 30):
        got += [each.body for each in taken]
        for each in taken:
            queue.delete_message(each.receipt_handle)

    assert got == [f"{number}" for number in range(10_000)]
    assert time.thread_time() - started < 30


def test_no_two_callers_at_once_get_one_message(world, box):
    world.aws.fill(box.url, [f"{number}" for number in range(300)])

    def take(_: int) -> list[str]:
        return [each["Body"] for each in itertools.chain.from_iterable(iter(box.receive, []))]

    with ThreadPoolExecutor(8) as threads:
        got = list(itertools.chain.from_iterable(threads.map(take, range(8))))

    assert sorted(got, key=int) == [f"{number}" for number in range(300)]


def test_a_poll_over_http_ends_with_the_message(box):
    with ThreadPoolExecutor(1) as thread:
        started = time.monotonic()
        poll = thread.submit(box.receive, WaitTimeSeconds=20)
        box.call("send_message", MessageBody="here")

        assert [each["Body"] for each in poll.result()] == ["here"]
        assert time.monotonic() - started < 20


def test_a_message_says_when_it_was_sent_and_how_often_it_was_given(box):
    before = int(time.time() * 1000)
    box.call("send_message", MessageBody="twice")
    first = box.receive(VisibilityTimeout=0)[0]
    second = box.receive()[0]

    assert before <= int(first["Attributes"]["SentTimestamp"]) <= time.time() * 1000
    assert [each["Attributes"]["ApproximateReceiveCount"] for each in (first, second)] == ["1", "2"]
    assert first["MessageId"] == second["MessageId"]
    assert first["ReceiptHandle"] != second["ReceiptHandle"]
    assert len({each["Attributes"]["ApproximateFirstReceiveTimestamp"] for each in (first, second)}) == 1


def test_messages_are_counted_visible_delayed_and_in_flight(world, box):
    world.aws.fill(box.url, ["a", "b", "c"])
    box.call("send_message", MessageBody="later", DelaySeconds=900)
    box.receive(2)

    assert box.counts() == [1, 1, 2]

    box.call("purge_queue")

    assert box.counts() == [0, 0, 0]
    assert box.receive() == []


def test_the_handle_of_an_older_receive_deletes_nothing_and_is_no_error(box):
    box.call("send_message", MessageBody="kept")
    older = box.receive(VisibilityTimeout=0)[0]["ReceiptHandle"]
    newer = box.receive()[0]["ReceiptHandle"]

    box.call("delete_message", ReceiptHandle=older)
    assert box.counts() == [0, 0, 1]

    for _ in range(2):
        box.call("delete_message", ReceiptHandle=newer)
    assert box.counts() == [0, 0, 0]


@pytest.mark.parametrize("handle", ["none", "bm9uZQ==", "4pyT/w=="])
def test_what_is_no_handle_of_the_queue_is_refused(box, handle):
    with pytest.raises(ClientError, match="ReceiptHandleIsInvalid"):
        box.call("delete_message", ReceiptHandle=handle)


def test_a_handle_of_another_queue_is_refused(world, box):
    box.call("send_message", MessageBody="mine")
    handle = box.receive()[0]["ReceiptHandle"]

    with pytest.raises(ReceiptHandleIsInvalid):
        StandardQueue("another", HOME, PROD.id).delete_message(handle)


def test_of_a_batch_each_entry_fails_by_itself(world, box):
    world.aws.fill(box.url, ["a", "b", "gone"])
    handles = {each["Body"]: each["ReceiptHandle"] for each in box.receive()}
    box.call("delete_message", ReceiptHandle=handles["gone"])
    entries = [
        {"Id": name, "ReceiptHandle": handle, "VisibilityTimeout": 0 if name == "a" else 60}
        for name, handle in {**handles, "none": "none"}.items()
    ]

    changed = box.call("change_message_visibility_batch", Entries=entries)

    assert [each["Id"] for each in changed["Successful"]] == ["a", "b"]
    assert {each["Id"]: each["Code"] for each in changed["Failed"]} == {
        "gone": "InvalidParameterValue",
        "none": "ReceiptHandleIsInvalid",
    }
    assert box.counts() == [1, 0, 1]

    entries = [{"Id": name, "ReceiptHandle": handles[name]} for name in ("a", "b")]
    assert len(box.call("delete_message_batch", Entries=entries)["Successful"]) == 2
    assert box.counts() == [0, 0, 0]


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([str(number) for number in range(11)], "TooManyEntriesInBatchRequest"),
        (["a", "a"], "BatchEntryIdsNotDistinct"),
        ([], "EmptyBatchRequest"),
    ],
)
@pytest.mark.parametrize("operation", ["delete_message_batch", "change_message_visibility_batch"])
def test_a_batch_that_is_none_is_refused_whole(box, operation, ids, code):
    more = {} if operation.startswith("delete") else {"VisibilityTimeout": 1}
    entries = [{"Id": each, "ReceiptHandle": f"{n}", **more} for n, each in enumerate(ids)]

    with pytest.raises(ClientError, match=code):
        box.call(operation, Entries=entries)


def test_no_message_stays_in_flight_for_more_than_twelve_hours(box):
    box.call("send_message", MessageBody="long")
    handle = box.receive()[0]["ReceiptHandle"]
    queue = sqs_backends[PROD.id][HOME].get_queue(box.name)
    later = time.time() + 20
    queue.clock = lambda: later

    with pytest.raises(ClientError, match="beyond the limit"):
        box.call("change_message_visibility", ReceiptHandle=handle, VisibilityTimeout=43_200)


def test_a_message_that_is_given_too_often_goes_to_the_dead_letter_queue(world, box):
    redrive = {"deadLetterTargetArn": box.arn, "maxReceiveCount": 2}
    live = Box(world, "live", RedrivePolicy=json.dumps(redrive), VisibilityTimeout="0")
    live.call("send_message", MessageBody="poison")

    handles = [live.receive()[0]["ReceiptHandle"] for _ in range(2)]
    assert box.counts() == [0, 0, 0]
    assert live.receive() == []

    assert live.counts() == [0, 0, 0]
    live.call("delete_message", ReceiptHandle=handles[-1])
    assert [each["Body"] for each in box.receive()] == ["poison"]


def test_a_topic_reaches_the_queue(world, box):
    sns = world.client("sns")
    topic = sns.create_topic(Name="bill")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=box.arn)

    sns.publish(TopicArn=topic, Message="over budget")

    assert json.loads(box.receive()[0]["Body"])["Message"] == "over budget"


def test_message_attributes_are_given_to_whom_asks(box):
    kind = {"DataType": "String", "StringValue": "finding"}
    box.call("send_message", MessageBody="with", MessageAttributes={"kind": kind})

    assert "MessageAttributes" not in box.receive(VisibilityTimeout=0)[0]
    assert box.receive(MessageAttributeNames=["All"])[0]["MessageAttributes"] == {"kind": kind}


def test_a_stack_makes_the_same_queues(world):
    made = Queue.create_from_cloudformation_json(
        "stacked",
        {"Properties": {"VisibilityTimeout": 60, "Tags": [{"Key": "a", "Value": "b"}]}},
        PROD.id,
        HOME,
    )

    assert isinstance(made, StandardQueue)
    assert (made.visibility_timeout, made.tags) == (60, {"a": "b"})


def test_a_fifo_queue_keeps_its_groups_in_order(world):
    fifo = Box(world, "orders.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    for body in ("first", "second"):
        fifo.call("send_message", MessageBody=body, MessageGroupId="one")

    (taken,) = fifo.receive(1)
    assert (taken["Body"], fifo.receive()) == ("first", [])
    fifo.call("change_message_visibility", ReceiptHandle=taken["ReceiptHandle"], VisibilityTimeout=0)
    assert [each["Body"] for each in fifo.receive(1)] == ["first"]
    fifo.call("purge_queue")
    assert fifo.receive() == []
