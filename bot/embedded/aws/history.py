"""CloudTrail's event history, LookupEvents, which moto lacks: management events of the trail's own files.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: the last 90 days,
newest first, one attribute to look for, fifty events to a page.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, ClassVar, NamedTuple

import orjson
from moto.cloudtrail.models import cloudtrail_backends
from moto.core.responses import ActionResult

from bot.adapters.duckdb.records import Broken, parse, plain
from bot.embedded.aws.buckets import Listing, find_bucket
from bot.embedded.aws.errors import Refused
from bot.embedded.aws.trail_status import TrailStatuses

_DAYS = 90
_MOST = 50
_NAMING = ("name", "id", "identifier", "arn")
_VERBATIM = re.compile(r"[A-Za-z0-9_.:-]+")  # what no JSON writer escapes
_ATTRIBUTES: dict[str, Callable[[Mapping[str, Any]], set[str]]] = {
    "EventId": lambda record: {str(record.get("eventID"))},
    "EventName": lambda record: {str(record.get("eventName"))},
    "EventSource": lambda record: {str(record.get("eventSource"))},
    "ReadOnly": lambda record: {str(record.get("readOnly")).lower()},
    "Username": lambda record: {username(record) or ""} - {""},
    "AccessKeyId": lambda record: {str((record.get("userIdentity") or {}).get("accessKeyId"))},
    "ResourceName": lambda record: {name for name, _ in _resources(record)},
    "ResourceType": lambda record: {kind for _, kind in _resources(record) if kind},
}


class _Reached(NamedTuple):
    """How far pages have come: to events of this second, of which so many are told already."""

    at: datetime
    told: int


class CloudTrail(TrailStatuses):
    """One request; a subclass carries the world's clock. Trails stay moto's."""

    clock: ClassVar[Callable[[], datetime]]

    def lookup_events(self) -> ActionResult:
        """Find events; the attribute's value is matched whole, upper and lower case apart."""
        self.parse_parameters(self.normalized_request)
        asked = dict(self.params)
        if asked.get("EventCategory"):
            raise Refused("InvalidEventCategoryException", "The AWS stand-in keeps no insight events.")
        attributes = asked.get("LookupAttributes") or []
        if len(attributes) > 1:
            raise Refused("InvalidLookupAttributesException", "You can use only one lookup attribute.")
        size, reached = int(asked.get("MaxResults") or _MOST), _reached(asked.get("NextToken"))
        if not 1 <= size <= _MOST:
            raise Refused("InvalidMaxResultsException", f"MaxResults must be between 1 and {_MOST}.")
        found = self._found(asked, attributes, reached)
        begin = reached.told if reached else 0
        page = list(islice(found, begin, begin + size + 1))
        answer: dict[str, Any] = {"Events": [_event(record) for record in page[:size]]}
        if len(page) > size:
            answer["NextToken"] = _token(page[:size], reached)
        return ActionResult(answer)

    def _found(
        self, asked: Mapping[str, Any], attributes: list[Any], reached: _Reached | None
    ) -> Iterator[dict[str, Any]]:
        now = type(self).clock()
        oldest = now - timedelta(days=_DAYS)
        since, until = (
            max(_utc(asked.get("StartTime"), oldest), oldest),
            min(_utc(asked.get("EndTime"), now), now, reached.at if reached else now),
        )
        place = (self.current_account, self.region)
        needle = _needle(attributes)
        for record in _management(place, since, until, needle):
            if all(each["AttributeValue"] in _attribute(each)(record) for each in attributes):
                yield record


def username(record: Mapping[str, Any]) -> str | None:
    """Who the console's event history says it was: the user, the session, or root."""
    identity = record.get("userIdentity") or {}
    if identity.get("type") == "Root":
        return "root"
    session = str(identity.get("arn", "")).rpartition("/")[2]
    return identity.get("userName") or session or None


def _reached(token: str | None) -> _Reached | None:
    """What a NextToken says, so that the next page reads nothing again; raises InvalidNextTokenException."""
    if not token:
        return None
    try:
        second, told = (int(each) for each in token.split("-"))
        return _Reached(datetime.fromtimestamp(second, UTC), told)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused("InvalidNextTokenException", "The token is invalid.") from error


def _token(page: list[dict[str, Any]], reached: _Reached | None) -> str:
    at = _time(page[-1])
    told = sum(_time(record) == at for record in page)
    if reached and reached.at == at:
        told += reached.told
    return f"{int(at.timestamp())}-{told}"


