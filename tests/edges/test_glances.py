"""Each part is looked up by itself and in its own time; one that fails is unknown, and takes no other with it."""

import contextlib
from datetime import timedelta

import pytest

from bot.core.glance import Buckets
from bot.edges.glances import Glances, Looking, Seen
from bot.errors import AccessDenied
from tests.glanced import NOW

EVERY = timedelta(minutes=15)
DENIED = AccessDenied("AWS refused.", action="s3:ListAllMyBuckets")


class Clock:
    """The time, and seconds that pass while something is asked."""

    def __init__(self):
        self.time, self.seconds = NOW, 0.0

    def now(self):
        return self.time

    def count(self):
        return self.seconds


class Asked:
    """Gives or raises what it is told to, and counts how often it was asked."""

    def __init__(self, clock, answer, takes=0.0):
        self.clock, self.answer, self.takes, self.times = clock, answer, takes, 0

    def __call__(self):
        self.times += 1
        self.clock.seconds += self.takes
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def buckets(clock):
    return Asked(clock, Seen({"1": Buckets(1, 0)}, 2), takes=0.5)


@pytest.fixture
def looking(buckets):
    return Looking("buckets", buckets, EVERY)


@pytest.fixture
def glances(clock, looking):
    return Glances([looking], clock.now, clock.count)


def test_what_was_seen_is_kept_with_when_and_how_long_it_took(glances, looking):
    glances.look(looking)

    assert glances.glance.buckets == {"1": Buckets(1, 0)}
    look = glances.glance.looks["buckets"]
    assert (look.at, look.well, look.seconds, look.unseen) == (NOW, True, 0.5, 2)


def test_nothing_is_asked_before_it_is_due(clock, glances, looking, buckets):
    for minutes in (0, 5, 14, 15, 20):
        clock.time = NOW + timedelta(minutes=minutes)
        glances.look(looking)

    assert buckets.times == 2


def test_what_failed_is_not_known_any_more(clock, glances, looking, buckets):
    glances.look(looking)
    buckets.answer, clock.time = DENIED, NOW + EVERY
    with pytest.raises(AccessDenied):
        glances.look(looking)

    assert glances.glance.buckets is None
    assert not glances.glance.looks["buckets"].well


def test_a_bug_makes_a_part_unknown_too(glances, looking, buckets):
    buckets.answer = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        glances.look(looking)

    assert not glances.glance.looks["buckets"].well


def test_what_failed_is_asked_again_soon_and_then_ever_later(clock, glances, looking, buckets):
    buckets.answer = DENIED
    asked_at = []
    for minute in range(61):
        clock.time, before = NOW + timedelta(minutes=minute), buckets.times
        with contextlib.suppress(AccessDenied):
            glances.look(looking)
        if buckets.times > before:
            asked_at.append(minute)

    assert asked_at == [0, 1, 3, 7, 15, 30, 45, 60]


def test_a_look_that_takes_long_is_taken_seldom(clock, glances, looking, buckets):
    buckets.takes = 120.0
    glances.look(looking)
    for minutes in (15, 39, 40):
        clock.time = NOW + timedelta(minutes=minutes)
        glances.look(looking)

    assert buckets.times == 2


def test_a_part_that_fails_takes_no_other_with_it(clock, buckets):
    failing = Looking("compliance", Asked(clock, DENIED), EVERY)
    well = Looking("buckets", buckets, EVERY)
    glances = Glances([failing, well], clock.now, clock.count)
    with pytest.raises(AccessDenied):
        glances.look(failing)
    glances.look(well)

    assert (glances.glance.compliance, glances.glance.buckets) == (None, {"1": Buckets(1, 0)})
    assert len(glances.loops()) == 2


def test_who_wants_to_know_it_fresher_has_it_looked_at_but_not_twice_a_minute(
    clock, glances, looking, buckets
):
    glances.look(looking)
    for seconds in (20, 40, 59):
        clock.time = NOW + timedelta(seconds=seconds)
        glances.hurry(clock.time)
        glances.look(looking)
    assert buckets.times == 1

    clock.time = NOW + timedelta(seconds=60)
    glances.look(looking)
    glances.look(looking)
    clock.time = NOW + timedelta(minutes=10)
    glances.look(looking)
    assert buckets.times == 2


def test_our_own_record_may_be_looked_at_again_sooner(clock, buckets):
    own = Looking("problems", buckets, EVERY, soonest=timedelta(seconds=10))
    glances = Glances([own], clock.now, clock.count)
    buckets.takes = 0.1
    glances.look(own)
    for seconds in (5, 9, 10):
        clock.time = NOW + timedelta(seconds=seconds)
        glances.hurry(clock.time)
        glances.look(own)

    assert buckets.times == 2


def test_what_is_dear_keeps_its_pace_whoever_hurries(clock, buckets):
    dear = Looking("buckets", buckets, EVERY, dear=True)
    glances = Glances([dear], clock.now, clock.count)
    glances.look(dear)
    clock.time = NOW + timedelta(minutes=10)
    glances.hurry(clock.time)
    glances.look(dear)

    assert buckets.times == 1


def test_why_a_look_failed_stands_beside_it(glances, looking, buckets):
    buckets.answer = AccessDenied("AWS refused.", "Allow it.", action="s3:ListAllMyBuckets")
    with pytest.raises(AccessDenied):
        glances.look(looking)

    assert glances.glance.looks["buckets"].why == "AWS refused. Allow it."
