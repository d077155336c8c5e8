"""The heartbeat: what is deaf is told once, whatever restarts, and no failure ends the watch."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.hearing.senses import PATIENCE, AccountSense, DeadSense, QueueSense, Sense
from bot.edges.watch import Watch
from bot.errors import Upstream
from bot.ports import Record
from tests.fakes import FakeStore
from tests.patience import LONGEST

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ACCOUNT, HOME = "111122223333", "eu-west-1"
DETECTOR = f"noroshi:detector:{ACCOUNT}:{HOME}"
ON, OFF, UNKNOWN = Sense("on", "d1"), Sense("off", "d1"), Sense("unknown", reason="AWS is throttling it.")
ALL_ON = AccountSense(ACCOUNT, HOME, ON, ON, ON)
DEAF = replace(ALL_ON, detector=OFF)


class World:
    """A clock, the senses and the queues as they are just now, and everything that was told."""

    def __init__(self):
        self.now, self.store, self.told = NOW, FakeStore(), []
        self.all, self.dead, self.queue = [[ALL_ON]], [], QueueSense("noroshi")
        self.looks, self.refusals = 0, []

    def accounts(self):
        self.looks += 1
        yield from self.all

    def dead_letters(self):
        return self.dead

    def tell(self, alert):
        if self.refusals:
            raise self.refusals.pop()
        self.told.append(alert)

    def watch(self, **more):
        return Watch(self, lambda: [self.queue], self.store, self.tell, now=lambda: self.now, **more)

    def keys(self):
        return [(alert.key, alert.resolved) for alert in self.told]


@pytest.fixture
def world():
    return World()


def look(watch, world, *senses, after=5 * MINUTE):
    world.all = [list(senses)] if senses else world.all
    world.now += after
    watch.look()


def test_a_stop_is_told_once_and_its_end_once(world):
    watch = world.watch()
    for senses in (ALL_ON, DEAF, DEAF, DEAF, ALL_ON, ALL_ON):
        look(watch, world, senses)

    assert world.keys() == [(DETECTOR, False), (DETECTOR, True)]


def test_a_restart_tells_nothing_twice(world):
    for senses in (ALL_ON, DEAF, DEAF, ALL_ON, ALL_ON):
        look(world.watch(), world, senses)

    assert world.keys() == [(DETECTOR, False), (DETECTOR, True)]


def test_two_replicas_tell_of_it_once(world):
    one, other = world.watch(), world.watch()
    for senses in (ALL_ON, DEAF, ALL_ON):
        look(one, world, senses)
        look(other, world, after=MINUTE)

    assert world.keys() == [(DETECTOR, False), (DETECTOR, True)]


def test_replicas_that_meet_tell_of_the_same_occurrence(world):
    one, other = world.watch(), world.watch()
    look(one, world, ALL_ON)
    world.refusals = [Upstream("The process is killed here.")]
    look(one, world, DEAF)
    look(other, world)
    world.store.records[f"hearing:{DETECTOR}"] = replace(
        world.store.records[f"hearing:{DETECTOR}"],
        body={**world.store.records[f"hearing:{DETECTOR}"].body, "told": 0},
    )
    look(one, world)

    assert len(world.told) == 2
    assert len({alert.occurrence for alert in world.told}) == 1


def test_what_could_not_be_told_is_told_in_the_next_round(world):
    watch = world.watch()
    look(watch, world, ALL_ON)
    world.refusals = [Upstream("Slack is down.")]

    look(watch, world, DEAF)
    assert world.told == []
    look(watch, world)
    assert world.keys() == [(DETECTOR, False)]
    assert world.told[0].first_seen == NOW + 10 * MINUTE


def test_a_store_that_fails_ends_nothing(world):
    watch = world.watch()
    look(watch, world, ALL_ON)
    world.store.failing = True
    look(watch, world, DEAF)
    world.store.failing = False
    look(watch, world)

    assert world.keys() == [(DETECTOR, False)]


def test_another_account_is_looked_at_though_one_could_not_be_told(world):
    other = replace(DEAF, account_id="444455556666", detector=OFF)
    watch = world.watch()
    world.refusals = [Upstream("Slack is down.")]
    world.all, world.now = [[DEAF], [other]], NOW
    watch.look()

    assert world.keys() == [("noroshi:detector:444455556666:eu-west-1", False)]


def test_what_can_not_be_asked_leaves_what_was_told_as_it_is(world):
    watch = world.watch()
    for senses in (ALL_ON, DEAF, replace(ALL_ON, detector=UNKNOWN), DEAF):
        look(watch, world, senses)

    assert world.keys() == [(DETECTOR, False)]


def test_silence_is_counted_from_what_the_pipeline_wrote(world):
    watch = world.watch()
    world.store.write(Record(f"heard:{ACCOUNT}", {"at": (NOW - 6 * DAY).isoformat()}))
    look(watch, world)
    assert world.told == []
    look(watch, world, after=DAY)
    assert world.keys() == [(f"noroshi:silence:{ACCOUNT}", False)]
    world.store.write(Record(f"heard:{ACCOUNT}", {"at": world.now.isoformat()}, version=1))
    look(watch, world)

    assert world.keys()[1:] == [(f"noroshi:silence:{ACCOUNT}", True)]


def test_aws_is_asked_every_five_minutes_and_the_queues_every_half(world):
    watch = world.watch()
    world.queue = QueueSense("noroshi", failing_since=NOW, error="no route")
    for _ in range(12):
        look(watch, world, after=timedelta(seconds=30))

    assert world.looks == 2
    assert world.keys() == [("noroshi:queue:noroshi", False)]
    assert world.told[0].last_seen == NOW + PATIENCE.queue


def test_the_queues_are_looked_at_between_accounts_that_take_long(world):
    world.queue = QueueSense("noroshi", failing_since=NOW, error="no route")

    class Slow(list):
        def __iter__(self):
            for account_id in ("1", "2"):
                world.now += 2 * MINUTE
                yield [replace(ALL_ON, account_id=account_id)]

    world.all = Slow()
    world.watch().look()

    assert world.keys() == [("noroshi:queue:noroshi", False)]
    assert world.told[0].last_seen == NOW + 4 * MINUTE


def test_dead_letters_are_told_and_taken_back(world):
    watch, dead = (
        world.watch(),
        DeadSense("noroshi", Sense("on", "noroshi-dead"), 3, "https://sqs/1/noroshi-dead"),
    )
    for waiting in (3, 3, 0):
        world.dead = [replace(dead, waiting=waiting)]
        look(watch, world)

    assert world.keys() == [("noroshi:dead:noroshi", False), ("noroshi:dead:noroshi", True)]


def test_many_regions_are_read_in_portions_that_a_store_takes(world):
    look(world.watch(), world, *(replace(ALL_ON, region=f"eu-west-{n}") for n in range(60)))

    assert world.store.read(f"hearing:noroshi:trail:{ACCOUNT}:eu-west-59")


def test_an_account_that_gives_nothing_is_passed_over(world):
    world.all = [[], [DEAF]]
    world.watch().look()

    assert world.keys() == [(DETECTOR, False)]


def test_a_quiet_round_writes_nothing(world):
    watch = world.watch()
    look(watch, world)
    written = world.store.writes
    look(watch, world)

    assert world.store.writes == written


def test_it_runs_until_it_is_stopped(world):
    told = threading.Event()
    world.tell = lambda _: told.set()
    world.all = [[DEAF]]
    watch = world.watch(patience=replace(PATIENCE, every=timedelta(0), queues_every=timedelta(0)))
    running = threading.Thread(target=watch.run, daemon=True)
    running.start()

    assert told.wait(LONGEST)
    watch.stop()
    running.join(LONGEST)
    assert not running.is_alive()


def test_once_stopped_the_accounts_that_are_left_are_not_asked(world):
    watch = world.watch()
    asked = []

    class Stopping(list):
        def __iter__(self):
            for account_id in ("1", "2", "3"):
                asked.append(account_id)
                if account_id == "2":
                    watch.stop()
                yield [replace(DEAF, account_id=account_id)]

    world.all = Stopping()
    watch.look()

    assert asked == ["1", "2"]
