"""A channel's thread outlives whatever breaks in it."""

import threading
from datetime import timedelta

import pytest

from bot.edges.tellers import Tellers
from bot.errors import Upstream
from tests.patience import LONGEST


class Teller:
    """Breaks in its first step, and again when that is set aside; goes on in the second."""

    channel = "#security"

    def __init__(self, error):
        self.error, self.steps, self.again = error, 0, threading.Event()

    def step(self):
        self.steps += 1
        if self.steps == 1:
            raise ZeroDivisionError
        self.again.set()
        return timedelta(seconds=10)

    def set_aside(self):
        raise self.error

    def close(self):
        """Nothing is held."""


@pytest.mark.parametrize("error", [OverflowError(), Upstream("The store can't be reached.")])
def test_what_breaks_even_when_it_is_set_aside_does_not_end_the_thread(error):

    teller, running = Teller(error), Tellers(after_failure=0)
    running.add([teller])
    running.start()

    assert teller.again.wait(LONGEST)
    running.stop()
