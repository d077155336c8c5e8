"""Reading files in processes of our own: `worker` is what runs in them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

import orjson

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.idle import Idle, end
from bot.adapters.duckdb.part import How, Tally, tally_from
from bot.adapters.duckdb.shares import Helping, Shares
from bot.adapters.duckdb.store import LogObject

# No multiprocessing: its spawn runs the program's own main module again, and its fork copies locks.
_START = "import sys; sys.path[:] = sys.argv[1:]; from bot.adapters.duckdb.worker import main; main()"
_ROOT = str(Path(__file__).parents[3])
# Without `site`, which takes as long as the interpreter itself: the paths are known here, and follow.
_COMMAND = (sys.executable, "-S", "-c", _START, _ROOT)


class Workers:
    """Processes that read local files; they may be started before it is known what to read. Leaving ends them.

    `command` is what each runs: a worker, where it is not said. With `idle` they come from there, and wait there for
    the next question instead of ending, unless something went wrong.
    """

    def __init__(self, count: int, command: Sequence[str] = _COMMAND, idle: Idle | None = None) -> None:
        self._count, self._command, self._idle = count, command, idle
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Starts nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Part with those that run."""
        left, self._running = self._running, []
        if self._idle is None:
            end(left)
        else:
            self._idle.put(left)

    def start(self) -> None:
        """Have them ready soon, where processes can be had."""
        with suppress(OSError):
            self._start()

    def read(self, files: Sequence[LogObject], how: How, folder: Path, brake: Brake) -> Tally | None:
        """Write the files' rows into `folder`; None when processes can't be had here. Raises Stopped."""
        told = [b""]
        try:
            with brake.stopping(self._kill), suppress(OSError):
                self._start()
                brake.check()
                told = self._told(Shares(files, self._count), how, folder)
        finally:
            if not all(told):
                self._end()
        brake.check()
        return sum(map(tally_from, told), Tally()) if all(told) else None

    def _told(self, shares: Shares, how: How, folder: Path) -> list[bytes]:
        each = range(self._count)
        rows = [folder / f"rows-{number}.ndjson" for number in each]
        with ThreadPoolExecutor(self._count, thread_name_prefix="feeding") as feeding:
            return list(feeding.map(partial(_feed, how), map(shares.of, each), self._running, rows))

    def _start(self) -> None:
        if self._idle and not self._running:
            self._running = self._idle.take(self._count)
        while len(self._running) < self._count:
            self._running.append(_start(self._command))

    def _kill(self) -> None:
        for worker in self._running:
            if worker.poll() is None:
                worker.kill()

    def _end(self) -> None:
        ended, self._running = self._running, []
        end(ended)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [*command, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _feed(how: How, helpings: Iterator[Helping], worker: subprocess.Popen[bytes], rows: Path) -> bytes:
    """Give one helping after another until there is none; gives what the worker tells at the end, b"" if it died."""
    assert worker.stdout  # noqa: S101 - a pipe was asked for
    _say(worker, {"needles": how.needles, "parsed": how.parsed, "rows": os.fspath(rows)})
    for files in helpings:
        _say(worker, files)
        if not worker.stdout.readline():
            return b""
    _say(worker, None)
    told = worker.stdout.readline()
    return told if told.endswith(b"\n") else b""


def _say(worker: subprocess.Popen[bytes], value: object) -> None:
    assert worker.stdin  # noqa: S101 - a pipe was asked for
    worker.stdin.write(orjson.dumps(value) + b"\n")
    worker.stdin.flush()
