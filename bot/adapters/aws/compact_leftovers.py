"""Copies that no partition names: what a run that broke off wrote, and what was swapped for a newer copy.

Nobody reads them. They are removed a day later, where s3:DeleteObject is allowed: by then no question that began
with the old copy is still running.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from bot.adapters.aws.errors import asking, denied
from bot.adapters.aws.raw_files import split
from bot.core.view import Caveat
from bot.errors import AccessDenied, NoroshiError

_GRACE: Final = timedelta(days=1)
_BATCH = 1000
_MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Copies:
    """The places of one table's copies below `location` (`s3://bucket/prefix/`).

    Each has the table's own tag in its name: another table's, in another account or region, are let alone.
    """

    location: str
    tag: str

    def fresh(self, day: date) -> str:
        """A place that nobody ever wrote to."""
        return f"{self.location}day={day:%Y-%m-%d}/{self.tag}-{uuid4().hex}/"

    def of(self, key: str) -> str | None:
        """The copy that an object (by its key in the bucket) is part of, if it is one of ours."""
        bucket, prefix = split(self.location)
        form = rf"{re.escape(prefix)}day=\d{{4}}-\d\d-\d\d/{re.escape(self.tag)}-[0-9a-f]{{32}}/"
        found = re.match(form, key)
        return f"s3://{bucket}/{found[0]}" if found else None


def copies_of(location: str, identity: str) -> Copies:
    """The places of the table with this identity (`Seen.identity`)."""
    return Copies(location, hashlib.sha256(identity.encode()).hexdigest()[:10])


@dataclass(slots=True)
class Left:
    """Objects of copies that nobody reads."""

    keys: list[str]
    size: int = 0


def leftovers(client: Any, copies: Copies, registered: Collection[str], now: datetime) -> Left:
    """What lies there for a day and belongs to no registered location; raises AccessDenied (s3:ListBucket), Upstream."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in _objects(client, copies.location):
        if place := copies.of(str(one["Key"])):
            found[place].append(one)
    left = Left([])
    for place, objects in found.items():
        if place not in registered and all(now - one["LastModified"] > _GRACE for one in objects):
            left.keys += [str(one["Key"]) for one in objects]
            left.size += sum(int(one["Size"]) for one in objects)
    return left


def remove(client: Any, location: str, keys: Sequence[str]) -> None:
    """Delete objects below the location; raises AccessDenied (s3:DeleteObject), Upstream."""
    bucket, _ = split(location)
    for begin in range(0, len(keys), _BATCH):
        named = [{"Key": key} for key in keys[begin : begin + _BATCH]]
        with asking("s3:DeleteObject", "to remove old copies"):
            answer = client.delete_objects(Bucket=bucket, Delete={"Objects": named, "Quiet": True})
        for refused in answer.get("Errors", []):
            raise denied(
                str(refused.get("Message", "")), action="s3:DeleteObject", what="to remove old copies"
            )


def swept(client: Any, copies: Copies, registered: Collection[str], now: datetime) -> tuple[Caveat, ...]:
    """Remove what nobody reads; what could not be removed is told. Raises nothing."""
    try:
        left = leftovers(client, copies, registered, now)
    except NoroshiError as error:
        return (Caveat("copies-unknown", f"whether old copies lie in {copies.location}: {error.message}"),)
    try:
        remove(client, copies.location, left.keys)
    except NoroshiError as error:
        way = (
            "allow s3:DeleteObject there, or remove them"
            if isinstance(error, AccessDenied)
            else error.message
        )
        words = f"{len(left.keys):,} files of old copies ({left.size / _MEGABYTE:,.1f} MB) that nobody reads"
        return (Caveat("copies-left-over", f"{words} lie in {copies.location}: {way}"),)
    return ()


def _objects(client: Any, location: str) -> Sequence[Mapping[str, Any]]:
    bucket, prefix = split(location)
    found: list[Mapping[str, Any]] = []
    more: dict[str, str] = {}
    while True:
        with asking("s3:ListBucket", f"what lies under {location}"):
            page = client.list_objects_v2(Bucket=bucket, Prefix=prefix, **more)
        found += page.get("Contents", [])
        if not (token := page.get("NextContinuationToken")):
            return found
        more = {"ContinuationToken": token}
