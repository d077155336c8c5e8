"""Days kept on disk: one file a day, written whole or not at all, checked whole before anything is believed.

Layout: magic line, SHA-256 of the rest, a line of JSON `[[key, length], …]`, the bodies end to end.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import orjson

from bot.embedded.incident.company import Company
from bot.embedded.incident.day import ORDINARY, Volume, day_files
from bot.embedded.incident.delivery import LogFile

# Raise it whenever a day would come out differently: days kept by an older generator are then left alone.
VERSION = 2
_MAGIC = b"noroshi day %d\n" % VERSION
_DIGEST = 32


def kept_day(cache: Path | None, company: Company, day: date, volume: Volume = ORDINARY) -> Iterable[LogFile]:
    """The files of a day from the cache, or made and kept; a damaged or foreign file there is made anew.

    Without a cache, and where the cache cannot be written, the day is only made.
    """
    if cache is None:
        return day_files(company, day, volume)
    path = cache / f"acme-{VERSION}-{company.seed}-{volume.records:g}-{volume.files:g}-{day}.day"
    found = _read(path)
    if found is None:
        found = list(day_files(company, day, volume))
        _write(path, found)
    return found


def _read(path: Path) -> list[LogFile] | None:
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _DIGEST
    payload = memoryview(whole)[start:]
    if whole[:start] != _MAGIC + sha256(payload).digest():
        return None
    return list(_unpack(whole, start))


def _unpack(whole: bytes, start: int) -> Iterator[LogFile]:
    end = whole.index(b"\n", start)
    at = end + 1
    for key, length in orjson.loads(whole[start:end]):
        yield LogFile(key, whole[at : at + length])
        at += length


def _write(path: Path, files: Iterable[LogFile]) -> None:
    files = list(files)
    index = orjson.dumps([[file.key, len(file.body)] for file in files])
    payload = b"".join([index, b"\n", *(file.body for file in files)])
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(_MAGIC + sha256(payload).digest() + payload)
        partial.replace(path)
    except OSError:
        # A full or read-only disk costs the next start a few seconds, no more.
        with suppress(OSError):
            partial.unlink()
