"""Intakes, tellers and the other loops run until they are stopped, whatever breaks in them."""

import threading

from bot.edges.alerting import Alerting


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
        self.stopped.wait(10)

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

    assert loop.again.wait(10)
    running.stop()
    assert loop.runs == 2


def test_a_stopped_loop_is_not_begun_anew():
    loop = Loop()
    loop.runs = 1
    running = Alerting(loops=[loop], _stopping=NoWait())
    running.start()
    assert loop.again.wait(10)
    running.stop()
    for thread in threading.enumerate():
        if thread.name == "loop":
            thread.join(10)

    assert loop.runs == 2
