"""CloudTrail's records read out of files by plain Python alone, apart from the bot's own readers."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
NOT_CALLS = ("Insight", "Aggregated")


def records_below(folder: Path) -> list[Record]:
    """Every record in any file of the folder, in the order of the files' names."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".csv")
    return [record for path in files for record in records_in(path.read_bytes())]


def records_in(data: bytes) -> Iterator[Record]:
    """The records of one file, gzipped or not: one JSON value, or one a line."""
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
    try:
        yield from _unwrapped(json.loads(text))
    except ValueError:
        for line in text.splitlines():
            yield from _unwrapped(json.loads(line))


def _unwrapped(value: Any) -> Iterator[Record]:
    if isinstance(value, list):
        for item in value:
            yield from _unwrapped(item)
    elif isinstance(value, dict):
        inside = [
            value[key]
            for key in ("Records", "Events", "detail", "data")
            if isinstance(value.get(key), dict | list)
        ]
        if "CloudTrailEvent" in value:
            yield from _unwrapped(json.loads(value["CloudTrailEvent"]))
        elif _is_call(value):
            yield value
        else:
            yield from _unwrapped(inside)


def _is_call(value: Record) -> bool:
    named = "eventName" in value and "eventSource" in value
    return named and "insightDetails" not in value and value.get("eventCategory") not in NOT_CALLS
