"""Reading files in processes of our own: `worker` is what runs in them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.part import How, Tally, tally_from
from bot.adapters.duckdb.store import LogObject

# No multiprocessing: its spawn runs the program's own main module again, and its fork copies locks.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from bot.adapters.duckdb.worker import main; main()"
_ROOT = str(Path(__file__).parents[3])
# Cores are seldom equally free: who is done with one helping takes the next.
_HELPINGS = 12


def read_in_processes(
    files: Sequence[LogObject], how: How, folder: Path, brake: Brake, processes: int
) -> Tally | None:
    """Write the rows of local files into `folder`; None when processes can't be had here. Raises Stopped."""
    workers: list[subprocess.Popen[bytes]] = []
    helpings = iter(_helpings(files, processes * _HELPINGS))
    try:
        with brake.stopping(lambda: _kill(workers)):
            for number in range(processes):
                brake.check()
                workers.append(_start(how, folder / f"rows-{number}.ndjson"))
            with ThreadPoolExecutor(processes, thread_name_prefix="feeding") as feeding:
                told = list(feeding.map(lambda worker: _feed(worker, helpings), workers))
    except OSError:
        told = [b""]
    finally:
        _kill(workers)
    brake.check()
    if not all(told) or any(worker.returncode for worker in workers):
        return None
    return sum(map(tally_from, told), Tally())


def _helpings(files: Sequence[LogObject], count: int) -> list[list[tuple[str, int]]]:
    """The files in so many parts of about the same size."""
    by_size = sorted(files, key=lambda file: file.size)
    parts = ([(file.key, file.size) for file in by_size[number::count]] for number in range(count))
    return [part for part in parts if part]


def _start(how: How, rows: Path) -> subprocess.Popen[bytes]:
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", _START, _ROOT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    _say(worker, {"needles": how.needles, "parsed": how.parsed, "rows": os.fspath(rows)})
    return worker


def _feed(worker: subprocess.Popen[bytes], helpings: Iterator[list[tuple[str, int]]]) -> bytes:
    """Give one helping after another until there is none; gives what the worker tells at its end."""
    assert worker.stdin  # noqa: S101 - pipes were asked for
    assert worker.stdout  # noqa: S101 - same
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


def _kill(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        if worker.poll() is None:
            worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                pipe.close()
