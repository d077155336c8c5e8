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
from bot.adapters.duckdb.part import How, Tally, tally_from
from bot.adapters.duckdb.store import LogObject

# No multiprocessing: its spawn runs the program's own main module again, and its fork copies locks.
_START = "import sys; sys.path[:] = sys.argv[1:]; from bot.adapters.duckdb.worker import main; main()"
_ROOT = str(Path(__file__).parents[3])
# Without `site`, which takes as long as the interpreter itself: the paths are known here, and follow.
_COMMAND = (sys.executable, "-S", "-c", _START, _ROOT)
# Cores are seldom equally free: who is done with one helping takes the next. Small ones end together.
_HELPINGS = 50


class Workers:
    """Processes that read local files; they may be started before it is known what to read. Leaving ends them.

    `command` is what each runs: a worker, where it is not said.
    """

    def __init__(self, count: int, command: Sequence[str] = _COMMAND) -> None:
        self._count, self._command = count, command
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Starts nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End those that run."""
        self._end()

    def start(self) -> None:
        """Have them ready soon, where processes can be had."""
        with suppress(OSError):
            self._start()

    def read(self, files: Sequence[LogObject], how: How, folder: Path, brake: Brake) -> Tally | None:
        """Write the files' rows into `folder`; None when processes can't be had here. Raises Stopped."""
        helpings = iter(_helpings(files, self._count * _HELPINGS))
        try:
            with brake.stopping(self._kill):
                self._start()
                brake.check()
                with ThreadPoolExecutor(self._count, thread_name_prefix="feeding") as feeding:
                    rows = (folder / f"rows-{number}.ndjson" for number in range(self._count))
                    told = list(feeding.map(partial(_feed, how, helpings), self._running, rows))
        except OSError:
            told = [b""]
        finally:
            codes = self._end()
        brake.check()
        if not all(told) or any(codes):
            return None
        return sum(map(tally_from, told), Tally())

    def _start(self) -> None:
        while len(self._running) < self._count:
            self._running.append(_start(self._command))

    def _kill(self) -> None:
        for worker in self._running:
            if worker.poll() is None:
                worker.kill()

    def _end(self) -> list[int]:
        self._kill()
        ended, self._running = self._running, []
        for worker in ended:
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe:
                    with suppress(OSError):  # what a dead one did not take
                        pipe.close()
        return [worker.returncode for worker in ended]


def _helpings(files: Sequence[LogObject], count: int) -> list[list[tuple[str, int]]]:
    """The files in so many parts of about the same size."""
    by_size = sorted(files, key=lambda file: file.size)
    parts = ([(file.key, file.size) for file in by_size[number::count]] for number in range(count))
    return [part for part in parts if part]


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [*command, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _feed(
    how: How, helpings: Iterator[list[tuple[str, int]]], worker: subprocess.Popen[bytes], rows: Path
) -> bytes:
    """Give one helping after another until there is none; gives what the worker tells at its end."""
    assert worker.stdin  # noqa: S101 - pipes were asked for
    assert worker.stdout  # noqa: S101 - same
    _say(worker, {"needles": how.needles, "parsed": how.parsed, "rows": os.fspath(rows)})
    for files in helpings:  # a list's iterator: taking from it is atomic
        _say(worker, files)
        if not worker.stdout.readline():
            return b""
    worker.stdin.close()
    told = worker.stdout.read()
    worker.wait()
    return told


def _say(worker: subprocess.Popen[bytes], value: object) -> None:
    assert worker.stdin  # noqa: S101 - a pipe was asked for
    worker.stdin.write(orjson.dumps(value) + b"\n")
    worker.stdin.flush()
