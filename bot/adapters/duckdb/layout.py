"""What a log file's path says, as CloudTrail lays its files out (docs: CloudTrail log file name format).

`[prefix/]AWSLogs/[o-organisation/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/file.json.gz`; the day is the
UTC day of publishing, not the events' own.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FOLDER = re.compile(
    r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?(\d{12})/CloudTrail/([a-z0-9-]+)/(\d{4})/(\d\d)/(\d\d)(?:/|$)"
)
# Signed digests, statistics and summaries: a table over .../CloudTrail/... never sees them.
_NOT_EVENTS = re.compile(r"(?:^|/)CloudTrail-(?:Digest|Insight|Aggregated|NetworkActivity)(?:/|$)")


@dataclass(frozen=True, slots=True)
class Partition:
    """The table's partition columns; `day` as `2026/09/08`."""

    account: str
    region: str
    day: str


@lru_cache(maxsize=32_768)
def partition_of(key: str) -> Partition | None:
    """The partition that a path names, or None outside the layout."""
    found = _FOLDER.search(key)
    return Partition(found[1], found[2], "/".join(found.group(3, 4, 5))) if found else None


def holds_no_events(key: str) -> bool:
    """Whether the path is that of digests, insights, aggregated or network events."""
    return _NOT_EVENTS.search(key) is not None


def may_hold(key: str, days: frozenset[str] | None) -> bool:
    """Whether a file (or folder) there may hold events published on one of `days`; None means any day."""
    if holds_no_events(key):
        return False
    partition = partition_of(key)
    return days is None or partition is None or partition.day in days


def day_names(days: tuple[date, ...]) -> frozenset[str]:
    """The days as the table names them."""
    return frozenset(f"{day:%Y/%m/%d}" for day in days)


def relative(key: str, location: str) -> str:
    """The path as people should see it: without the place they named themselves."""
    return key.partition(f"{location.rstrip('/')}/")[2] or key
