"""The log files that the raw table reads of a publish day, listed from S3: one place for each account and region.

A projected table computes its places from `storage.location.template` (docs: Athena, Set up partition projection);
one with partitions of its own is asked for theirs.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from bot.adapters.aws.errors import asking
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.partitions import day_keys
from bot.errors import NotConfigured
from bot.trail.compaction import RawFile

_AT_ONCE = 16
_PLACE = re.compile(r"s3://([^/]+)/(.*)")


@dataclass(frozen=True, slots=True)
class Place:
    """A prefix of log files; account and region are "" where the table's partitions do not tell them."""

    location: str
    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place and the files in it that Athena reads."""

    place: Place
    files: tuple[RawFile, ...]

    @property
    def size(self) -> int:
        """Their bytes."""
        return sum(file.size for file in self.files)


class RawFiles:
    """Lists a table's files; `client` is S3's, and safe to share between threads."""

    def __init__(self, client: Any, reach: Reach) -> None:
        self._client, self._reach = client, reach

    def of(self, day: date) -> list[Placed]:
        """The places of a day that hold files; raises NotConfigured, AccessDenied (s3:ListBucket), Upstream."""
        where = list(places(self._reach, day))
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="listing") as pool:
            return [found for found in pool.map(self._listed, where) if found.files]

    def _listed(self, place: Place) -> Placed:
        return Placed(place, tuple(file for file in listed(self._client, place.location) if _is_read(file)))


def listed(client: Any, location: str) -> Iterator[RawFile]:
    """Every object below `s3://bucket/prefix/`, named `bucket/key`; raises AccessDenied (s3:ListBucket), Upstream."""
    bucket, prefix = split(location)
    more: dict[str, str] = {}
    while True:
        with asking("s3:ListBucket", f"what lies under {location}"):
            page = client.list_objects_v2(Bucket=bucket, Prefix=prefix, **more)
        yield from (RawFile(f"{bucket}/{one['Key']}", int(one["Size"])) for one in page.get("Contents", []))
        if not (token := page.get("NextContinuationToken")):
            return
        more = {"ContinuationToken": token}


def split(location: str) -> tuple[str, str]:
    """Bucket and prefix of `s3://bucket/prefix/`, the prefix with its slash at the end; raises NotConfigured."""
    found = _PLACE.fullmatch(location)
    if found is None:
        raise NotConfigured(f"The trail's files lie at {location[:200]!r}, which is no place in S3.")
    return found[1], found[2] if found[2].endswith("/") or not found[2] else f"{found[2]}/"


def places(reach: Reach, day: date) -> Iterator[Place]:
    """Where the table looks for a day's files, each once; raises NotConfigured, AccessDenied, Upstream."""
    if reach.partitions is not None:
        yield from (Place(location) for location in _registered(reach, day))
        return
    spelled, template = reach.layout, _with_day(reach, day)
    accounts, regions = (
        _values(template, column, names)
        for column, names in ((spelled.account, reach.accounts), (spelled.region, reach.regions))
    )
    for account, region in product(accounts, regions):
        place = _filled(_filled(template, spelled.account, account), spelled.region, region)
        if "${" in place:
            raise _unlisted(reach.location)
        yield Place(place, account, region)


def _registered(reach: Reach, day: date) -> Sequence[str]:
    if reach.partitions is None:
        return ()
    return sorted({one.location for one in reach.partitions.within(day, day)})


def _with_day(reach: Reach, day: date) -> str:
    keys = day_keys(reach.layout)
    values = [f"{day:%Y/%m/%d}"] if len(keys) == 1 else [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]
    template = reach.location
    for key, value in zip(keys, values, strict=True):
        if f"${{{key}}}" not in template:
            raise _unlisted(reach.location)
        template = template.replace(f"${{{key}}}", value)
    return template


def _values(template: str, column: str | None, names: Sequence[str]) -> Sequence[str]:
    if not column or f"${{{column}}}" not in template:
        return ("",)
    if not names:  # each must be named by the query (projection type injected)
        raise _unlisted(template)
    return names


def _filled(template: str, column: str | None, value: str) -> str:
    return template.replace(f"${{{column}}}", value) if column and value else template


def _unlisted(template: str) -> NotConfigured:
    return NotConfigured(
        f"Where the trail's files lie can't be told from the table: {template[:200]}.",
        "Make ours beside it with noroshi setup trail: it names its accounts and regions.",
    )


def _is_read(file: RawFile) -> bool:
    # Hive's rule: what begins with _ or . is hidden, and an empty file holds no rows.
    return bool(file.size) and file.name.rpartition("/")[2][:1] not in {"_", "."}
