"""What comes late makes nothing stand twice."""

from datetime import timedelta

import pytest

from tests.pipeline.world import CHANNEL, World, alert

LEASE, CALL = timedelta(seconds=30), timedelta(seconds=10)


@pytest.fixture
def world():
    return World()


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
