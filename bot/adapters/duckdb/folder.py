"""Log files in a local folder: CloudTrail's own tree, or any other."""

import os
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NoReturn

from bot.adapters.duckdb.layout import day_names, may_hold
from bot.adapters.duckdb.store import LogObject
from bot.errors import NotFound

# By name only what may be a log is opened at all; what it is, its bytes say.
_MAY_BE_LOG = re.compile(r"\.(json|jsonl|ndjson|gz)(\.|$)", re.IGNORECASE)


class FolderStore:
    """Satisfies `LogStore`. Hidden files and folders are left out, links are followed once."""

    lists_at_once = True

    def __init__(self, folder: Path) -> None:
        self._root = folder.expanduser().absolute()
        self.root = f"{self._root.as_posix().rstrip('/')}/"
        self.name = str(folder)
        self.readers = os.cpu_count() or 1

    def objects(self, days: tuple[date, ...] | None) -> Iterator[LogObject]:
        """The files in order of path; a folder that can't be opened stands for itself, and fails when read."""
        if self._root.is_file():
            yield _object(self._root.as_posix(), self._root.stat().st_size)
            return
        if not self._root.is_dir():
            raise NotFound(
                f"There is no folder {self.name}.", "Set NOROSHI_TRAIL__LOCATION to where the logs are."
            )
        for files in _walk(str(self._root), day_names(days) if days is not None else None, set()):
            yield from files


def _walk(folder: str, days: frozenset[str] | None, seen: set[tuple[int, int]]) -> Iterator[list[LogObject]]:
    """The files in stretches: handing each up through every folder above it would take longer than finding it."""
    try:
        about = Path(folder).stat()
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError as error:
        yield [LogObject(folder, 0, partial(_fail, error))]
        return
    if (about.st_dev, about.st_ino) in seen:
        return
    seen.add((about.st_dev, about.st_ino))
    # A file's own name never says what the folders above it do not; there are thousands of files.
    may_hold_files = may_hold(folder, days)
    files: list[LogObject] = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if may_hold(path := _path(entry), days):
                yield files
                files = []
                yield from _walk(path, days, seen)
        elif may_hold_files and _may_be_log(entry.name) and entry.is_file():
            files.append(_object(_path(entry), entry.stat().st_size))
    yield files


def _may_be_log(name: str) -> bool:
    return name.endswith(".json.gz") or _MAY_BE_LOG.search(name) is not None


def _path(entry: os.DirEntry[str]) -> str:
    return entry.path if os.sep == "/" else Path(entry.path).as_posix()


def _object(path: str, size: int) -> LogObject:
    return LogObject(path, size, partial(_read, path), local=True)


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _fail(error: OSError) -> NoReturn:
    raise error
