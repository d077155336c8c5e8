"""The schedule of the compact copy: one replica at a time, ever more seldom while it fails, and told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.hearing.senses import PATIENCE
from bot.core.view import Caveat
from bot.edges.compacting import TERM, Compacting
from bot.edges.watch import Watch
from bot.errors import AccessDenied
from bot.pipeline.lease import Lease
from bot.trail.compaction import Compacted, DayCopied
from tests.fakes import FakeStore

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2026, 9, 7)


class World:
    def __init__(self):
        self.now, self.store, self.runs, self.told = NOW, FakeStore(), 0, []
        self.state, self.error, self.during = "made", None, lambda: None

    def compact(self, progress, since):
        self.runs += 1
        self.during()
        progress("…")
        if self.error:
            raise self.error
        return Compacted("athena", 1.0, (DayCopied(DAY, self.state, why="no way"),), (Caveat("a", "b"),))

    def lease(self, owner):
        return Lease(self.store, "compact", owner, TERM, lambda: self.now)

    def schedule(self, **more):
        return Compacting(lambda: self, HOUR, now=lambda: self.now, **more)

    def watch(self):
        return Watch(None, lambda: (), self.store, self.told.append, now=lambda: self.now, patience=PATIENCE)

    def runs_at(self, schedule, hours):
        found = []
        for hour in range(hours):
            self.now, before = NOW + hour * HOUR, self.runs
            schedule.look()
            found += [hour] * (self.runs - before)
        return found


@pytest.fixture
def world():
    return World()


def test_it_runs_at_once_and_then_every_so_often(world):
    assert world.runs_at(world.schedule(), 4) == [0, 1, 2, 3]
    schedule = world.schedule()
    schedule.look()
    world.now += HOUR - timedelta(seconds=1)
    schedule.look()
    assert world.runs == 5


@pytest.mark.parametrize("error", [None, AccessDenied("No.", "Allow it.", action="glue:UpdatePartition")])
def test_what_fails_is_tried_ever_more_seldom_down_to_once_a_day(world, error):
    world.state, world.error = "failed", error

    assert world.runs_at(world.schedule(), 80) == [0, 2, 6, 14, 30, 54, 78]


def test_a_fault_of_ours_does_not_run_it_again_at_once(world):
    world.error = ValueError("a bug")
    schedule = world.schedule()
    with pytest.raises(ValueError, match="a bug"):
        schedule.look()
    schedule.look()

    assert world.runs == 1


def test_of_two_replicas_one_runs_it_and_the_other_waits(world):
    one, other = (world.schedule(lease=world.lease(owner)) for owner in ("one", "other"))
    seen = []

    def meanwhile():
        world.during = lambda: None
        other.look()
        seen.append(world.runs)

    world.during = meanwhile
    one.look()
    other.look()

    assert seen == [1]
    assert world.runs == 2


def test_the_lease_is_kept_while_it_goes_on_and_a_store_that_is_away_does_not_end_it(world):
    one, other = world.lease("one"), world.lease("other")

    def long():
        world.now += TERM / 2

    world.during = long
    world.schedule(lease=one).look()
    assert other.hold()
    other.release()

    def away():
        world.now += TERM
        world.store.failing = True

    world.during = away
    world.schedule(lease=one).look()
    assert world.runs == 2


def test_a_failure_is_told_once_it_lasts_and_its_end_too(world):
    watch = world.watch()
    schedule = world.schedule(tell=watch.settle)
    world.state = "failed"
    world.runs_at(schedule, 1)
    first = len(world.told)
    world.now = NOW + 2 * HOUR
    schedule.look()
    world.now = NOW + 6 * HOUR
    schedule.look()
    world.state, world.now = "made", NOW + 20 * HOUR
    schedule.look()

    assert first == 0
    assert [(alert.key, alert.resolved) for alert in world.told] == [
        ("noroshi:compact", False),
        ("noroshi:compact", True),
    ]
    assert "2026-09-07: no way" in str(world.told[0].story)
