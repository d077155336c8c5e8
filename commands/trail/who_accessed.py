"""Who read, wrote, deleted or was refused on a bucket, and who copied out of it?"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from bot.command import Request
from bot.core.coverage.trails import Trails
from bot.core.view import Caveat, Receipt
from bot.ports import Buckets, Progress, Recording, TrailEngine
from bot.trail import who_accessed as sql
from bot.trail.looking import looked
from bot.trail.rows import Asked, narrowed

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")
_LONGEST, _LONGEST_OLD = 63, 255  # us-east-1 allowed 255 before March 2018
_PASTED = re.compile(r"(?:s3://|arn:[a-z-]+:s3:::)([^/]*)(?:/(.*))?", re.DOTALL)


def pasted(words: str) -> tuple[str, str]:
    """The bucket and the key that a pasted `s3://bucket/key` or ARN names; a bare name has no key."""
    bare = words.strip().strip("`")
    found = _PASTED.fullmatch(bare)
    return (found[1], found[2] or "") if found else (bare, "")


def _bucket_name(name: str) -> str:
    """A bucket's name (S3 user guide: Bucket naming rules; old names reach 255)."""
    if len(name) > _LONGEST_OLD or not _BUCKET.fullmatch(name) or ".." in name:
        shown = name if len(name) <= _LONGEST else f"{name[:40]}… ({len(name)} characters)"
        raise ValueError(f"“{shown}” is no bucket name: 3 to 63 letters, digits, dots and hyphens")
    return name


BucketName = Annotated[str, AfterValidator(_bucket_name)]
"""A bucket's name, checked."""


class WhoAccessed(Request):
    """What is asked; its span is exact, whatever words it came from. Of `asked.limit` principals at most are listed."""

    bucket: BucketName
    prefix: Annotated[str, StringConstraints(max_length=1024)] = ""
    asked: Asked


def _texts(value: object) -> object:
    return json.loads(value) or () if isinstance(value, str) else value or ()


def _moment(value: object) -> object:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


class Accessor(BaseModel):
    """One principal and what it did; `calls` are on the bucket, `copied_out` only read from it."""

    model_config = ConfigDict(frozen=True)

    principal: str | None
    principal_type: str | None = None
    account_id: str | None = None
    role: str | None = None
    calls: int = 0
    reads: int = 0
    writes: int = 0
    deletes: int = 0
    denied: int = 0
    copied_out: int = 0
    first_seen: Moment
    last_seen: Moment
    source_ips: Texts = ()
    user_agents: Texts = ()
    event_names: Texts = ()


class Places(Protocol):
    """The ports that say what an empty answer means."""

    @property
    def buckets(self) -> Buckets:
        """Whether the bucket exists."""

    @property
    def recording(self) -> Recording:
        """What the trails record."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The accessors, most calls first; `data_events` counts object-level records among them."""

    accessors: tuple[Accessor, ...]
    data_events: int
    exists: Literal["yes", "no", "unknown"]
    trails: Trails
    caveats: tuple[Caveat, ...]
    receipt: Receipt


def who_accessed(request: WhoAccessed, engine: TrailEngine, places: Places, progress: Progress) -> Answer:
    """Ask the engine, and CloudTrail what it records; only an empty answer asks S3 whether the bucket exists at all."""
    whole = sql.who_accessed(request.bucket, request.asked.span, request.prefix)
    found, trails = looked(narrowed(whole, request.asked), engine, places.recording, progress)
    accessors = fold(request.bucket, found.rows)
    truncated = (*_left_out(len(found.rows)), *_cut(len(accessors), request.asked.limit))
    data_events = sum(row["data_events"] for row in found.rows)
    return Answer(
        accessors=accessors,
        data_events=data_events,
        exists="yes" if accessors else places.buckets.exists(request.bucket),
        trails=trails,
        caveats=(*found.caveats, *truncated),
        receipt=found.receipt,
    )


def _left_out(groups: int) -> tuple[Caveat, ...]:
    said = f"more than {sql.LIMIT:,} groups of callers: the quietest are left out; narrow the window"
    return (Caveat("truncated", said),) if groups >= sql.LIMIT else ()


def _cut(found: int, limit: int) -> tuple[Caveat, ...]:
    said = f"{found:,} principals were found and counted, {limit:,} listed, the busiest first: raise --limit"
    return (Caveat("truncated", said),) if found > limit else ()


def fold(bucket: str, groups: Iterable[Mapping[str, Any]]) -> tuple[Accessor, ...]:
    """One accessor a principal, from the query's groups (a group of copies for each destination)."""
    found: dict[str | None, Accessor] = {}
    for group in groups:
        one = _accessor(bucket, group)
        found[one.principal] = _together(found[one.principal], one) if one.principal in found else one
    return tuple(sorted(found.values(), key=lambda one: (-one.calls, -one.copied_out, one.principal or "")))


def _accessor(bucket: str, group: Mapping[str, Any]) -> Accessor:
    """A copy from this bucket into another one is no call on it: it counts as copied out, unless it was refused."""
    account = group["account_id"] if str(group["account_id"]).isdigit() else None
    one = Accessor.model_validate({**group, "account_id": account})
    if group["copied_from"] == bucket and group["copied_into"] != bucket:
        return one.model_copy(
            update={"calls": 0, "reads": 0, "writes": 0, "deletes": 0, "copied_out": one.calls - one.denied}
        )
    return one


_SUMS = ("calls", "reads", "writes", "deletes", "denied", "copied_out")
_SETS = ("source_ips", "user_agents", "event_names")
_FIRST = ("principal_type", "account_id", "role")


def _together(one: Accessor, two: Accessor) -> Accessor:
    joined: dict[str, Any] = {name: getattr(one, name) + getattr(two, name) for name in _SUMS}
    joined |= {name: tuple(sorted({*getattr(one, name), *getattr(two, name)})) for name in _SETS}
    joined |= {name: getattr(one, name) or getattr(two, name) for name in _FIRST}
    joined["first_seen"] = min(one.first_seen, two.first_seen)
    joined["last_seen"] = max(one.last_seen, two.last_seen)
    return one.model_copy(update=joined)
