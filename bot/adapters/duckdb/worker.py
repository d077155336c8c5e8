"""What runs in a reading process: a task comes in as JSON, rows go into a file, counts go out as JSON."""

import gc
import sys
from dataclasses import asdict
from pathlib import Path

import orjson

from bot.adapters.duckdb.part import Tally, part_of
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.store import LogObject


def main() -> None:
    """Read the task from standard input, do it, tell the tally."""
    gc.disable()  # no cycles are made here, and every parsed record would be looked at for some
    task = orjson.loads(sys.stdin.buffer.read())
    sieve, tally = Sieve(task["needles"]), Tally()
    with Path(task["rows"]).open("wb") as out:
        for key, size in task["files"]:
            part = part_of(LogObject(key, size, Path(key).read_bytes), sieve, parsed=task["parsed"])
            out.writelines(part.lines)
            tally.count(part)
    sys.stdout.buffer.write(orjson.dumps(asdict(tally)))
