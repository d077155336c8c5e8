"""The bill's digest comes once a week in one channel; where the figures can't be had, it says so."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.view import View
from bot.errors import AccessDenied, Throttled
from bot.pipeline.lease import Lease
from bot.pipeline.punctual import Punctual
from bot.pipeline.weekly import Weekly
from tests.pipeline.world import CHANNEL, World

WEDNESDAY, TOKYO = 2, ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)
DENIED = AccessDenied("AWS refused.", action="ce:GetCostAndUsage")


class Bill:
    """Counts how often its figures are asked for, and refuses as often as it is told to."""

    def __init__(self):
        self.asked, self.refusals = 0, []

    def show(self):
        self.asked += 1
        if self.refusals:
            raise self.refusals.pop()
        return View("Weekly bill: $84.00 last week")


@pytest.fixture
def world():
    return World(remind_after=None, mention_after=None)  # a Wednesday, 12:00 in Tokyo


@pytest.fixture
def bill():
    return Bill()


def weekly(world, bill, owner="a", on=WEDNESDAY):
    lease = Lease(world.store, "weekly", owner, timedelta(minutes=10), world.now)
    when = Punctual(time(13), TOKYO, on)
    return Weekly(
        CHANNEL,
        world.ledger,
        when,
        bill.show,
        lambda error: View(f"Can't see: {error.message}"),
        lease,
        lambda _: None,
    )


def told(world, one, hours=1):
    for _ in range(hours):
        one.look()
        world.run(5)
        world.time += HOUR
    return [post.view.title for post in world.channels.posts(CHANNEL)]


def test_it_comes_at_its_time_of_its_day_in_its_zone(world, bill):
    one = weekly(world, bill)

    assert told(world, one) == []
    assert told(world, one, 24 * 8) == ["Weekly bill: $84.00 last week"] * 2


def test_on_other_days_there_is_none(world, bill):
    assert told(world, weekly(world, bill, on=3), 12) == []


def test_whichever_replica_is_first_it_is_paid_once(world, bill):
    world.time += HOUR
    for owner in "abab":
        told(world, weekly(world, bill, owner))

    assert bill.asked == 1


def test_two_that_are_due_at_once_do_not_both_pay(world, bill):
    world.time += HOUR
    other, seen = weekly(world, bill, "b"), bill.show

    def slow():
        other.look()
        return seen()

    bill.show = slow
    weekly(world, bill).look()

    assert bill.asked == 1


def test_one_that_was_told_while_the_lease_was_waited_for_is_not_paid_again(world, bill):
    world.time += HOUR
    one, other = weekly(world, bill), weekly(world, bill, "b")
    holds = one.lease.hold

    def told_meanwhile():
        other.look()
        return holds()

    one.lease.hold = told_meanwhile
    one.look()

    assert bill.asked == 1


def test_where_the_figures_can_not_be_had_it_says_so_rather_than_nothing(world, bill):
    world.time += HOUR
    bill.refusals = [DENIED]

    assert told(world, weekly(world, bill)) == ["Can't see: AWS refused."]


def test_what_may_pass_is_tried_again_for_an_hour(world, bill):
    world.time += HOUR
    bill.refusals = [Throttled("Slow down.")] * 2
    one = weekly(world, bill)
    with pytest.raises(Throttled):
        one.look()

    world.time += HOUR
    assert told(world, one) == ["Can't see: Slow down."]


def test_a_bot_that_wakes_up_late_in_the_day_leaves_it_out(world, bill):
    world.time += 7 * HOUR

    assert told(world, weekly(world, bill)) == []


@given(
    st.integers(0, 4 * 365 * 24 * 60),
    st.integers(0, 6),
    st.times(),
    st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
)
def test_of_any_seven_days_one_is_due_and_for_six_hours(minutes, on, at, zone):
    when = Punctual(at, ZoneInfo(zone), on)
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    looks = [now + n * timedelta(minutes=30) for n in range(7 * 48)]
    days = [when.day(each) for each in looks]

    assert len({day for day in days if day}) <= 2
    assert all(day.weekday() == on for day in days if day)
    assert sum(day is not None for day in days) <= 14
