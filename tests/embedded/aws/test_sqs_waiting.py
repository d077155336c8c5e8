"""Who polls a queue is answered the moment a message may be received, and not before."""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from moto.sqs.models import Message, sqs_backends

from bot.embedded.aws import HOME, PROD, AwsStandIn
from bot.embedded.aws.sqs.queue import StandardQueue
from tests.patience import LONGEST


def message(number: int = 1, sent: float = 0) -> Message:
    made = Message(f"message-{number}", "body")
    made.sent_timestamp = sent
    return made


def test_a_poll_answers_as_soon_as_a_message_comes():
    waits = threading.Event()

    def stopped() -> float:
        waits.set()  # the poll holds the queue from here until it waits
        return 1_000.0

    queue = StandardQueue("queue", HOME, PROD.id)
    queue.clock = stopped
    with ThreadPoolExecutor(1) as thread:
        poll = thread.submit(queue.receive, 10, 2 * LONGEST, 30)
        assert waits.wait(LONGEST)
        queue.add_message(message(sent=1_000_000))
        assert [each.id for each in poll.result(timeout=LONGEST)] == ["message-1"]


def test_a_poll_answers_as_soon_as_a_message_is_given_back():
    waits = threading.Event()
    queue = StandardQueue("queue", HOME, PROD.id)
    queue.clock = lambda: 1_000.0
    queue.add_message(message(sent=1_000_000))
    (taken,) = queue.receive(1, 0, 30)

    def stopped() -> float:
        waits.set()
        return 1_000.0

    queue.clock = stopped
    with ThreadPoolExecutor(1) as thread:
        poll = thread.submit(queue.receive, 10, 2 * LONGEST, 30)
        assert waits.wait(LONGEST)
        queue.change_visibility(taken.receipt_handle, 0)
        assert [each.approximate_receive_count for each in poll.result(timeout=LONGEST)] == [2]


def test_a_poll_answers_as_soon_as_the_stand_in_closes():
    waits = threading.Event()

    def watched() -> float:
        waits.set()
        return time.time()

    with ThreadPoolExecutor(1) as thread:
        with AwsStandIn().serve() as aws:
            aws.client("sqs").create_queue(QueueName="queue")
            queue = sqs_backends[PROD.id][HOME].queues["queue"]
            queue.clock = watched
            poll = thread.submit(queue.receive, 10, 2 * LONGEST, 30)
            assert waits.wait(LONGEST)
        assert poll.result(timeout=LONGEST) == []


def test_a_poll_answers_as_soon_as_a_hidden_message_shows_again():
    ticks = itertools.count(1_000_000, 10)  # ten milliseconds each time somebody looks
    queue = StandardQueue("queue", HOME, PROD.id)
    queue.clock = lambda: next(ticks) / 1000
    queue.add_message(message(sent=1_000_000))
    queue.receive(1, 0, 0.1)
    started = time.monotonic()

    assert [each.approximate_receive_count for each in queue.receive(1, 2 * LONGEST, 30)] == [2]
    assert time.monotonic() - started < LONGEST


def test_a_message_is_dropped_when_it_was_kept_for_as_long_as_the_queue_keeps_any():
    queue = StandardQueue("queue", HOME, PROD.id, MessageRetentionPeriod=60)
    queue.clock = lambda: 1_000.0
    queue.add_message(message(1, sent=939_999))
    queue.add_message(message(2, sent=940_001))

    assert [each.id for each in queue.receive(10, 0, 30)] == ["message-2"]
    assert queue.approximate_number_of_messages == 0
