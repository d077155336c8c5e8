"""`noroshi demo --trail DIR`: CloudTrail files of one's own, laid out as CloudTrail lays them out.

Files may come in any container and any tree; their records are sorted by day, so that the stand-in's table
finds them beside the incident's. All are filed under one account and region: the table would else project
every account with every region on every day, and Athena reads at most a million partitions a query.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
from isal import igzip

from bot.adapters.duckdb.layout import Partition, holds_no_events, partition_of
from bot.adapters.duckdb.records import Broken, Record, parse, plain
from bot.adapters.duckdb.shapes import day_of

ACCOUNT = "000000000000"
"""Where all of it is filed; the records keep their own accounts."""
REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class OwnTrail:
    """The laid-out files, the values their partitions take, and what was left out."""

    files: tuple[tuple[str, bytes], ...]
    accounts: frozenset[str]
    regions: frozenset[str]
    first_day: date | None
    skipped: tuple[str, ...]
    undated: int


def own_log_files(folder: Path) -> OwnTrail:
    """Every record below `folder`; files that can't be read, and records without a day, are told, not lost silently."""
    found: dict[Partition, list[Record]] = defaultdict(list)
    skipped: list[str] = []
    undated = 0
    for path in sorted(
        path for path in folder.rglob("*") if path.is_file() and not holds_no_events(str(path))
    ):
        try:
            records = parse(plain(path.read_bytes()))
        except (Broken, OSError):
            skipped.append(path.name)
            continue
        for record in records:
            filed = partition_of(str(path))
            day = filed.day if filed else day_of(record)
            if day is None:
                undated += 1
            else:
                found[Partition(ACCOUNT, REGION, day)].append(record)
    return _laid_out(found, tuple(skipped), undated)


def _laid_out(found: dict[Partition, list[Record]], skipped: tuple[str, ...], undated: int) -> OwnTrail:
    files = tuple(
        (_key(partition), _packed(records))
        for partition, records in sorted(found.items(), key=lambda item: _key(item[0]))
    )
    days = [date.fromisoformat(partition.day.replace("/", "-")) for partition in found]
    return OwnTrail(
        files,
        frozenset(partition.account for partition in found),
        frozenset(partition.region for partition in found),
        min(days, default=None),
        skipped,
        undated,
    )


def _key(partition: Partition) -> str:
    account, region, day = partition.account, partition.region, partition.day
    name = f"{account}_CloudTrail_{region}_{day.replace('/', '')}T0000Z_own.json.gz"
    return f"AWSLogs/{account}/CloudTrail/{region}/{day}/{name}"


def _packed(records: list[Record]) -> bytes:
    body: bytes = igzip.compress(orjson.dumps({"Records": records}), 1)
    return body
