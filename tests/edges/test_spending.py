"""The bill is looked at when it is due, by one replica, once; what can't be seen is told once and never skipped."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.alert import Alert
from bot.core.severity import Severity
from bot.edges.spending import TERM, Part, Spending, daily, every_six_hours
from bot.edges.watch import Watch
from bot.errors import AccessDenied, Forbidden, Throttled, Upstream
from bot.pipeline.lease import Lease
from tests.fakes import FakeStore

NIGHT = datetime(2026, 9, 8, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DENIED = AccessDenied(
    "AWS refused: the bot's role may not ce:GetCostAndUsage.", "Allow it.", action="ce:GetCostAndUsage"
)
ALERT = Alert(
    "billing:spike:1:EC2:2026-09-07", "billing", "Spending spike", Severity.MEDIUM, "EC2 cost $200.00"
)


class World:
    """A clock, a record that replicas share, what was looked at and what was told."""

    def __init__(self):
        self.now, self.store, self.told, self.looked, self.refusals = NIGHT, FakeStore(), [], [], []
        self.watch = Watch(None, list, self.store, self.tell, now=lambda: self.now)

    def tell(self, *alerts):
        self.told += alerts

    def see(self, today: date):
        self.looked.append((self.now, today))
        if self.refusals:
            raise self.refusals.pop()
        return (ALERT,)

    def replica(self, owner="a", due=daily):
        parts = [Part("spikes", "Nobody is told of a spike.", due, self.see)]
        lease = Lease(self.store, "spending", owner, TERM, lambda: self.now)
        return Spending(parts, self.store, lease, self.tell, self.watch.settle, lambda: self.now)

    def keys(self):
        return [(alert.key, alert.resolved) for alert in self.told]


@pytest.fixture
def world():
    return World()


def hours(world, replica, count):
    for _ in range(count):
        replica.look()
        world.now += HOUR


def test_it_is_looked_at_at_once_and_then_once_a_day_after_ten(world):
    hours(world, world.replica(), 48)

    assert [(at.hour, today.day) for at, today in world.looked] == [(1, 8), (10, 8), (10, 9)]
    assert world.told == [ALERT] * 3


def test_a_day_that_was_missed_is_made_up_for_at_once(world):
    hours(world, world.replica(), 10)
    world.now += 30 * HOUR
    hours(world, world.replica(), 1)

    assert [(at.day, at.hour) for at, _ in world.looked] == [(8, 1), (8, 10), (9, 17)]


def test_the_pace_is_looked_at_every_six_hours(world):
    hours(world, world.replica(due=every_six_hours), 24)

    assert [at.hour for at, _ in world.looked] == [1, 6, 12, 18, 0]


def test_replicas_and_restarts_pay_once(world):
    world.now += 9 * HOUR
    for owner in "abcab":
        world.replica(owner).look()

    assert len(world.looked) == 1


def test_two_that_are_due_at_once_do_not_both_pay(world):
    world.now += 9 * HOUR
    other = world.replica("b")
    seen = world.see

    def slow(today):
        other.look()
        return seen(today)

    world.see = slow
    world.replica("a").look()

    assert len(world.looked) == 1


def test_one_that_died_while_it_looked_is_followed_by_another(world):
    world.now += 9 * HOUR
    world.refusals = [RuntimeError("killed")]
    dying = world.replica("a")
    dying._lease.release = lambda: None  # a dead process releases nothing
    with pytest.raises(RuntimeError):
        dying.look()

    world.replica("b").look()
    assert len(world.looked) == 1
    world.now += TERM
    world.replica("b").look()
    assert world.told == [ALERT]


def test_a_refusal_is_told_once_with_its_action_and_tried_the_next_day(world):
    world.refusals = [DENIED] * 4
    hours(world, world.replica(), 72)

    assert len(world.looked) == 4
    assert world.keys() == [("noroshi:bill:spikes", False)]
    assert "ce:GetCostAndUsage" in str(world.told[0].story)
    assert "Nobody is told of a spike." in str(world.told[0].story)
    assert world.told[0].severity is Severity.LOW


def test_what_can_be_seen_again_is_told_and_what_stood_out_too(world):
    world.refusals = [DENIED]
    hours(world, world.replica(), 12)

    assert world.keys() == [("noroshi:bill:spikes", False), (ALERT.key, False), ("noroshi:bill:spikes", True)]


def test_what_may_pass_is_tried_again_in_an_hour_and_told_only_if_it_lasts(world):
    world.now += 9 * HOUR
    world.refusals = [Throttled("Slow down.")]
    world.replica().look()
    world.replica().look()  # within the hour
    world.now += HOUR
    hours(world, world.replica(), 2)

    assert [at.hour for at, _ in world.looked] == [10, 11]
    assert world.told == [ALERT]


def test_spent_requests_are_told_at_once_and_asked_for_again_when_there_are_new_ones(world):
    world.now += 9 * HOUR
    world.refusals = [Forbidden("Today’s requests to Cost Explorer are spent.")] * 14
    hours(world, world.replica(), 1)
    assert world.keys() == [("noroshi:bill:spikes", False)]

    hours(world, world.replica(), 14)
    assert world.keys() == [("noroshi:bill:spikes", False), (ALERT.key, False), ("noroshi:bill:spikes", True)]
    assert [(at.day, at.hour) for at, _ in world.looked][-1] == (9, 0)


def test_what_lasts_is_told_though_it_might_pass(world):
    world.now += 9 * HOUR
    world.refusals = [Upstream("AWS can't be reached.")] * 40
    hours(world, world.replica(), 40)

    assert world.keys() == [("noroshi:bill:spikes", False)]


def test_one_part_that_fails_does_not_stop_the_others(world):
    def refuse(_):
        raise DENIED

    lease = Lease(world.store, "spending", "a", TERM, lambda: world.now)
    parts = [Part("regions", "", daily, refuse), Part("spikes", "", daily, world.see)]
    world.now += 9 * HOUR
    Spending(parts, world.store, lease, world.tell, world.watch.settle, lambda: world.now).look()

    assert world.keys() == [("noroshi:bill:regions", False), (ALERT.key, False)]


def test_what_could_not_be_told_is_looked_at_again(world):
    world.now += 9 * HOUR
    replica = world.replica()
    replica._tell = lambda *_: (_ for _ in ()).throw(Upstream("The store is away."))
    with pytest.raises(Upstream):
        replica.look()
    world.replica("b").look()

    assert world.told == [ALERT]