def _utc(asked: datetime | None, otherwise: datetime) -> datetime:
    # moto parses the times of requests as UTC without saying so.
    return (asked.replace(tzinfo=asked.tzinfo or UTC) if asked else otherwise).astimezone(UTC)


def _attribute(asked: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], set[str]]:
    known = _ATTRIBUTES.get(asked["AttributeKey"])
    if known is None:
        raise Refused("InvalidLookupAttributesException", f"Unknown attribute {asked['AttributeKey']}.")
    return known


def _needle(attributes: list[Any]) -> bytes:
    """A text that every record looked for holds as it stands; empty when there is none to go by."""
    for asked in attributes:
        value = str(asked["AttributeValue"])
        # AWS calls root what need not hold the word; any other user's name is written in his identity.
        key = asked["AttributeKey"]
        derived = key == "ReadOnly" or (key, value) == ("Username", "root")
        if not derived and _VERBATIM.fullmatch(value):
            return value.encode()
    return b""


def _management(
    place: tuple[str, str], since: datetime, until: datetime, needle: bytes
) -> Iterator[dict[str, Any]]:
    """Management events from newest to oldest, a day at a time, so that a page reads no more than it needs."""
    day, later = until.date(), list(_records(place, until.date() + timedelta(days=1), needle))
    while day >= since.date():
        # An event of the last minutes of a day is delivered in the next.
        today = list(_records(place, day, needle))
        published, later = today + later, today
        dated = [(_time(record), record) for record in published if record.get("eventCategory") != "Data"]
        inside = [each for each in dated if each[0].date() == day and since <= each[0] <= until]
        yield from (record for _, record in sorted(inside, key=lambda each: each[0], reverse=True))
        day -= timedelta(days=1)


def _records(place: tuple[str, str], day: date, needle: bytes) -> Iterator[dict[str, Any]]:
    account, region = place
    for bucket_name, prefix in trails():
        bucket = find_bucket(bucket_name)
        folder = f"{prefix}AWSLogs/{account}/CloudTrail/{region}/{day:%Y/%m/%d}/"
        for key in Listing(bucket).under(folder) if bucket else ():
            try:
                text = plain(bytes(key.value))
                yield from parse(text) if needle in text else ()
            except Broken:
                continue  # AWS keeps its history apart from the files: a damaged one takes nothing away


def trails() -> set[tuple[str, str]]:
    """Where files are delivered: each bucket, and what its keys begin with."""
    return {
        (trail.bucket_name, f"{trail.s3_key_prefix}/" if trail.s3_key_prefix else "")
        for regions in list(cloudtrail_backends.values())
        for backend in list(regions.values())
        for trail in backend.trails.values()
    }


def _time(record: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(record["eventTime"]))


def _resources(record: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for resource in record.get("resources") or ():
        if arn := resource.get("ARN"):
            yield arn, resource.get("type")
    made = record.get("responseElements")
    parts = made if isinstance(made, Mapping) else {}
    for part in ("accessKey", "credentials"):
        key_made = parts.get(part)
        if isinstance(key_made, Mapping) and key_made.get("accessKeyId"):
            yield str(key_made["accessKeyId"]), "AWS::IAM::AccessKey"
    for named in (record.get("requestParameters"), made):
        yield from _named(named)


def _named(said: Any) -> Iterator[tuple[str, None]]:
    """What a call's parameters or its answer name, in EC2's sets of items too, but for the request itself."""
    for key, value in said.items() if isinstance(said, Mapping) else ():
        if isinstance(value, str) and key != "requestId" and key.lower().endswith(_NAMING):
            yield value, None
        if isinstance(value, Mapping) and isinstance(value.get("items"), list):
            for item in value["items"]:
                yield from _named(item)


def _event(record: Mapping[str, Any]) -> dict[str, Any]:
    event = {
        "EventId": record["eventID"],
        "EventName": record["eventName"],
        "ReadOnly": str(record.get("readOnly")).lower(),
        "AccessKeyId": (record.get("userIdentity") or {}).get("accessKeyId"),
        "EventTime": _time(record),
        "EventSource": record["eventSource"],
        "Username": username(record),
        "Resources": [
            {"ResourceName": name} | ({"ResourceType": kind} if kind else {})
            for name, kind in dict(_resources(record)).items()
        ],
        "CloudTrailEvent": orjson.dumps(record).decode(),
    }
    return {key: value for key, value in event.items() if value is not None}
