"""A channel is told in by one replica at a time, and by another once that is dead."""

from datetime import timedelta

from bot.pipeline.lease import Lease

TERM = timedelta(seconds=30)


def lease(world, owner):
    return Lease(world.store, "#security", owner, TERM, world.now)


def test_one_holds_it_and_the_other_does_not(world):
    one, other = lease(world, "one"), lease(world, "other")

    assert [one.hold(), other.hold(), one.hold(), other.hold()] == [True, False, True, False]


def test_the_holder_keeps_it_as_long_as_it_lives(world):
    one, other = lease(world, "one"), lease(world, "other")
    for _ in range(100):
        assert one.hold()
        world.time += timedelta(seconds=7)
        assert not other.hold()


def test_a_dead_holder_is_followed_after_its_term_and_not_before(world):
    lease(world, "dead").hold()
    other = lease(world, "other")
    world.time += TERM - timedelta(seconds=1)
    assert not other.hold()

    world.time += timedelta(seconds=1)
    assert other.hold()


def test_a_holder_that_slept_through_its_term_no_longer_acts(world):
    one, other = lease(world, "one"), lease(world, "other")
    one.hold()
    world.time += TERM
    other.hold()

    assert not one.hold()


def test_a_holder_never_acts_when_another_with_a_clock_a_little_ahead_could_have_it(world):
    one = lease(world, "one")
    one.hold()
    until = world.time + TERM
    writes = world.store.writes
    while world.store.writes == writes:
        assert world.time < until - TERM / 3
        assert one.hold(timedelta(seconds=10))
        world.time += timedelta(seconds=1)


def test_what_is_released_is_free_at_once(world):
    one, other = lease(world, "one"), lease(world, "other")
    one.hold()
    one.release()

    assert other.hold()
    assert not one.hold()
