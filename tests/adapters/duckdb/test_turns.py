"""Many questions at once: one is answered at a time, and none is late for having waited."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.errors import NotFound
from bot.ports import TrailQuery

SECONDS = 20
WAITING = "Waiting for another question…"


class SlowStore:
    """Looks for files until told to go on; counts who looks at the same time."""

    name = "slow"

    def __init__(self):
        self.go, self.entered = threading.Event(), threading.Semaphore(0)
        self.inside = self.most = 0
        self._lock = threading.Lock()

    def objects(self, days):
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        assert self.go.wait(SECONDS)
        with self._lock:
            self.inside -= 1
        return iter(())

    readers = 1


class Timers:
    """Makes timers that never go off; counts those that were started."""

    def __init__(self):
        self.started = 0

    def __call__(self, seconds, call):
        return self

    def start(self):
        self.started += 1

    def cancel(self):
        """It never goes off anyway."""


def test_sixteen_questions_are_answered_one_after_another_each_with_its_whole_time(week):
    store, timers = SlowStore(), Timers()
    waiting = threading.Semaphore(0)
    query = TrailQuery("SELECT eventid FROM noroshi.cloudtrail", (), week)

    def ask(number):
        engine = DuckdbEngine(store, timer=timers)  # whichever engine: the cores are the same
        return engine.run(query, lambda words: waiting.release() if words == WAITING else None)

    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(ask, number) for number in range(16)]
        try:
            assert store.entered.acquire(timeout=SECONDS)
            assert all(waiting.acquire(timeout=SECONDS) for _ in range(15))
            assert timers.started == 1
        finally:
            store.go.set()
        answers = [each.result(SECONDS) for each in asked]

    assert (len(answers), store.most, timers.started) == (16, 1, 16)


def test_who_asks_alone_is_not_told_to_wait(tmp_path, week):
    told: list[str] = []

    DuckdbEngine(str(tmp_path)).run(TrailQuery("SELECT 1 FROM noroshi.cloudtrail", (), week), told.append)

    assert WAITING not in told


def test_a_question_that_fails_gives_its_turn_back(tmp_path, week):
    told: list[str] = []
    query = TrailQuery("SELECT 1 FROM noroshi.cloudtrail", (), week)
    with pytest.raises(NotFound):
        DuckdbEngine(str(tmp_path / "nowhere")).run(query, told.append)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(DuckdbEngine(str(tmp_path)).run, query, told.append).result(SECONDS)

    assert WAITING not in told
