"""What runs in a reading process: lines of JSON come in, rows go into a file, counts go out as JSON.

Of each question the first line says how; each other is a helping of files, answered by an empty line, until `null`,
which is answered by the tally. Where there are no more lines, it ends.
"""

import gc
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from bot.adapters.duckdb.part import Tally, part_of
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject


def main() -> None:
    """Do what standard input says, tell the tallies."""
    gc.disable()  # no cycles are made here, and every parsed record would be looked at for some
    for task in _told():
        _say(orjson.dumps(asdict(_read(task))))
        gc.collect()  # all the same: nobody waits now


def _read(task: dict[str, Any]) -> Tally:
    sieve, tally = Sieve(task["needles"]), Tally()
    with Path(task["rows"]).open("wb", buffering=2**20) as out:
        for helping in iter(_told().__next__, None):
            for key, size in helping:
                part = part_of(LogObject(key, size, Path(key).read_bytes), sieve, parsed=task["parsed"])
                out.writelines(part.lines)
                tally.count(part)
            _say(b"")
    return tally


def _told() -> Iterator[Any]:
    return map(orjson.loads, sys.stdin.buffer)


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
