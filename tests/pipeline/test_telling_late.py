"""What comes late, the store's answer or Slack's, makes nothing stand twice; and what is critical is never late."""

from datetime import timedelta
from itertools import pairwise

from bot.core.severity import Severity
from bot.errors import Unanswered
from tests.fake_channels import FakeChannels
from tests.pipeline.world import CHANNEL, alert

SLOW = timedelta(seconds=0.4)
LEASE, CALL, SETTLE = timedelta(seconds=30), timedelta(seconds=10), timedelta(seconds=3)


def steps(world, teller, seconds):
    end = world.time + timedelta(seconds=seconds)
    while world.time < end:
        world.time += max(teller.step(), timedelta(milliseconds=10))


def test_who_lost_the_lease_while_the_intent_was_written_does_not_send(world):
    slow, other = world.teller(CHANNEL, "slow"), world.teller(CHANNEL, "other")
    assert slow._lease.hold()
    world.tell(alert())

    def write(*records, write=world.store.write):
        write(*records)
        world.store.write = write
        world.time += LEASE
        steps(world, other, 20)

    world.store.write = write
    slow.step()

    assert len(world.channels.messages) == 1


def test_a_lease_that_took_long_to_write_is_only_held_for_what_is_left(world):
    teller = world.teller(CHANNEL, "slow")

    def write(*records, write=world.store.write):
        write(*records)
        world.time += LEASE - CALL

    world.store.write = write

    assert not teller._lease.hold(CALL)


class LateChannels(FakeChannels):
    """A post takes as long as a call may, has no answer, and stands a moment later."""

    def __init__(self, world):
        super().__init__(world.now)
        self._world, self.late = world, None

    def post(self, channel, view, sending):
        if self.late is None:
            self.late = lambda: self._post(channel, view, sending)
            self._world.time += CALL
            raise Unanswered("The read timed out.")
        return super().post(channel, view, sending)


def test_a_message_that_appears_after_its_sender_stopped_is_not_sent_again(world):
    world.channels = channels = LateChannels(world)
    leaving, other = world.teller(CHANNEL, "leaving"), world.teller(CHANNEL, "other")
    world.tell(alert())
    leaving.step()

    leaving.close()
    steps(world, other, SETTLE.total_seconds() * 0.9)
    channels.late()
    steps(world, other, 60)

    assert len(channels.messages) == 1


class SlowChannels(FakeChannels):
    """Each post takes 0.4 s; a message stands at its end at the latest."""

    def __init__(self, world):
        super().__init__(world.now)
        self._world = world

    def post(self, channel, view, sending):
        self._world.time += SLOW
        return super().post(channel, view, sending)


def test_the_pace_is_counted_from_when_a_message_stands_at_the_latest(world):
    world.channels = channels = SlowChannels(world)
    world.tell(*(alert(f"p{n}") for n in range(4)))
    steps(world, world.teller(CHANNEL), 20)
    times = [each.at for each in channels.messages]

    assert len(times) == 4
    assert all(b - SLOW - a >= timedelta(seconds=1) for a, b in pairwise(times))


def test_what_is_critical_waits_for_no_fold(world):
    [teller, _] = world.tellers
    coming = (alert(f"p{n}", severity=Severity.MEDIUM) for n in range(10_000))
    world.tell(*(next(coming) for _ in range(300)))
    teller.step()
    world.tell(alert("bad", severity=Severity.CRITICAL))
    for _ in range(3):
        teller.step()
        world.tell(*(next(coming) for _ in range(98)))

    assert [each.view.severity for each in world.channels.messages] == [Severity.CRITICAL]
