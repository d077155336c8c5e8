"""Files into rows, in files of their own that DuckDB loads: as many at once as there are cores.

Little, and what is not local, is read by threads: unpacking and the network leave other threads running.
More goes to processes, one a core: sifting is work for the interpreter, and a process has only one.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.part import Part, Tally, part_of
from bot.adapters.duckdb.processes import read_in_processes
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject

_WORTH_PROCESSES = 8_000_000  # bytes of files; for less a process takes longer to start than it saves


def read(
    files: Sequence[LogObject], needles: Sequence[str], folder: Path, brake: Brake, readers: int | None = None
) -> Tally:
    """Write the rows of all files into `folder/*.ndjson`; raises Stopped, AccessDenied, Upstream."""
    cores = os.cpu_count() or 1
    local = all(file.local for file in files)
    if local and cores > 1 and sum(file.size for file in files) >= _WORTH_PROCESSES:
        tally = read_in_processes(files, needles, folder, brake, cores)
        if tally is not None:
            return tally
    return _read_in_threads(files, Sieve(needles), folder / "rows.ndjson", brake, readers or cores)


def _read_in_threads(
    files: Sequence[LogObject], sieve: Sieve, rows: Path, brake: Brake, readers: int
) -> Tally:
    tally = Tally()
    pool = ThreadPoolExecutor(readers, thread_name_prefix="logs")
    try:
        with rows.open("wb") as out:
            for part in pool.map(partial(_part, sieve, brake), files):
                out.writelines(part.lines)
                tally.count(part)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return tally


def _part(sieve: Sieve, brake: Brake, file: LogObject) -> Part:
    brake.check()
    return part_of(file, sieve)
