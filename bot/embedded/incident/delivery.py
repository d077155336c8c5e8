"""How CloudTrail delivers: what a file is called, when it is published, and how it is packed.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from isal import igzip

from bot.embedded.incident.company import Place

SLOT = timedelta(minutes=10)
SLOTS = 144
_DELAY = timedelta(minutes=5)
# The date sits at a fixed distance from the end: `…_20261123T0215Z_RANDOM16.json.gz`.
_STAMP = slice(-39, -25)


class LogFile(NamedTuple):
    """An object of the log bucket: its key, and its gzipped body."""

    key: str
    body: bytes


def published(day: date, slot: int) -> datetime:
    """When the records of a ten-minute slot are delivered: 5 to 15 minutes after they happened."""
    return datetime.combine(day, time(), UTC) + (slot + 1) * SLOT + _DELAY


def log_key(place: Place, at: datetime, random: str, kind: str = "CloudTrail") -> str:
    """The key of a log file; its folder is the day of publishing, not of the events."""
    folder = f"AWSLogs/{place.account_id}/{kind}/{place.region}/{at:%Y/%m/%d}"
    return f"{folder}/{place.account_id}_{kind}_{place.region}_{at:%Y%m%dT%H%MZ}_{random}.json.gz"


def published_by(key: str) -> datetime:
    """When the file of a `log_key` was published."""
    return datetime.strptime(key[_STAMP], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def pack(text: str) -> bytes:
    """Gzip without a timestamp: the same text is the same bytes."""
    packed: bytes = igzip.compress(text.encode(), 1, mtime=0)
    return packed


def pack_records(lines: Iterable[str]) -> bytes:
    """A log file's body from records in JSON."""
    return pack('{"Records":[' + ",".join(lines) + "]}")
