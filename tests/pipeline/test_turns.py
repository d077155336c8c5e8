"""A turn is one person's at a time, in all replicas; it comes free when it ends, or when its time is over."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.sqlite import SqliteStore
from bot.pipeline import turns

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)


class Clock:
    def __init__(self):
        self.time = NOW

    def now(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    made = SqliteStore(tmp_path / "noroshi.db", clock=clock.now)
    yield made
    made.close()


def test_who_comes_second_hears_whose_turn_it_is(store):
    assert turns.take(store, "one", "Mika", NOW, TEN).mine

    second = turns.take(store, "one", "Ben", NOW + timedelta(minutes=1), TEN)
    assert (second.mine, second.by, second.at) == (False, "Mika", NOW)
    assert turns.take(store, "two", "Ben", NOW, TEN).mine


def test_it_comes_free_when_it_ends(store):
    turns.end(store, turns.take(store, "one", "Mika", NOW, TEN), NOW)

    assert turns.take(store, "one", "Ben", NOW, TEN).mine


def test_it_comes_free_when_its_time_is_over(store, clock):
    turns.take(store, "one", "Mika", NOW, TEN)
    clock.time = NOW + TEN + timedelta(seconds=1)

    assert turns.take(store, "one", "Ben", clock.time, TEN).mine


def test_who_took_too_long_does_not_end_anothers_turn(store, clock):
    first = turns.take(store, "one", "Mika", NOW, TEN)
    clock.time = NOW + TEN + timedelta(seconds=1)
    turns.take(store, "one", "Ben", clock.time, TEN)

    turns.end(store, first, clock.time)

    assert turns.take(store, "one", "Ada", clock.time, TEN).by == "Ben"
