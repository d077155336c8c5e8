"""What one replica saw all of them show, and the terminal too; nobody looks twice at the same, nor waits for a store."""

from datetime import timedelta

import pytest

from bot.core.glance import Buckets, Glance, Look
from bot.core.standing.form import as_body
from bot.core.standing.overview import Overview
from bot.edges.glances import Glances, Looking, Seen
from bot.edges.glancing import RECORD, Glancing, kept
from bot.errors import Upstream
from bot.pipeline.lease import Lease
from bot.ports import Record
from tests.fakes import FakeStore
from tests.glanced import NOW

EVERY, MINUTE = timedelta(minutes=15), timedelta(minutes=1)


class Replica:
    """A bot that looks at buckets (dear) and queues (not dear), and counts how often it asked."""

    def __init__(self, world, name, **options):
        self.asked = {"buckets": 0, "queues": 0}
        self.lookings = [
            Looking("buckets", lambda: self._seen("buckets", Buckets(len(name), 0)), EVERY, dear=True),
            Looking("queues", lambda: self._seen("queues", None), EVERY),
        ]
        lease = Lease(world.store, "glance", name, 3 * MINUTE, world.now)
        self.glancing = Glancing(world.store, lease, world.now, {}, **options)
        self.glances = Glances(self.lookings, world.now, lambda: 0.0, self.glancing)
        self.glancing.hurry = self.glances.hurry

    def _seen(self, part, value):
        self.asked[part] += 1
        return Seen({"1": value} if value else {})

    def look(self):
        for looking in self.lookings:
            self.glances.look(looking)


class World:
    def __init__(self):
        self.time, self.store = NOW, FakeStore()

    def now(self):
        return self.time

    def replica(self, name="a", **options):
        return Replica(self, name, **options)


@pytest.fixture
def world():
    return World()


def test_what_one_saw_the_other_shows_and_does_not_ask_for(world):
    one, other = world.replica("a"), world.replica("bbb")
    one.look()
    other.glancing.sync()
    other.look()

    assert other.asked == {"buckets": 0, "queues": 0}
    assert other.glancing.seen == one.glancing.seen == kept(world.store)
    assert other.glancing.seen.buckets == Buckets(1, 0)


def test_of_two_that_begin_at_once_one_looks(world):
    one, other = world.replica("a"), world.replica("b")
    one.look()
    other.look()

    assert other.asked == {"buckets": 0, "queues": 0}


def test_when_the_one_who_looked_dies_another_goes_on(world):
    one, other = world.replica("a"), world.replica("bbb")
    one.look()
    for _ in range(15):
        world.time += MINUTE
        other.glancing.sync()
        other.look()

    assert one.asked == other.asked == {"buckets": 1, "queues": 1}
    one.glancing.sync()
    assert one.glancing.seen.buckets == Buckets(3, 0)


def test_who_looks_stays_the_one_while_a_look_takes_long(world):
    one, other = world.replica("a"), world.replica("b")
    one.look()
    for _ in range(20):
        world.time += MINUTE
        one.glancing.sync()
    other.look()

    assert other.asked == {"buckets": 0, "queues": 0}


def test_a_bot_that_begins_anew_does_not_ask_again_for_what_was_just_seen(world):
    world.replica("a").look()
    world.time += 5 * MINUTE
    again = world.replica("c")
    again.glancing.sync()
    again.look()

    assert again.asked == {"buckets": 0, "queues": 0}


def test_a_bot_that_begins_anew_looks_for_a_wish_but_not_at_what_is_dear(world):
    world.replica("a").look()
    world.time += 5 * MINUTE
    again = world.replica("c")
    again.glancing.sync()
    again.glancing.look_again()
    again.look()

    assert again.asked == {"buckets": 0, "queues": 1}


def test_where_each_has_metrics_of_its_own_each_looks_and_the_last_look_is_shown(world):
    one, other = world.replica("a", everywhere=True), world.replica("bbb", everywhere=True)
    one.look()
    world.time += MINUTE
    other.look()
    one.glancing.sync()

    assert one.asked == other.asked == {"buckets": 1, "queues": 1}
    assert one.glancing.seen.buckets == Buckets(3, 0)


def test_a_wish_is_granted_by_whoever_looks_but_for_what_is_dear(world):
    one, other = world.replica("a"), world.replica("b")
    one.look()
    world.time += 2 * MINUTE
    other.glancing.look_again()
    one.glancing.sync()
    one.look()

    assert one.asked == {"buckets": 1, "queues": 2}
    assert kept(world.store).looks["queues"].at == world.time


def test_wishes_in_a_row_are_one_look_a_minute(world):
    one = world.replica("a")
    one.look()
    for _ in range(60):
        world.time += timedelta(seconds=5)
        one.glancing.look_again()
        one.look()

    assert one.asked == {"buckets": 1, "queues": 6}


def test_without_the_store_the_process_shows_what_it_sees_itself(world):
    one = world.replica("a")
    world.store.failing = True
    one.look()
    one.glancing.look_again()

    assert one.glancing.seen.buckets == Buckets(1, 0)
    assert one.glancing.view().title != "Nobody has looked at the accounts yet"
    with pytest.raises(Upstream):
        one.glancing.sync()


def test_showing_asks_neither_the_store_nor_anybody_else(world):
    one = world.replica("a")
    one.look()
    asked, world.store.failing = dict(one.asked), True
    for _ in range(100):
        one.glancing.view()

    assert one.asked == asked


def test_who_writes_at_the_same_moment_takes_nothing_from_the_other(world):
    one = world.replica("a")
    theirs = Overview(looks={"compliance": Look(NOW, well=False, seconds=1, why="no")})
    written = world.store.write

    def first(*records):
        world.store.write = written
        written(Record(RECORD, as_body(theirs), 0))
        written(*records)

    world.store.write = first
    one.glancing.saw(Glance(looks={"queues": Look(NOW, well=True, seconds=1)}))

    assert set(kept(world.store).looks) == {"compliance", "queues"}


def test_what_another_version_wrote_is_written_anew(world):
    world.store.write(Record(RECORD, {"it": {"is": "Later"}}, 0))
    one = world.replica("a")
    assert kept(world.store) is None
    one.glancing.sync()
    one.look()

    assert kept(world.store) == one.glancing.seen


def test_what_is_switched_off_here_is_not_shown_from_what_others_kept(world):
    world.replica("a").look()
    lease = Lease(world.store, "glance", "z", MINUTE, world.now)
    here = Glancing(world.store, lease, world.now, {"buckets": "switched off"})
    here.sync()

    assert (here.seen.buckets, here.seen.off) == (None, {"buckets": "switched off"})
