"""Reading processes between two questions: who asks next need not wait for them to start, and they know more."""

import atexit
import os
import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress

_SECONDS = 60


class Idle:
    """Processes that wait, as many as there are cores at most, for a minute at most. Safe to share between threads."""

    def __init__(self, seconds: float = _SECONDS, at_most: int | None = None) -> None:
        self._seconds, self._at_most = seconds, at_most or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._waiting: list[subprocess.Popen[bytes]] = []
        self._timer: threading.Timer | None = None

    def take(self, count: int) -> list[subprocess.Popen[bytes]]:
        """So many that are alive, if there are; the caller's from now on."""
        with self._lock:
            taken, self._waiting = self._waiting[:count], self._waiting[count:]
        alive = [one for one in taken if one.poll() is None]
        end(one for one in taken if one not in alive)
        return alive

    def put(self, processes: Iterable[subprocess.Popen[bytes]]) -> None:
        """Let them wait, in their order; what is too many ends."""
        with self._lock:
            every = [*self._waiting, *processes]
            self._waiting, surplus = every[: self._at_most], every[self._at_most :]
            self._wait()
        end(surplus)

    def end(self) -> None:
        """End all that wait."""
        with self._lock:
            ended, self._waiting = self._waiting, []
            self._stop_waiting()
        end(ended)

    def _wait(self) -> None:
        self._stop_waiting()
        if self._waiting:
            self._timer = threading.Timer(self._seconds, self.end)
            self._timer.daemon = True
            self._timer.start()

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None


def end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """End them, whatever they are at, and leave nothing of them."""
    ended = list(processes)
    for process in ended:
        if process.poll() is None:
            process.kill()
    for process in ended:
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):  # what a dead one did not take
                    pipe.close()


IDLE = Idle()
"""Those of this process. When it dies they read the end of their input, and end too."""
atexit.register(IDLE.end)
