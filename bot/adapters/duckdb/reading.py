"""Files into rows, in files of their own that DuckDB loads: as many at once as there are cores.

Little, and what is not local, is read by threads: unpacking and the network leave other threads running.
More goes to processes, one a core: sifting is work for the interpreter, and a process has only one.
"""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.idle import IDLE
from bot.adapters.duckdb.part import How, Part, Tally, part_of
from bot.adapters.duckdb.processes import Workers
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject

_WORTH_PROCESSES = 8_000_000  # bytes of files; for less a process takes longer to start than it saves


class Reader:
    """Reads the files of a question; leaving it parts with the processes that it started.

    `cores` are the machine's where they are not said; from `worth` bytes of local files on processes read them.
    """

    def __init__(
        self, workers: Workers | None = None, *, cores: int | None = None, worth: int = _WORTH_PROCESSES
    ) -> None:
        self._cores, self._worth = cores or os.cpu_count() or 1, worth
        self._workers = workers or Workers(self._cores, idle=IDLE)

    def __enter__(self) -> Self:
        """Starts nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Part with the processes, if any."""
        self._workers.__exit__()

    def look_at(self, files: Iterable[LogObject]) -> list[LogObject]:
        """All the files; processes get ready for them while more are still being found."""
        found, size, started = [], 0, False
        for file in files:
            found.append(file)
            size += file.size
            if not started and file.local and self._worth_processes(size):
                self._workers.start()
                started = True
        return found

    def read(
        self, files: Sequence[LogObject], how: How, folder: Path, brake: Brake, readers: int | None = None
    ) -> Tally:
        """Write the rows of all files into `folder/*.ndjson`; raises Stopped, AccessDenied, Upstream."""
        local = all(file.local for file in files)
        if local and self._worth_processes(sum(file.size for file in files)):
            tally = self._workers.read(files, how, folder, brake)
            if tally is not None:
                return tally
        return _read_in_threads(files, how, folder / "rows.ndjson", brake, readers or self._cores)

    def _worth_processes(self, size: int) -> bool:
        return self._cores > 1 and size >= self._worth


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
