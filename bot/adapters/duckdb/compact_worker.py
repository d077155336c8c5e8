"""What runs in a process that makes days: a line of JSON says which, a line of JSON tells what came of it."""

import gc
import sys
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from bot.adapters.duckdb.compact_day import Day, make
from bot.adapters.duckdb.day_copy import told
from bot.adapters.duckdb.store import LogObject
from bot.errors import NoroshiError


def main() -> None:
    """Make one day after another until standard input ends."""
    gc.disable()  # no cycles are made here, and every parsed record would be looked at for some
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(orjson.dumps(_made(orjson.loads(line))) + b"\n")
        sys.stdout.buffer.flush()


def _made(task: dict[str, Any]) -> dict[str, Any]:
    files = [LogObject(key, size, Path(key).read_bytes, local=True) for key, size in task["files"]]
    day = Day(date.fromisoformat(task["day"]), task["mark"], files)
    try:
        return {"made": told(make(day, Path(task["folder"]), threads=task["threads"]))}
    except NoroshiError as error:
        return {"failed": error.message}
    except OSError as error:
        return {"failed": f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}"}
