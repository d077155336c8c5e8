"""Keeping the compact folder: every publish day that is over and is not copied as it now lies there is made anew.

Local files are read by processes, one a core and a day each; those in S3 by threads here, a day at a time.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from shutil import rmtree

from bot.adapters.duckdb.compact import CompactFolder
from bot.adapters.duckdb.compact_day import Day, make
from bot.adapters.duckdb.compact_process import Maker
from bot.adapters.duckdb.day_copy import DayCopy
from bot.adapters.duckdb.layout import partition_of
from bot.adapters.duckdb.part import Skipped
from bot.adapters.duckdb.store import LogObject, LogStore
from bot.core.view import Caveat
from bot.errors import NoroshiError
from bot.ports import Progress
from bot.trail.compaction import Compacted, DayCopied, RawFile, due, made_of, too_early

_Make = Callable[[Day, Path], DayCopy]


@dataclass(frozen=True, slots=True)
class Listing:
    """Log files by their publish day, and those whose path tells none."""

    days: Mapping[date, Sequence[LogObject]]
    others: Sequence[LogObject]


def listing(files: Iterable[LogObject]) -> Listing:
    """The files by day."""
    days: defaultdict[str, list[LogObject]] = defaultdict(list)
    others: list[LogObject] = []
    for file in files:
        partition = partition_of(file.key)
        (days[partition.day] if partition else others).append(file)
    dated: dict[date, Sequence[LogObject]] = {}
    for name, some in days.items():
        try:
            dated[datetime.strptime(name, "%Y/%m/%d").date()] = some  # noqa: DTZ007 - a day of UTC, no moment
        except ValueError:  # a folder 2026/02/30
            others += some
    return Listing(dated, others)


def mark(files: Iterable[LogObject], root: str) -> str:
    """What a copy of these files is made of: their names below the store's root, and their sizes."""
    return made_of(RawFile(file.key.removeprefix(root), file.size) for file in files)


@dataclass(frozen=True, slots=True)
class Compacting:
    """One run over a store's files, which makes what is due (see `bot.trail.compaction.Compactor`).

    `maker` makes what makes the days of local files, given how many threads it may use.
    """

    store: LogStore
    folder: CompactFolder
    progress: Progress
    maker: Callable[[int], Maker] = Maker

    def run(self, now: datetime, since: date | None) -> Compacted:
        """Raises NotFound, AccessDenied, Upstream where the files can't be listed."""
        started = time.monotonic()
        self.progress("Looking for log files…")
        found, days = self._due(now, since)
        done = [DayCopied(day, "too-early") for day in too_early(now, since) if day in found.days]
        looked = [Day(day, mark(files, self.store.root), files) for day, files in days]
        wanted = [day for day in looked if not self._has(day)]
        done += [_kept(day) for day in looked if day not in wanted]
        done += self._all_made(wanted)
        self.folder.sweep(now)
        done.sort(key=lambda one: one.day, reverse=True)
        caveats = self._caveats(found, [day.day for day in looked])
        return Compacted("duckdb", round(time.monotonic() - started, 3), tuple(done), caveats)

    def _due(
        self, now: datetime, since: date | None
    ) -> tuple[Listing, list[tuple[date, Sequence[LogObject]]]]:
        """All files of a folder are listed at once, and every day looked at; in S3 that takes a call for each place."""
        if self.store.lists_at_once:
            found = listing(self.store.objects(None))
            days = due({}, now, first=min(found.days, default=None), since=since)
        else:
            copies = self.folder.copies(self.folder.days())
            marks = {day: copy.mark for day, copy in copies.items()}
            days = due(marks, now, first=None, since=since)
            found = listing(self.store.objects((*days, *too_early(now, since))))
        return found, [(day, found.days[day]) for day in days if day in found.days]

    def _has(self, day: Day) -> bool:
        copy = self.folder.copies([day.day]).get(day.day)
        return copy is not None and copy.mark == day.mark

    def _all_made(self, days: Sequence[Day]) -> Iterator[DayCopied]:
        cores = os.cpu_count() or 1
        local = all(file.local for day in days for file in day.files)
        at_once = min(cores, len(days)) if local else 1
        here = partial(make, readers=self.store.readers, threads=cores)
        makers = [self.maker(max(1, cores // at_once)) for _ in range(at_once)] if local else []
        free: SimpleQueue[_Make] = SimpleQueue()
        for one in [maker.make for maker in makers] or [here]:
            free.put(one)
        pool = ThreadPoolExecutor(max(1, at_once), thread_name_prefix="copying")
        try:
            for number, done in enumerate(pool.map(partial(self._turn, free), days), 1):
                self.progress(f"Copied {number:,} of {len(days):,} days, {done.day:%Y-%m-%d} last…")
                yield done
        finally:
            for maker in makers:
                maker.close()
            pool.shutdown(wait=True, cancel_futures=True)

    def _turn(self, free: SimpleQueue[_Make], day: Day) -> DayCopied:
        made_by = free.get()
        try:
            return self._made(made_by, day)
        finally:
            free.put(made_by)

    def _made(self, made_by: _Make, day: Day) -> DayCopied:
        if self._has(day):  # another run was faster
            return _kept(day)
        try:
            folder = self.folder.making()
            try:
                copy = self.folder.put(day.day, self._named(made_by(day, folder)))
            finally:
                rmtree(folder, ignore_errors=True)
        except NoroshiError as error:
            return DayCopied(day.day, "failed", len(day.files), why=f"{error.message} {error.hint}".strip())
        except OSError as error:
            return DayCopied(day.day, "failed", len(day.files), why=(error.strerror or str(error)).lower())
        return DayCopied(day.day, "made", copy.files, copy.bytes_read, copy.size)

    def _named(self, copy: DayCopy) -> DayCopy:
        """The copy with the names of skipped files as they are below the store's root, wherever that lies later."""
        skipped = (Skipped(one.key.removeprefix(self.store.root), one.reason) for one in copy.skipped)
        return replace(copy, skipped=tuple(skipped))

    def _caveats(self, found: Listing, days: Sequence[date]) -> tuple[Caveat, ...]:
        caveats = []
        if skipped := sum(len(copy.skipped) for copy in self.folder.copies(days).values()):
            words = f"{skipped:,} files could not be read and are in no copy; answers name them"
            caveats.append(Caveat("files-skipped", words))
        if found.others:
            words = f"{len(found.others):,} files lie outside CloudTrail's folders and are always read raw"
            caveats.append(Caveat("files-not-copied", words))
        return tuple(caveats)


def _kept(day: Day) -> DayCopied:
    return DayCopied(day.day, "kept", len(day.files))
