"""CloudTrail's event history of one region, page by page, newest first, at the pace that AWS allows.

Two requests a second for an account in a region, the last 90 days, one attribute, fifty events to a page:
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.adapters.aws.errors import asking
from bot.core.span import Span
from bot.ports import Lookup

ACTION = "cloudtrail:LookupEvents"
_SECONDS_APART = 0.5
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Time:
    """Time in seconds that never goes backwards, and waiting for some of it."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]


class Pace:
    """Lets a request go twice a second, whichever threads they come from."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._lock = threading.Lock()
        self._next = time.clock()

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            now = self._time.clock()
            turn = max(now, self._next)
            self._next = turn + _SECONDS_APART
        if turn > now:
            self._time.sleep(turn - now)


@dataclass(frozen=True, slots=True)
class Event:
    """One event: when, whose trail would have it, and CloudTrail's own JSON of it."""

    at: datetime
    account: str
    text: str


@dataclass(slots=True)
class History:
    """What a region gave. `read_back_to` is None where all was read, else how far: older ones are missing.

    `unreadable` counts events whose record is no JSON.
    """

    region: str
    events: dict[str, Event] = field(default_factory=dict)
    calls: int = 0
    read_back_to: datetime | None = None
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """One region's history, as `client` (boto3's for CloudTrail there) tells it."""

    name: str
    client: Any
    pace: Pace
    time: Time

    def read(self, lookup: Lookup, span: Span, deadline: float) -> History:
        """Each value's events, until all are read or the time is up.

        Raises AccessDenied (cloudtrail:LookupEvents), Throttled, Upstream.
        """
        found = History(self.name)
        for attributes in _runs(lookup):
            reached = self._run(attributes, span, deadline, found)
            if reached:
                found.read_back_to = max(reached, found.read_back_to or reached)
        return found

    def _run(
        self, attributes: list[dict[str, str]], span: Span, deadline: float, found: History
    ) -> datetime | None:
        """Read one value's events; where the time was up before the end, gives the time that was reached."""
        reached = span.until
        request: dict[str, Any] = {"StartTime": span.since, "EndTime": span.until, "MaxResults": _PAGE}
        if attributes:
            request["LookupAttributes"] = attributes
        while self.time.clock() < deadline:
            page = self._page(request)
            found.calls += 1
            for event in page.get("Events", ()):
                reached = min(reached, _keep(event, found))
            if not (token := page.get("NextToken")):
                return None
            request["NextToken"] = token
        return reached

    def _page(self, request: dict[str, Any]) -> dict[str, Any]:
        self.pace.wait()
        with asking(ACTION, f"for the event history of {self.name}"):
            return dict(self.client.lookup_events(**request))


def _runs(lookup: Lookup) -> Iterator[list[dict[str, str]]]:
    """What is asked one after the other. A key's calls are by it or about it: then it is a resource of theirs."""
    if not lookup.key:
        yield []
        return
    for key in ("AccessKeyId", "ResourceName") if lookup.key == "AccessKeyId" else (lookup.key,):
        yield from ([{"AttributeKey": key, "AttributeValue": value}] for value in lookup.values)


def _keep(event: dict[str, Any], found: History) -> datetime:
    at: datetime = event["EventTime"].astimezone(UTC)
    text = event.get("CloudTrailEvent", "")
    try:
        record = json.loads(text)
        account = str(record.get("recipientAccountId", ""))
    except (ValueError, AttributeError):
        found.unreadable += 1
        return at
    found.events[event["EventId"]] = Event(at, account, text)
    return at


def by_place(histories: list[History]) -> Iterator[tuple[str, bytes]]:
    """The events as log files, as a trail would have filed them: path and content."""
    files: dict[str, list[str]] = {}
    for history in histories:
        for one in history.events.values():
            account = one.account if one.account.isdigit() else ""
            folder = f"AWSLogs/{account:0>12}/CloudTrail/{history.region}/{one.at:%Y/%m/%d}"
            files.setdefault(f"{folder}/event-history.json", []).append(one.text)
    for path, texts in sorted(files.items()):
        yield path, f'{{"Records":[{",".join(texts)}]}}'.encode()
