"""A process of our own that makes days from local files, so that what it takes is given back, and the bot goes on."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from bot.adapters.duckdb.compact_day import Day, make
from bot.adapters.duckdb.day_copy import DayCopy, day_copy
from bot.errors import QueryFailed

# As in `processes`, and for the same reasons.
_START = "import sys; sys.path[:] = sys.argv[1:]; from bot.adapters.duckdb.compact_worker import main; main()"
_ROOT = str(Path(__file__).parents[3])
_COMMAND = (sys.executable, "-S", "-c", _START, _ROOT)


class Maker:
    """One process at a time, started when it is needed by `command`. After `close` there is none."""

    def __init__(self, threads: int, command: Sequence[str] = _COMMAND) -> None:
        self._threads, self._command = threads, command
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def close(self) -> None:
        """End it, whatever it is at."""
        self._closed = True
        self._end()

    def make(self, day: Day, folder: Path) -> DayCopy:
        """As `compact_day.make`, for local files; raises QueryFailed with what went wrong."""
        try:
            process = self._running()
        except OSError:  # processes can't be had here
            return make(day, folder, threads=self._threads)
        answer = _asked(process, self._task(day, folder))
        if "failed" in answer:
            raise QueryFailed(str(answer["failed"]))
        return day_copy(answer["made"], folder)

    def _task(self, day: Day, folder: Path) -> object:
        files = [(file.key, file.size) for file in day.files]
        about = {"day": day.day, "mark": day.mark, "files": files}
        return about | {"folder": str(folder), "threads": self._threads}

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise QueryFailed("It was stopped.")
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                [*self._command, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what a dead one did not take
                    pipe.close()


def _asked(process: subprocess.Popen[bytes], task: object) -> dict[str, Any]:
    assert process.stdin  # noqa: S101 - pipes were asked for
    assert process.stdout  # noqa: S101 - same
    line = b""
    with suppress(OSError):
        process.stdin.write(orjson.dumps(task) + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
    if not line.endswith(b"\n"):
        process.kill()
        raise QueryFailed("The process that made it died.", "See whether memory or disk ran out.")
    told: dict[str, Any] = orjson.loads(line)
    return told
