"""What runs in a reading process: lines of JSON come in, rows go into a file, counts go out as JSON.

The first line says how; each other is a helping of files, answered by an empty line; at the end, the tally.
"""

import gc
import sys
from dataclasses import asdict
from pathlib import Path

import orjson

from bot.adapters.duckdb.part import Tally, part_of
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject


def main() -> None:
    """Do what standard input says, tell the tally."""
    gc.disable()  # no cycles are made here, and every parsed record would be looked at for some
    lines, said = sys.stdin.buffer, sys.stdout.buffer
    task = orjson.loads(lines.readline())
    sieve, tally = Sieve(task["needles"]), Tally()
    with Path(task["rows"]).open("wb", buffering=2**20) as out:
        for helping in lines:
            for key, size in orjson.loads(helping):
                part = part_of(LogObject(key, size, Path(key).read_bytes), sieve, parsed=task["parsed"])
                out.writelines(part.lines)
                tally.count(part)
            said.write(b"\n")
            said.flush()
    said.write(orjson.dumps(asdict(tally)))
