"""Intakes, tellers and the other loops run until they are stopped, whatever breaks in them."""

import threading

from structlog.testing import capture_logs

from bot.edges.alerting import Alerting
from tests.patience import LONGEST


class Loop:
    """Breaks the first time, then runs until it is stopped."""

    def __init__(self):
        self.runs = 0
        self.stopped, self.again = threading.Event(), threading.Event()

    def run(self):
        self.runs += 1
        if self.runs == 1:
            raise ZeroDivisionError
        self.again.set()
        self.stopped.wait(LONGEST)

    def stop(self):
        self.stopped.set()


class NoWait(threading.Event):
    """An event that is waited for no time at all."""

    def wait(self, timeout=None):
        return super().wait(0)


def test_a_loop_that_breaks_begins_anew():
    loop = Loop()
    running = Alerting(loops=[loop], _stopping=NoWait())
    running.start()

    assert loop.again.wait(LONGEST)
    running.stop()
    assert loop.runs == 2


def test_a_stopped_loop_is_not_begun_anew():
    loop = Loop()
    loop.runs = 1
    running = Alerting(loops=[loop], _stopping=NoWait())
    running.start()
    assert loop.again.wait(LONGEST)
    running.stop()
    for thread in threading.enumerate():
        if thread.name == "loop":
            thread.join(LONGEST)

    assert loop.runs == 2


class AtWork:
    """A loop that ends what it has in hand when it is let, and not before."""

    def __init__(self):
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.log = []

    def run(self):
        self.begun.set()
        self.go_on.wait(LONGEST)
        self.log.append("kept")

    def stop(self):
        self.log.append("told to stop")


def test_the_store_is_closed_when_all_that_was_in_hand_is_kept():
    loop = AtWork()
    running = Alerting(loops=[loop], close=lambda: loop.log.append("closed"))
    running.start()
    assert loop.begun.wait(LONGEST)

    stopping = threading.Thread(target=running.stop)
    stopping.start()
    loop.go_on.set()
    stopping.join(LONGEST)

    assert loop.log[-1] == "closed"
    assert sorted(loop.log) == ["closed", "kept", "told to stop"]


def test_the_store_stays_open_for_what_takes_longer():
    loop = AtWork()
    running = Alerting(loops=[loop], close=lambda: loop.log.append("closed"), patience=0)
    running.start()
    assert loop.begun.wait(LONGEST)

    with capture_logs() as logs:
        running.stop()
    loop.go_on.set()

    assert "closed" not in loop.log
    assert [each["event"] for each in logs] == ["still at work at the end: the store is left open"]
