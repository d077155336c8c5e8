"""Files into rows, in files of their own that DuckDB loads: as many at once as there are cores.

Little, and what is not local, is read by threads: unpacking and the network leave other threads running.
More goes to processes, one a core: sifting is work for the interpreter, and a process has only one.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.part import How, Part, Tally, part_of
from bot.adapters.duckdb.processes import read_in_processes
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject

_WORTH_PROCESSES = 8_000_000  # bytes of files; for less a process takes longer to start than it saves


def read(
    files: Sequence[LogObject], how: How, folder: Path, brake: Brake, readers: int | None = None
) -> Tally:
    """Write the rows of all files into `folder/*.ndjson`; raises Stopped, AccessDenied, Upstream."""
    cores = os.cpu_count() or 1
    local = all(file.local for file in files)
    if local and cores > 1 and sum(file.size for file in files) >= _WORTH_PROCESSES:
        tally = read_in_processes(files, how, folder, brake, cores)
        if tally is not None:
            return tally
    return _read_in_threads(files, how, folder / "rows.ndjson", brake, readers or cores)


def _read_in_threads(files: Sequence[LogObject], how: How, rows: Path, brake: Brake, readers: int) -> Tally:
    sieve, tally = Sieve(how.needles), Tally()

    def part(file: LogObject) -> Part:
        brake.check()
        return part_of(file, sieve, parsed=how.parsed)

    pool = ThreadPoolExecutor(readers, thread_name_prefix="logs")
    try:
        with rows.open("wb") as out:
            for one in pool.map(part, files):
                out.writelines(one.lines)
                tally.count(one)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return tally
