"""Reading files in processes of our own: `worker` is what runs in them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.part import How, Tally, tally_from
from bot.adapters.duckdb.store import LogObject

# No multiprocessing: its spawn runs the program's own main module again, and its fork copies locks.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from bot.adapters.duckdb.worker import main; main()"
_ROOT = str(Path(__file__).parents[3])


def read_in_processes(
    files: Sequence[LogObject], how: How, folder: Path, brake: Brake, processes: int
) -> Tally | None:
    """Write the rows of local files into `folder`; None when processes can't be had here. Raises Stopped."""
    workers: list[subprocess.Popen[bytes]] = []
    by_size = sorted(files, key=lambda file: file.size)  # so that each gets as much as the others
    try:
        with brake.stopping(lambda: _kill(workers)):
            for number in range(processes):
                brake.check()
                workers.append(_start(by_size[number::processes], how, folder / f"rows-{number}.ndjson"))
            told = [worker.communicate()[0] for worker in workers]
    except OSError:
        return None
    finally:
        _kill(workers)
    brake.check()
    if any(worker.returncode for worker in workers):
        return None
    return sum(map(tally_from, told), Tally())


def _start(files: Sequence[LogObject], how: How, rows: Path) -> subprocess.Popen[bytes]:
    task = {
        "needles": how.needles,
        "parsed": how.parsed,
        "rows": os.fspath(rows),
        "files": [(file.key, file.size) for file in files],
    }
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", _START, _ROOT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin  # noqa: S101 - a pipe was asked for
    worker.stdin.write(orjson.dumps(task))
    worker.stdin.close()
    worker.stdin = None  # so that communicate() only reads
    return worker


def _kill(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        if worker.poll() is None:
            worker.kill()
