"""The same company at the size of a real one: a tree of log files on disk, for benchmarks."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from bot.embedded.incident.day import ORDINARY, Volume, day_files
from bot.embedded.incident.delivery import LogFile, published_by
from bot.embedded.incident.logs import theft_files
from bot.embedded.incident.others import other_files
from bot.embedded.incident.story import DAYS, Incident

# What an average day is at volume 1, measured: see tests/embedded/incident/test_archive.py.
RECORDS_A_DAY = 8_450
FILES_A_DAY = 113


@dataclass(frozen=True)
class Written:
    """What came to lie on disk: files, and bytes of gzip."""

    files: int = 0
    size: int = 0

    def __add__(self, other: "Written") -> "Written":
        """Both together."""
        return replace(self, files=self.files + other.files, size=self.size + other.size)


def write_archive(
    root: Path,
    *,
    seed: int,
    now: datetime,
    days: int = DAYS,
    records: int = 2_000_000,
    files: int = 5_000,
) -> Written:
    """Writes `AWSLogs/…` under `root`: about so many records and files, the incident among them.

    Spawns a process per core, so a script that calls it needs its `__main__` guard; two million records take 10 to 20 seconds on two cores.
    """
    incident = Incident(seed, now)
    volume = Volume(records / days / RECORDS_A_DAY, files / days / FILES_A_DAY)
    dates = [incident.now.date() - timedelta(days=back) for back in range(days + 1)]
    # Forking a program that has threads, as the bot has, can hang.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(_write_day, root, incident, day, volume) for day in dates]
        written = _write(root, chain(theft_files(incident), other_files(incident)))
        return sum((part.result() for part in parts), written)


def _write_day(root: Path, incident: Incident, day: date, volume: Volume = ORDINARY) -> Written:
    whole = day_files(incident.company, day, volume)
    return _write(root, (file for file in whole if published_by(file.key) <= incident.now))


def _write(root: Path, files: Iterable[LogFile]) -> Written:
    written = Written()
    for file in files:
        path = root / file.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
        written += Written(1, len(file.body))
    return written
