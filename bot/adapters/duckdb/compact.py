"""What lies in the compact folder: Parquet files for each publish day, named by the day's own manifest.

    day=2026-09-08/manifest              what was copied, from what, into which files; JSON
    day=2026-09-08/<unique>.parquet      some of the day's rows

The manifest comes last and by renaming, so it is the old one or the new one, whatever dies or runs twice; a
file that no manifest names is never read. No name here is one that a log file may have (see `folder`).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import orjson

from bot.adapters.duckdb.day_copy import DayCopy, Slice, day_copy, told

_DAY = "day="
_MANIFEST = "manifest"
MAKING = ".making-"
"""How a folder begins that a day is made in."""

_SURELY_OLD = timedelta(days=1)
"""No question reads a file, and nobody makes a day, for so long."""


def folder_for(location: str | None, compact_location: str | None) -> "CompactFolder | None":
    """The folder of a log location's copy: the one that is set, or beside the log folder; None where there is neither."""
    if compact_location:
        return None if compact_location.startswith("s3://") else CompactFolder(Path(compact_location))
    if location is None or location.startswith("s3://"):
        return None
    logs = Path(location).expanduser().absolute()
    return CompactFolder(logs.with_name(f"{logs.name}.compact")) if logs.name else None


class CompactFolder:
    """The folder; it need not exist. Safe to use from several threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder.expanduser().absolute()
        # Manifests, by what tells one from the next: they are looked at for every question.
        self._known: dict[date, tuple[tuple[int, int], DayCopy]] = {}

    def copies(self, days: Iterable[date]) -> Mapping[date, DayCopy]:
        """The copies there are of these days; one that is not whole is none."""
        if not self.path.is_dir():
            return {}
        found = ((day, self._copy(day)) for day in days)
        return {day: copy for day, copy in found if copy}

    def days(self) -> Iterator[date]:
        """The days that have a folder."""
        if not self.path.is_dir():
            return
        for entry in os.scandir(self.path):
            with suppress(ValueError):
                if entry.name.startswith(_DAY):
                    yield date.fromisoformat(entry.name.removeprefix(_DAY))

    def making(self) -> Path:
        """A new folder to make a day in, on the same disk; raises OSError."""
        folder = self.path / f"{MAKING}{uuid4().hex}"
        folder.mkdir(parents=True)
        return folder

    def put(self, day: date, made: DayCopy) -> DayCopy:
        """Let the day be this copy from now on, its files moved to their place; raises OSError."""
        folder = self._folder(day)
        folder.mkdir(exist_ok=True)
        done = replace(made, slices=tuple(_moved(one, folder) for one in made.slices))
        before = self._copy(day)
        for one in before.slices if before else ():
            # Who reads it now has a while to end: its age begins here.
            with suppress(OSError):
                os.utime(one.parquet)
        written = made.slices[0].parquet.with_suffix(".manifest")
        written.write_bytes(orjson.dumps(told(done)))
        _flush(written)
        written.replace(folder / _MANIFEST)
        return done

    def sweep(self, now: datetime) -> None:
        """Take away what nobody names any more and is surely old: left by the dead, or followed by a newer copy."""
        if not self.path.is_dir():
            return
        before = (now - _SURELY_OLD).timestamp()
        for folder in self.path.glob(f"{MAKING}*"):
            if _newest(folder) < before:
                rmtree(folder, ignore_errors=True)
        for day in self.days():
            copy = self._copy(day)
            named = {one.parquet for one in copy.slices} if copy else set()
            for file in self._folder(day).glob("*.parquet"):
                with suppress(OSError):
                    if file not in named and file.stat().st_mtime < before:
                        file.unlink()

    def _folder(self, day: date) -> Path:
        return self.path / f"{_DAY}{day:%Y-%m-%d}"

    def _copy(self, day: date) -> DayCopy | None:
        manifest = f"{self.path}/{_DAY}{day:%Y-%m-%d}/{_MANIFEST}"
        try:
            about = os.stat(manifest)  # noqa: PTH116 - a Path for each day takes longer than the call
            version = (about.st_ino, about.st_mtime_ns)
            known = self._known.get(day)
            copy = known[1] if known and known[0] == version else _read(Path(manifest))
            whole = all(os.stat(one.parquet).st_size == one.size for one in copy.slices)  # noqa: PTH116 - as above
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self._known[day] = (version, copy)
        return copy if whole else None


def _read(manifest: Path) -> DayCopy:
    return day_copy(orjson.loads(manifest.read_bytes()), manifest.parent)


def _moved(one: Slice, folder: Path) -> Slice:
    place = folder / f"{uuid4().hex}.parquet"
    _flush(one.parquet)
    one.parquet.rename(place)
    return replace(one, parquet=place)


def _newest(folder: Path) -> float:
    times = [0.0]
    for path in (folder, *folder.iterdir()):
        with suppress(OSError):
            times.append(path.stat().st_mtime)
    return max(times)


def _flush(path: Path) -> None:
    """What a manifest names must outlive a power cut as surely as the manifest."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
