"""Adds the partitions that a table partitioned by hand is missing: every day that S3 has and Glue does not.

AWS's own example adds them one by one (Athena user guide: Query CloudTrail logs, manual partitioning); a day
that nobody added is silently not searched.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from bot.adapters.aws.errors import asking
from bot.adapters.aws.glue import Reach, find_table, look
from bot.adapters.aws.log_folders import LogFolders
from bot.adapters.aws.partitions import Partitions
from bot.errors import NotConfigured, Upstream
from bot.trail.setting_up import Done
from bot.trail.sources import Layout

_BATCH = 100  # docs: Glue, BatchCreatePartition
_ACCOUNT = re.compile(r"\d{12}")
_PATH = re.compile(
    r"s3://(?P<bucket>[^/]+)/(?P<root>(?:.+/)?AWSLogs/(?:o-[a-z0-9]+/)?)"
    r"(?:(?P<account>\d{12})/(?:CloudTrail/(?:(?P<region>[a-z]{2,}(?:-[a-z]+)+-\d)/)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Folder:
    """One day of one region of one account in S3."""

    account: str
    region: str
    day: date
    location: str


def adopt(glue: Any, s3: Any, database: str, table: str, since: date | None = None) -> Iterator[Done]:
    """Add what is missing from `since` on, and tell; safe to run again at any time.

    Raises NotConfigured for a table that has no partitions of its own or does not tell where a day lies,
    AccessDenied (glue:GetTable, glue:GetPartitions, s3:ListBucket, glue:BatchCreatePartition), Upstream.
    """
    found = find_table(glue, database, table)
    seen = look(glue, database, table, found)
    name = f"{database}.{table}"
    if seen.partitions is None:
        yield Done("partitions", f"{name} computes its partitions: there is nothing to add")
        return
    there = {one.values for one in seen.partitions.every()}
    missing = (
        (values, folder)
        for folder in _folders(s3, _place(name, found, seen), seen.layout, since)
        if (values := _values(folder, seen.partitions, seen.layout)) not in there
    )
    added, first, last = 0, date.max, date.min
    while batch := list(islice(missing, _BATCH)):
        made = [_partition(values, folder, found["StorageDescriptor"]) for values, folder in batch]
        added += _add(glue, seen.partitions, made, before=added)
        first, last = min(first, *(one.day for _, one in batch)), max(last, *(one.day for _, one in batch))
    if added:
        yield Done(
            "partitions",
            f"{name}: {_count(added)} added, {first} to {last}; {len(there):,} were there already",
        )
    else:
        yield Done("partitions", f"{name} has them all: {len(there):,}, and S3 has no other day")


def _place(name: str, found: Mapping[str, Any], seen: Reach) -> re.Match[str]:
    """Where the days lie, from the table's own path; what the path leaves open, the partitions must name."""
    location = str(found["StorageDescriptor"].get("Location", ""))
    place = _PATH.match(f"{location.rstrip('/')}/")
    if place is None:
        raise NotConfigured(
            f"The table {name} lies at {location[:200]}, not under AWSLogs/: I can't tell where its days are.",
            "Add its partitions as they were added so far, or let noroshi setup trail make a table beside it.",
        )
    if not (place["account"] or seen.layout.account):
        raise _open(name, location, "account")
    if not (place["region"] or seen.layout.region):
        raise _open(name, location, "region")
    return place


def _open(name: str, location: str, what: str) -> NotConfigured:
    return NotConfigured(
        f"The table {name} has no {what} among its partition columns, and its path ({location[:200]}) names none: "
        f"a day can lie in one {what} only.",
        "Make ours beside it: name it in NOROSHI_TRAIL__TABLE, then run noroshi setup trail.",
    )


def _folders(s3: Any, place: re.Match[str], layout: Layout, since: date | None) -> Iterator[Folder]:
    folders, root = LogFolders(s3, place["bucket"]), place["root"]
    accounts = [place["account"]] if place["account"] else folders.under(root, _ACCOUNT)
    for account in accounts:
        region = place["region"]
        for each in [region] if region and not layout.region else folders.regions(root, account):
            if region in (None, each):
                prefix = f"{root}{account}/CloudTrail/{each}/"
                for day in folders.days(prefix, since):
                    yield Folder(account, each, day, f"s3://{place['bucket']}/{prefix}{day:%Y/%m/%d}/")


def _values(folder: Folder, partitions: Partitions, layout: Layout) -> tuple[str, ...]:
    """A partition's values in the table's order."""
    whole = f"{folder.day:%Y/%m/%d}"
    days = [whole] if len(partitions.day_keys) == 1 else whole.split("/")
    named = dict(zip(partitions.day_keys, days, strict=True))
    places = ((layout.account, folder.account), (layout.region, folder.region))
    named |= {key: value for key, value in places if key}
    if unknown := [key for key in partitions.keys if key not in named]:
        raise NotConfigured(
            f"The table {partitions.database}.{partitions.table} is also partitioned by {', '.join(unknown)}: "
            "I can't tell what belongs there.",
            "Add its partitions as they were added so far.",
        )
    return tuple(named[key] for key in partitions.keys)


def _partition(values: Sequence[str], folder: Folder, storage: Mapping[str, Any]) -> dict[str, Any]:
    return {"Values": [*values], "StorageDescriptor": {**storage, "Location": folder.location}}


def _add(glue: Any, partitions: Partitions, made: list[dict[str, Any]], *, before: int) -> int:
    """How many were added: one that somebody else added meanwhile is none, any other refusal is raised."""
    name = f"{partitions.database}.{partitions.table}"
    with asking("glue:BatchCreatePartition", f"to add {_count(len(made))} to {name}"):
        answer = glue.batch_create_partition(
            DatabaseName=partitions.database, TableName=partitions.table, PartitionInputList=made
        )
    errors = [one["ErrorDetail"] for one in answer.get("Errors", [])]
    refused = [one for one in errors if one.get("ErrorCode") != "AlreadyExistsException"]
    if refused:
        added = before + len(made) - len(errors)
        raise Upstream(
            f"Glue took {_count(added)} of {name} and refused {len(refused)}: "
            f"{refused[0].get('ErrorMessage') or refused[0].get('ErrorCode')}",
            "Run noroshi setup trail --adopt again: what was added stays.",
        )
    return len(made) - len(errors)


def _count(number: int) -> str:
    return f"{number:,} partition{'' if number == 1 else 's'}"
