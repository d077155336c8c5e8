"""The files that a statement reads: the objects of S3 under its scans' partitions, and what they are billed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from moto.s3.models import FakeKey
from sqlglot import exp

from bot.adapters.duckdb.lake import Keyed, ParquetFile, ParquetTable
from bot.adapters.duckdb.layout import Partition as Published
from bot.adapters.duckdb.layout import partition_of
from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.archive import Stored
from bot.embedded.aws.athena.catalog import Table, find_table
from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.local import LocalFiles
from bot.embedded.aws.athena.projection import Partition
from bot.embedded.aws.athena.row_groups import bytes_read
from bot.embedded.aws.athena.scans import Scan, TableName, scans, tables
from bot.embedded.aws.buckets import Listing, find_bucket

_LAYOUT = ("account", "region", "day")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement reads: the raw table's full name (none: empty), files and partition columns; the Parquet tables."""

    table: str
    objects: tuple[Stored, ...]
    keyed: Keyed | None
    parquet: tuple[ParquetTable, ...]
    bytes_scanned: int
    bytes_parquet: int


@dataclass(slots=True)
class _Found:
    """One table's files, each with the partitions it belongs to."""

    table: Table
    files: dict[tuple[str, str], FakeKey] = field(default_factory=dict)
    values: dict[tuple[str, str], set[tuple[str, ...]]] = field(default_factory=dict)
    size: int = 0


class Reader:
    """Finds what one statement reads; `place` is (account, region)."""

    def __init__(self, place: tuple[str, str], now: datetime, local: LocalFiles) -> None:
        self._place = place
        self._now = now
        self._local = local
        self._listings: dict[str, Listing] = {}

    def reading(self, query: exp.Query, database: str) -> Reading:
        """The files that all scans read.

        A file that two scans read is read, and billed, for each. Raises Failure as Athena would, and for
        what the stand-in lacks: two CloudTrail tables in a statement, other kinds of tables.
        """
        known = {name: find_table(name, self._place) for name in sorted(tables(query, database))}
        schema = {name: (*table.columns, *table.keys) for name, table in known.items()}
        found = {name: _Found(table) for name, table in known.items()}
        for scan in scans(query, database, schema):
            self._scan(found[scan.name], scan)
        raw = [each for each in found.values() if each.table.kind == "cloudtrail"]
        parquet = [each for each in found.values() if each.table.kind == "parquet"]
        if len(raw) > 1:
            raise Failure(
                f"NOT_SUPPORTED: The stand-in reads one CloudTrail table in a statement, not {len(raw)}"
            )
        sizes = sum(each.size for each in raw), sum(each.size for each in parquet)
        return Reading(
            table=_full(raw[0].table.name) if raw else "",
            objects=tuple(_stored(key) for each in raw for key in each.files.values()),
            keyed=_keyed(raw[0]) if raw else None,
            parquet=tuple(self._parquet(each) for each in parquet),
            bytes_scanned=sum(sizes),
            bytes_parquet=sizes[1],
        )

    def _scan(self, found: _Found, scan: Scan) -> None:
        keys = []
        for place in found.table.places(scan, self._now):
            for key in self._files(place):
                named = str(key.bucket_name), str(key.name)
                found.files[named] = key
                found.values.setdefault(named, set()).add(place.values)
                keys.append(key)
        once = (
            sum(int(key.size) for key in keys)
            if found.table.kind == "cloudtrail"
            else bytes_read([self._local.path(key) for key in keys], scan)
        )
        found.size += once * scan.times

    def _files(self, place: Partition) -> Iterator[FakeKey]:
        if place.bucket not in self._listings:
            self._listings[place.bucket] = _listing(place.bucket)
        return (key for key in self._listings[place.bucket].under(place.prefix) if _is_read(key))

    def _parquet(self, found: _Found) -> ParquetTable:
        table = found.table
        kinds = {
            name: exp.DataType.build(kind, dialect="hive").sql("duckdb")
            for name, kind in table.columns.items()
        }
        files = [
            ParquetFile(self._local.path(key), values)
            for named, key in found.files.items()
            for values in sorted(found.values[named])
        ]
        return ParquetTable(_full(table.name), kinds, table.keys, tuple(files))


def _full(name: TableName) -> str:
    return ".".join(name)


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


def _stored(key: FakeKey) -> Stored:
    return Stored(LogObject(_path(key), int(key.size), lambda: bytes(key.value)), str(key.etag))


def _path(key: FakeKey) -> str:
    return f"{key.bucket_name}/{key.name}"


def _keyed(found: _Found) -> Keyed | None:
    """The raw table's own partition columns, by the layout's of its files; None if they are the layout's."""
    keys = found.table.keys
    if not keys or keys == _LAYOUT:
        return None
    values: dict[Published, set[tuple[str, ...]]] = {}
    for named, key in found.files.items():
        published = partition_of(_path(key))
        if published is None:
            raise Failure(
                f"NOT_SUPPORTED: The stand-in does not read s3://{_path(key)}: no CloudTrail layout"
            )
        values.setdefault(published, set()).update(found.values[named])
    return Keyed(keys, {place: sorted(rows) for place, rows in values.items()})
