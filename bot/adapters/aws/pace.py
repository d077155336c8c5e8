"""How fast AWS is asked, and how often it was."""

import threading
import time
from collections.abc import Callable


class Tally:
    """Counts the requests of one question, and those that were answered, from whichever threads they come."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls = self.answered = 0

    def add(self, requests: int = 1) -> None:
        """One more request, or so many that somebody else counted."""
        with self._lock:
            self.calls += requests

    def answer(self) -> None:
        """One more answer; that there is nothing is one too."""
        with self._lock:
            self.answered += 1


class Pace:
    """Lets so many requests go at once, and so many a second after them; time is in seconds."""

    def __init__(
        self,
        at_once: int = 10,
        per_second: float = 10.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._apart = 1 / per_second
        self._ahead = at_once * self._apart
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = float("-inf")

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            now = self._clock()
            turn = max(self._next, now - self._ahead)
            self._next = turn + self._apart
        if turn > now:
            self._sleep(turn - now)
