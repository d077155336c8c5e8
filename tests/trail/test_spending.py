"""What each person's questions cost: booked once, capped, never a question's trouble."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import Forbidden
from bot.ports import Record
from bot.trail.spending import Spending
from tests.fakes import FakeStore

NOW = datetime(2026, 9, 8, 18, 30, tzinfo=UTC)
MINE = "spent:2026-09-08:U1"


class Contended(FakeStore):
    """Somebody else writes first, so many times."""

    def __init__(self, times):
        super().__init__(NOW)
        self.times = times

    def write(self, *records):
        if self.times:
            self.times -= 1
            standing = self.records.get(MINE) or Record(MINE, {"usd": 0.0})
            super().write(Record(MINE, {"usd": standing.body["usd"] + 1}, standing.version))
        super().write(*records)


def spent(store):
    return store.records[MINE].body["usd"]


def test_what_was_estimated_stands_until_what_it_cost_takes_its_place():
    store = FakeStore(NOW)
    spending = Spending(lambda: store, lambda: NOW)

    booked = spending.book("U1", 0.5, 2)
    assert spent(store) == 0.5
    spending.settle(booked, 0.2)

    assert spent(store) == 0.2


def test_a_question_that_would_go_over_the_days_limit_is_refused_with_what_was_spent():
    store = FakeStore(NOW)
    spending = Spending(lambda: store, lambda: NOW)
    spending.book("U1", 1.5, 2)

    with pytest.raises(Forbidden, match=r"cost \$1\.50 today, of the \$2\.00") as caught:
        spending.book("U1", 0.6, 2)

    assert "00:00 UTC, in 5 h 30 min" in caught.value.hint
    assert spent(store) == 1.5


def test_each_person_and_each_day_has_a_limit_of_its_own():
    store, now = FakeStore(), NOW
    spending = Spending(lambda: store, lambda: now)
    spending.book("U1", 2, 2)

    assert spending.book("U2", 2, 2)
    now = NOW + timedelta(hours=6)
    assert spending.book("U1", 2, 2)


def test_a_question_over_midnight_is_settled_on_the_day_it_was_asked():
    store, now = FakeStore(), NOW
    spending = Spending(lambda: store, lambda: now)
    booked = spending.book("U1", 1, 2)

    now = NOW + timedelta(hours=6)
    spending.settle(booked, 0.25)

    assert spent(store) == 0.25
    assert list(store.records) == [MINE]


def test_what_was_spent_is_forgotten_after_forty_days():
    store = FakeStore(NOW)
    Spending(lambda: store, lambda: NOW).book("U1", 1, 2)

    assert store.records[MINE].expires_at == datetime(2026, 10, 18, tzinfo=UTC)


def test_nothing_is_lost_when_another_replica_writes_in_between():
    store = Contended(3)

    Spending(lambda: store, lambda: NOW).book("U1", 0.5, 10)

    assert spent(store) == 3.5


def test_two_at_once_can_not_both_spend_what_is_left():
    store = Contended(1)

    with pytest.raises(Forbidden):
        Spending(lambda: store, lambda: NOW).book("U1", 0.5, 1.2)


@pytest.mark.parametrize("times", [0, 1000])
def test_a_store_that_can_not_be_written_stops_no_question_and_is_said_once(times):
    store = Contended(times)
    store.failing = not times

    with capture_logs() as logs:
        assert Spending(lambda: store, lambda: NOW).book("U1", 0.5, 10_000) is None

    assert len(logs) == 1
    assert "not kept" in logs[0]["event"]
