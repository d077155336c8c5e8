"""What every store holds a record to, so that a record which one takes no other refuses.

The bounds are DynamoDB's, the narrower ones (an item of 400 KB, 4 MB and 100 items a transaction, 1,024 bytes
of sort key): https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import BadRequest, Conflict
from bot.ports import Record

AT_ONCE = 100
"""Records in one call."""
BODY_BYTES = 350_000
WRITE_BYTES = 3_900_000
"""All bodies of one write; what is left to DynamoDB's 4 MB are ids, lanes and ranks."""
NAME_BYTES = 512
"""An id or a lane, as UTF-8; neither may be empty."""
RANK_BYTES = 255

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONE = re.compile("[\ud800-\udfff]")
_SPLIT = "Write fewer at once; it is a bug of mine."
_BUG = "It is a bug of mine: please report it."


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that is fit to be stored, with its body as compact JSON and its end in microseconds since 1970."""

    record: Record
    body: str
    ends: int | None


def fit(records: Sequence[Record]) -> list[Kept]:
    """Check the records of one write; raises BadRequest."""
    _few(len(records))
    if len({record.id for record in records}) < len(records):
        raise BadRequest("A record stands twice in one write.", _BUG)
    kept = [_fit(record) for record in records]
    if sum(len(each.body.encode()) for each in kept) > WRITE_BYTES:
        raise BadRequest(f"The records of one write have more than {WRITE_BYTES:,} bytes.", _SPLIT)
    return kept


def fit_ids(ids: Iterable[str]) -> list[str]:
    """Check the ids of one read, and give each once; raises BadRequest."""
    once = list(dict.fromkeys(ids))
    _few(len(once))
    for each in once:
        _named("id", each)
    return once


def fit_lane(lane: str) -> str:
    """Check the name of a lane; raises BadRequest."""
    _named("lane", lane)
    return lane


def stored(
    record_id: str, body: str, version: int, place: tuple[str | None, str], ends: int | None
) -> Record:
    """The record again; `place` is its lane and its rank."""
    expires_at = None if ends is None else _EPOCH + ends * _MICROSECOND
    return Record(record_id, json.loads(body), version, *place, expires_at)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, exactly; TypeError for a time without a zone."""
    return (moment - _EPOCH) // _MICROSECOND


def conflict(record_id: str) -> Conflict:
    """Say which record somebody else wrote first."""
    return Conflict(f"Somebody else wrote {record_id[:80]} first.", "Read it again, and decide again.")


def _few(count: int) -> None:
    if count > AT_ONCE:
        raise BadRequest(f"{count} records are too many at once, {AT_ONCE} is the most.", _SPLIT)


def _fit(record: Record) -> Kept:
    _named("id", record.id)
    if record.lane is not None:
        _named("lane", record.lane)
    if _size("rank", record.rank) > RANK_BYTES:
        raise BadRequest(f"A record's rank has more than {RANK_BYTES} bytes.", _BUG)
    ends = None if record.expires_at is None else microseconds(record.expires_at)
    return Kept(record, _json(record), ends)


def _json(record: Record) -> str:
    try:
        body = json.dumps(dict(record.body), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise BadRequest(f"The body of {record.id[:80]} can't be kept as JSON: {error}.", _BUG) from error
    # Half a surrogate pair is no text in UTF-8, but Python's JSON reads it out of anybody's event.
    body = _LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", body)
    if len(body.encode()) > BODY_BYTES:
        raise BadRequest(f"The body of {record.id[:80]} has more than {BODY_BYTES:,} bytes.", _BUG)
    return body


def _named(what: str, name: str) -> None:
    if not 0 < _size(what, name) <= NAME_BYTES:
        raise BadRequest(f"A record's {what} has 1 to {NAME_BYTES} bytes.", _BUG)


def _size(what: str, text: str) -> int:
    try:
        return len(text.encode())
    except UnicodeEncodeError as error:
        raise BadRequest(f"A record's {what} is no text in UTF-8.", _BUG) from error
