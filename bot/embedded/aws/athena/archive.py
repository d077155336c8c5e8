"""Log files' records kept as Parquet, by the day's folder they lie in: unpacked and parsed once, however often asked.

What is kept hangs on the bytes of every file of the folder: one that comes, changes or goes makes it anew.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.layout import Partition, partition_of
from bot.adapters.duckdb.part import Skipped
from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.records_file import write_records, written

_MOST = 256_000_000
"""Bytes of Parquet that are kept: some two million records; more only while statements read them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A log file in S3 as it is now: other bytes have another `version`."""

    file: LogObject
    version: str


@dataclass(frozen=True, slots=True)
class Lent:
    """Parquet files of records, by what their log files' path says (None: nothing), and files that are broken."""

    parquet: Mapping[Partition | None, Sequence[Path]]
    skipped: Sequence[Skipped]


@dataclass(slots=True)
class _Kept:
    """What is kept of a place's files; `readers` are statements that read it now."""

    place: Partition | None
    parquet: Sequence[Path]
    skipped: Sequence[Skipped]
    size: int
    readers: int = 0


class Archive:
    """What statements read of log files, in a folder of its own, gone with it; safe to share between threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._folder = TemporaryDirectory(prefix="noroshi-logs-")
        self._making, self._keeping = threading.Lock(), threading.Lock()
        self._kept: dict[str, _Kept] = {}

    def close(self) -> None:
        """Remove all of it."""
        self._folder.cleanup()

    @contextmanager
    def lend(self, files: Sequence[Stored], brake: Brake, scanned: Callable[[int], None]) -> Iterator[Lent]:
        """The records of these files, until the block ends; raises Stopped.

        `scanned` is told each file's size, from any thread, whether it had to be read or not.
        """
        asked = {_mark(those): those for those in _by_place(files).values()}
        with self._making:
            lent = self._taken(asked)
            for mark in lent:
                scanned(sum(each.file.size for each in asked[mark]))
            try:
                lent |= self._made({mark: asked[mark] for mark in asked.keys() - lent}, brake, scanned)
            except BaseException:
                self._give_back(lent)
                raise
        try:
            yield Lent(
                {each.place: each.parquet for each in lent.values()},
                [broken for mark in asked for broken in lent[mark].skipped],
            )
        finally:
            self._give_back(lent)

    def _taken(self, marks: Iterable[str]) -> dict[str, _Kept]:
        """Those of the marks that are kept, each the newest now."""
        with self._keeping:
            found = {mark: self._kept.pop(mark) for mark in marks if mark in self._kept}
            self._kept |= found
            for each in found.values():
                each.readers += 1
            return found

    def _made(
        self, missing: Mapping[str, Sequence[Stored]], brake: Brake, scanned: Callable[[int], None]
    ) -> dict[str, _Kept]:
        """What is not kept, which it then is: files whose path names their place in one go, others by themselves."""
        marks = {partition_of(those[0].file.key): mark for mark, those in missing.items()}
        made: dict[str, _Kept] = {}
        for by_place in (True, False):
            wanted = {place: mark for place, mark in marks.items() if (place is not None) == by_place}
            files = [_told(each.file, scanned) for mark in wanted.values() for each in missing[mark]]
            if not files:
                continue
            into = Path(self._folder.name) / uuid4().hex
            skipped = write_records(files, into, brake, by_place=by_place)
            parquet: dict[Partition | None, list[Path]] = defaultdict(list)
            for place, path in written(into):
                parquet[place].append(path)
            for place, mark in wanted.items():
                broken = [each for each in skipped if partition_of(each.key) == place]
                size = sum(path.stat().st_size for path in parquet[place])
                made[mark] = _Kept(place, parquet[place], broken, size, readers=1)
        with self._keeping:
            self._kept |= made
        return made

    def _give_back(self, lent: Mapping[str, _Kept]) -> None:
        """Nobody reads these any longer; what was longest not asked for goes, where there is too much."""
        with self._keeping:
            for each in lent.values():
                each.readers -= 1
            for mark, each in list(self._kept.items()):
                if sum(kept.size for kept in self._kept.values()) <= self._most:
                    return
                if not each.readers:
                    del self._kept[mark]
                    for path in each.parquet:
                        path.unlink()


def _by_place(files: Iterable[Stored]) -> Mapping[Partition | None, list[Stored]]:
    found: dict[Partition | None, list[Stored]] = defaultdict(list)
    for each in files:
        found[partition_of(each.file.key)].append(each)
    return found


def _mark(files: Iterable[Stored]) -> str:
    told = sha256()
    for each in files:
        told.update(f"{each.file.key}\0{each.version}\0".encode())
    return told.hexdigest()


def _told(file: LogObject, scanned: Callable[[int], None]) -> LogObject:
    """The file, which tells its size when it is read for the first time."""
    untold = iter([file.size])

    def read() -> bytes:
        for size in untold:
            scanned(size)
        return file.read()

    return replace(file, read=read)
