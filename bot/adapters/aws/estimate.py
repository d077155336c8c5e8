"""The bytes that the very partitions of a question hold: log files from S3's listing, the copy's days from Glue.

Keys of one account and region sort by day, so a stretch of days is one listing, however many days it has.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.adapters.aws.compact_partitions import CompactTable
from bot.adapters.aws.errors import asking
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.raw_files import places, split
from bot.ports import TrailQuery
from bot.trail.sources import Sources, stretches

_AT_ONCE = 16
_FRESH_SECONDS = 60.0
_MOST_KNOWN = 256


@dataclass(frozen=True, slots=True)
class Read:
    """What a statement reads: the days of each scan of the raw table, the copy's days and scans, and what bounds them."""

    raw: tuple[tuple[date, ...], ...]
    copied: tuple[date, ...] = ()
    scans: int = 1
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


def reading(query: TrailQuery, sources: Sources) -> Read:
    """What `bot.trail.statement` makes of the query reads."""
    relation = query.relation
    copied = sources.compact.days if sources.compact else ()
    if relation is None:
        return Read((sources.raw.days,), copied)
    raw = (sources.raw.days,) if relation.columns else ()
    whole = (query.span.publish_days(),) if relation.records else ()  # a scan of its own
    scans = max(1, len(relation.either))  # the copy is asked once for each
    return Read((*raw, *whole), copied, scans, relation.accounts, relation.regions)


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes, log files, and days of the copy."""

    bytes: int = 0
    files: int = 0
    copied_days: int = 0


@dataclass(frozen=True, slots=True)
class Keys:
    """A part of a bucket: what begins with `prefix`, from `first` on, up to all that begins with `last`."""

    bucket: str
    prefix: str
    first: str
    last: str


class Sizes:
    """Adds up sizes, and knows each for a minute of `clock`; safe to share between threads.

    All raise NotConfigured, AccessDenied (s3:ListBucket, glue:GetPartitions), Throttled, Upstream.
    """

    def __init__(
        self, make_s3: Callable[[], Any], copy: Callable[[], CompactTable], clock: Callable[[], float]
    ) -> None:
        self._make_s3, self._copy, self._clock = make_s3, copy, clock
        self._knowing = threading.Lock()
        self._known: dict[tuple[Reach, Read], tuple[float, Size]] = {}

    def of(self, reach: Reach, read: Read) -> Size:
        """What is read through this table now."""
        with self._knowing:
            known = self._known.get((reach, read))
        if known and self._clock() - known[0] <= _FRESH_SECONDS:
            return known[1]
        size = self._look(reach, read)
        with self._knowing:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[reach, read] = self._clock(), size
        return size

    @cached_property
    def _s3(self) -> Any:
        return self._make_s3()

    def _look(self, reach: Reach, read: Read) -> Size:
        bounds = _pruning(reach, read)
        scans = [[*_parts(_bounded(reach, bounds), bounds, days)] for days in read.raw]
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="estimate") as pool:
            sizes = [[*pool.map(self._listed, parts)] for parts in scans]
        copies = self._copy().copies(min(read.copied), max(read.copied)) if read.copied else {}
        copied = sum(copies[day].size for day in read.copied if day in copies)
        found = [one for scan in sizes for one in scan]
        return Size(
            sum(one.bytes for one in found) + copied * read.scans,
            sum(one.files for one in found),
            len(read.copied),
        )

    def _listed(self, keys: Keys) -> Size:
        sizes = [*listed(self._s3, keys)]
        return Size(sum(sizes), len(sizes))


def listed(s3: Any, keys: Keys) -> Iterator[int]:
    """The sizes of all objects there that are not empty; raises AccessDenied (s3:ListBucket), Throttled, Upstream."""
    more: dict[str, str] = {"StartAfter": keys.first} if keys.first != keys.prefix else {}
    while True:
        with asking("s3:ListBucket", f"how much lies under s3://{keys.bucket}/{keys.prefix}"):
            page = s3.list_objects_v2(Bucket=keys.bucket, Prefix=keys.prefix, **more)
        for one in page.get("Contents", []):
            if one["Key"] > keys.last and not one["Key"].startswith(keys.last):
                return
            if one["Size"]:
                yield int(one["Size"])
        if not (token := page.get("NextContinuationToken")):
            return
        more = {"ContinuationToken": token}


def _pruning(reach: Reach, read: Read) -> Read:
    """Without the bounds that no partition tells: there everything is read, whatever was asked for."""
    return replace(
        read,
        accounts=read.accounts if reach.layout.account else (),
        regions=read.regions if reach.layout.region else (),
    )


def _bounded(reach: Reach, read: Read) -> Reach:
    """The table as the question bounds it: of the names it tells, those that were asked for."""
    return replace(
        reach,
        accounts=_narrowed(reach.accounts, read.accounts),
        regions=_narrowed(reach.regions, read.regions),
    )


def _narrowed(held: tuple[str, ...], asked: tuple[str, ...]) -> tuple[str, ...]:
    if not (held and asked):
        return asked or held
    return tuple(name for name in held if name in asked)


def _parts(reach: Reach, read: Read, days: Sequence[date]) -> Iterator[Keys]:
    kept = [day for day in days if reach.first_day is None or day >= reach.first_day]
    if _outside(reach, read):
        return
    for first, last in stretches(kept):
        if reach.partitions is not None:
            yield from map(_whole, _registered(reach, read, first, last))
        else:
            yield from _projected(reach, [day for day in kept if first <= day <= last])


def _outside(reach: Reach, read: Read) -> bool:
    """Whether the table has none of what was asked for: no partition of it matches."""
    return (bool(read.accounts) and not reach.accounts) or (bool(read.regions) and not reach.regions)


def _projected(reach: Reach, days: Sequence[date]) -> Iterator[Keys]:
    ends = [[split(place.location) for place in places(reach, day)] for day in (days[0], days[-1])]
    for (bucket, first), (_, last) in zip(*ends, strict=True):
        if first.endswith(f"{days[0]:%Y/%m/%d}/"):
            prefix = first if first == last else first.removesuffix(f"{days[0]:%Y/%m/%d}/")
            yield Keys(bucket, prefix, first, last)
        else:  # something stands below the day: other places lie between
            yield from (_whole(place.location) for day in days for place in places(reach, day))
            return


def _registered(reach: Reach, read: Read, first: date, last: date) -> list[str]:
    """Where the matching partitions lie, each place once."""
    if reach.partitions is None:
        return []
    bounds = ((reach.layout.account, read.accounts), (reach.layout.region, read.regions))
    found = set()
    for one in reach.partitions.within(first, last):
        named = dict(zip(reach.partitions.keys, one.values, strict=False))
        if all(not asked or named.get(column or "") in asked for column, asked in bounds):
            found.add(one.location)
    return sorted(found)


def _whole(location: str) -> Keys:
    bucket, prefix = split(location)
    return Keys(bucket, prefix, prefix, prefix)
