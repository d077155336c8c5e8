"""What is told is counted: each message by what came of it, and how long its event waited, once."""

from datetime import timedelta

import pytest

from bot.errors import Gone, NoSuchPlace, Throttled, Unanswered
from bot.pipeline import Pace, Teller
from bot.pipeline.lease import Lease
from tests.counts import Counts
from tests.pipeline.world import CHANNEL, World, alert

POST = (CHANNEL, "post", "ok")


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def world(counts):
    made = World()
    pace = Pace()
    lease = Lease(made.store, CHANNEL, "a", pace.lease, made.now)
    made.tellers = [Teller(CHANNEL, made.ledger, made.channels, lease, pace=pace, counting=counts)]
    return made


def test_a_post_is_counted_with_how_long_its_event_waited(world, counts):
    world.tell(alert(last_seen=world.now() - timedelta(seconds=90)))
    world.run(5)

    assert counts.deliveries == [POST]
    assert 90 <= counts.waits[0] < 95


def test_what_comes_after_the_first_message_waits_for_nothing(world, counts):
    world.tell(alert())
    world.run(5)
    world.tell(alert(n=2))
    world.run(30)

    assert counts.deliveries == [POST, (CHANNEL, "edit", "ok"), (CHANNEL, "reply", "ok")]
    assert counts.waits[1:] == [None, None]


def test_a_refusal_is_counted_and_then_the_post(world, counts):
    world.channels.fail(Throttled("Slack asks me to slow down.", retry_after=2))
    world.tell(alert())
    world.run(30)

    assert counts.deliveries == [(CHANNEL, "post", "throttled"), POST]
    assert counts.waits[0] is None
    assert counts.waits[1] is not None


def test_a_post_without_an_answer_is_found_and_its_wait_counted_then(world, counts):
    world.channels.fail(Unanswered("Slack did not answer."), done=True)
    world.tell(alert())
    world.run(120)

    assert counts.deliveries == [(CHANNEL, "post", "unanswered"), (CHANNEL, "post", "found")]
    assert [wait is None for wait in counts.waits] == [True, False]


def test_a_channel_that_is_not_there_is_counted(world, counts):
    world.channels.fail(NoSuchPlace("archived"))
    world.tell(alert())
    world.run(5)

    assert counts.deliveries[0] == (CHANNEL, "post", "no_place")


def test_a_post_that_was_deleted_and_is_posted_anew_waited_for_nothing(world, counts):
    world.tell(alert())
    world.run(5)
    world.channels.fail(Gone("Somebody deleted it."))
    world.tell(alert(n=2))
    world.run(60)

    assert counts.deliveries == [POST, (CHANNEL, "edit", "gone"), POST]
    assert [wait is None for wait in counts.waits] == [False, True, True]
