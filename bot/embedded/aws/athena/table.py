"""The files that a statement reads: Glue's tables, their partitions, the objects of S3 under them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.glue.models import FakeTable, glue_backends
from moto.s3.models import FakeKey

from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import places, split_location, values
from bot.embedded.aws.athena.statement import Scan, choose, narrow
from bot.embedded.aws.buckets import Listing, find_bucket

_CLOUDTRAIL = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement reads: the table's full name, and its files."""

    table: str
    objects: tuple[LogObject, ...]
    bytes_scanned: int


def reading(scans: tuple[Scan, ...], place: tuple[str, str], now: datetime) -> Reading:
    """The files that all scans read; `place` is (account, region).

    A file that two scans read is read, and billed, for each. Raises Failure as Athena would, and for
    what the stand-in lacks: several tables, tables that are not CloudTrail's.
    """
    names = {f"{scan.database}.{scan.table}".lower() for scan in scans}
    if len(names) > 1:
        raise Failure(
            f"NOT_SUPPORTED: The stand-in reads one table in a statement, not {', '.join(sorted(names))}"
        )
    found: dict[tuple[str, str], FakeKey] = {}
    size = 0
    for scan in scans:
        for key in _files(scan, place, now):
            found[str(key.bucket_name), str(key.name)] = key
            size += key.size
    return Reading(names.pop() if names else "", tuple(_log_object(key) for key in found.values()), size)


def _files(scan: Scan, place: tuple[str, str], now: datetime) -> Iterator[FakeKey]:
    listings: dict[str, Listing] = {}
    for bucket_name, prefix in _prefixes(scan, place, now):
        if bucket_name not in listings:
            listings[bucket_name] = _listing(bucket_name)
        yield from (key for key in listings[bucket_name].under(prefix) if _is_read(key))


def _listing(bucket_name: str) -> Listing:
    bucket = find_bucket(bucket_name)
    if bucket is None:
        raise Failure(
            f"GENERIC_USER_ERROR: The specified bucket does not exist: {bucket_name} (NoSuchBucket)"
        )
    return Listing(bucket)


def _is_read(key: FakeKey) -> bool:
    # Hive's rule: what begins with _ or . is hidden, and an empty file holds no rows.
    return bool(key.size) and key.name.rpartition("/")[2][:1] not in {"_", "."}


def _prefixes(scan: Scan, place: tuple[str, str], now: datetime) -> Iterator[tuple[str, str]]:
    table = _glue_table(scan, place)
    storage = table["StorageDescriptor"]
    if storage.get("InputFormat") != _CLOUDTRAIL:
        raise Failure(f"NOT_SUPPORTED: The stand-in reads CloudTrail tables only, {scan.table} is none")
    keys = tuple(str(key["Name"]).lower() for key in table.get("PartitionKeys") or ())
    properties = table.get("Parameters") or {}
    if not keys:
        yield split_location(storage["Location"])
    elif properties.get("projection.enabled") == "true":
        left = narrow(scan, keys, values(properties, keys, now))
        for partition in choose(scan, keys, places(properties, keys, left)):
            yield partition.bucket, partition.prefix
    else:
        raise Failure("NOT_SUPPORTED: The stand-in finds partitions by projection only")


def _glue_table(scan: Scan, place: tuple[str, str]) -> dict[str, Any]:
    account, region = place
    glue = glue_backends[account][region]
    try:
        table: FakeTable = glue.get_table(scan.database.lower(), scan.table.lower())
    except JsonRESTError as error:
        name = f"awsdatacatalog.{scan.database}.{scan.table}".lower()
        raise Failure(f"TABLE_NOT_FOUND: line 1:1: Table '{name}' does not exist") from error
    return dict(table.as_dict())


def _log_object(key: FakeKey) -> LogObject:
    return LogObject(f"{key.bucket_name}/{key.name}", int(key.size), lambda: bytes(key.value))
