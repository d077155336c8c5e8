"""From the queue onto the record: a message leaves the queue only when its effect is durable."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.route import Routes
from bot.core.source import Source
from bot.core.told import Patience
from bot.edges.intake import Intake
from bot.errors import BadEvent, BadRequest, Upstream
from bot.pipeline import Ledger, Reading, Taking
from bot.ports import Message
from bot.sources import SOURCES
from tests.fakes import FakeStore

FINDING = (Path(__file__).parents[1] / "events/guardduty/fires.json").read_text()
CRITICAL = json.dumps(
    json.loads(FINDING) | {"detail": json.loads(FINDING)["detail"] | {"severity": 9, "id": "f00d"}}
)
QUIET = (Path(__file__).parents[1] / "events/guardduty/quiet.json").read_text()
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


class Queue:
    """A queue of rounds, empty after them; an error among them is raised. `log` is what happened, in order."""

    def __init__(self, *rounds, receives=1):
        self.rounds, self.gone, self.receives = list(rounds), [], receives
        self.log = []

    def receive(self, *, wait=True):
        self.log.append("wait" if wait else "look")
        given = self.rounds.pop(0) if self.rounds else []
        if isinstance(given, Exception):
            raise given
        return [
            Message(body, f"handle-{n}", f"id-{n}", self.receives, NOW - timedelta(seconds=40))
            for n, body in enumerate(given)
        ]

    def done(self, *messages):
        assert 0 < len(messages) <= 10
        self.log.append(f"done {len(messages)}")
        self.gone += [message.body for message in messages]


class World:
    def __init__(self, *rounds, sources=SOURCES, **queue):
        self.queue, self.store, self.woken = Queue(*rounds, **queue), FakeStore(), []
        ledger = Ledger(self.store, Patience(), lambda: NOW)
        taking = Taking(Reading(sources, Routes(channel="#security")), ledger, self.woken.append)
        self.intake = Intake("noroshi", self.queue, taking, lambda: NOW)

    def problems(self):
        return [record for record in self.store.records.values() if record.id.startswith("problem-")]

    def titles(self):
        return [record.body["it"]["alert"]["title"] for record in self.problems()]


def test_a_message_leaves_the_queue_once_it_is_on_record():
    world = World([FINDING])

    world.intake.receive()

    assert (len(world.problems()), world.queue.gone) == (1, [FINDING])
    assert world.woken == ["#security"]


def test_what_the_store_does_not_take_stays_on_the_queue():
    world = World([FINDING])
    world.store.failing = True

    world.intake.receive()

    assert world.queue.gone == []


def test_as_long_as_the_store_fails_no_more_messages_are_taken_from_the_queue():
    world = World([FINDING], [FINDING])
    world.store.failing = True
    world.intake.receive()

    world.intake.receive()
    assert len(world.queue.rounds) == 1

    world.store.failing = False
    world.intake.receive()
    assert (len(world.problems()), world.queue.gone) == (1, [FINDING])


def test_the_same_message_given_twice_is_one_telling():
    world = World([FINDING], [FINDING, FINDING])

    world.intake.receive()
    world.intake.receive()
    [record] = world.problems()

    assert record.version == 1
    assert len(world.queue.gone) == 3


@pytest.mark.parametrize("error", [ZeroDivisionError(), BadEvent("no source can show this")])
def test_a_message_that_breaks_something_stays_and_the_rest_goes_on(error):
    def broken(event):
        if event.detail.get("body") == "poison":
            raise error
        return SOURCES[-1].alert(event)

    world = World([QUIET, "poison", "what"], sources=(Source("s", "", (), broken),))

    world.intake.receive()

    assert sorted(world.queue.gone) == sorted([QUIET, "what"])


def test_a_message_that_breaks_something_again_and_again_is_told_of():
    def broken(_event):
        raise ZeroDivisionError

    world = World(["poison"], sources=(Source("s", "", (), broken),), receives=3)

    world.intake.receive()

    assert world.titles() == ["I can't read a message of the queue noroshi: what it says reaches nobody"]
    assert world.queue.gone == []


def test_what_the_store_can_never_keep_keeps_nothing_else_off_the_record():
    world = World([FINDING, CRITICAL], receives=3)
    write = world.store.write

    def bounded(*records):
        if any("f00d" in str(record.body) for record in records):
            raise BadRequest("The body has more than 350,000 bytes.")
        write(*records)

    world.store.write = bounded
    world.intake.receive()

    assert world.queue.gone == [FINDING]
    assert "I can't read a message of the queue noroshi: what it says reaches nobody" in world.titles()


def test_what_is_deliberately_dropped_leaves_the_queue():
    world = World([QUIET])

    world.intake.receive()

    assert (world.problems(), world.queue.gone) == ([], [QUIET])


def test_a_queue_that_cannot_be_read_is_known_to_be_so_until_it_can():
    world = World(Upstream("no such queue"), [FINDING])
    world.intake.stop()  # so that the failure is not waited out

    world.intake.receive()
    assert (world.intake.sense.failing_since, world.intake.sense.error) == (NOW, "no such queue")

    world.intake.receive()
    assert world.intake.sense.failing_since is None
    assert world.intake.sense.lag == timedelta(seconds=40)


def test_a_full_batch_says_that_there_may_be_more():
    world = World(["x"] * 10, ["x"])

    assert world.intake.receive()
    assert not world.intake.receive()


def test_what_may_be_critical_is_on_record_before_the_storm_around_it():
    storm = [[FINDING] * 10 for _ in range(20)]
    storm[11][4] = CRITICAL
    world = World(*storm)

    world.intake.receive()
    before = world.queue.log[: world.queue.log.index("done 1")]

    assert before == ["wait", *["look"] * 11]
    assert world.queue.gone[0] == CRITICAL
    assert len(world.queue.gone) == 200


def test_what_is_no_finding_is_not_looked_at_but_taken_as_it_comes():
    world = World([FINDING] * 9 + ["a stranger"], [FINDING])

    world.intake.receive()

    assert world.queue.gone[0] == "a stranger"


def test_a_queue_that_is_not_full_is_not_looked_through():
    world = World([FINDING] * 9, [FINDING])

    world.intake.receive()

    assert world.queue.log == ["wait", "done 9"]


def test_what_was_given_out_before_is_taken_before_more_is_asked_for():
    world = World([FINDING] * 10, [FINDING] * 10, receives=2)

    world.intake.receive()

    assert world.queue.log == ["wait", "done 10"]


def test_no_more_is_held_than_a_hand_takes():
    world = World(*[[FINDING] * 10 for _ in range(300)])

    world.intake.receive()

    assert len(world.queue.gone) == 2_500


def test_a_queue_that_fails_while_it_is_looked_through_loses_nothing():
    world = World([FINDING] * 10, Upstream("gone"), [FINDING])

    world.intake.receive()

    assert len(world.queue.gone) == 10


def test_what_is_in_hand_when_the_store_fails_stays_on_the_queue_and_no_more_is_asked_for():
    world = World([FINDING] * 9 + ["a stranger"], [FINDING] * 10)
    world.store.failing = True

    world.intake.receive()

    assert world.queue.log == ["wait"]
