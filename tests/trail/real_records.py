"""The real records of public data sets, where they are; laid out as CloudTrail lays its files out."""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.embedded.own_trail import ACCOUNT, REGION
from tests.trail.plain_records import Record

DATA = Path(__file__).parents[3] / "shared" / "data" / "cloudtrail"
DAYS = [date(2026, 10, 20 + number) for number in range(3)]
MOST_OF_A_KIND = 10

where_they_are = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real records (../shared/data/cloudtrail) are not here"
)


def few_of_a_kind(records: Sequence[Record]) -> list[Record]:
    """So many of the same call, outcome and shape: nine in ten records only repeat what others show."""
    seen, few = Counter[object](), []
    for record in records:
        who = record.get("userIdentity")
        shapes = [_shape(record.get(name)) for name in ("requestParameters", "responseElements")]
        called = [record.get(name) for name in ("eventSource", "eventName", "errorCode")]
        kind = (*called, *shapes, _shape(record), _shape(who), isinstance(who, dict) and who.get("type"))
        seen[kind] += 1
        if seen[kind] <= MOST_OF_A_KIND:
            few.append(record)
    return few


def lay_out(folder: Path, records: Sequence[Record]) -> list[tuple[str, bytes]]:
    """Write them as if published on a few days, however old (a file for each of 240 takes minutes); keys and bodies."""
    files = []
    for number, day in enumerate(DAYS):
        name = f"{ACCOUNT}_CloudTrail_{REGION}_{day:%Y%m%d}T0000Z_own.json.gz"
        key = f"AWSLogs/{ACCOUNT}/CloudTrail/{REGION}/{day:%Y/%m/%d}/{name}"
        whole = {"Records": records[number :: len(DAYS)]}
        body = gzip.compress(json.dumps(whole, separators=(",", ":")).encode(), 1)
        (folder / key).parent.mkdir(parents=True)
        (folder / key).write_bytes(body)
        files.append((key, body))
    return files


def _shape(value: Any) -> object:
    return tuple(sorted(value)) if isinstance(value, dict) else type(value).__name__
