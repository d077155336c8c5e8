"""The two ways in which AWS tells of something: an event on a bus, a message of an SNS topic.

https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.embedded.incident.chance import guid
from bot.embedded.incident.company import Company, Place
from bot.embedded.incident.configuration import Configured
from bot.embedded.incident.template import Record

Json = dict[str, Any]


@dataclass(frozen=True)
class OnBus:
    """A service puts this event on its account's bus; `configured` is the item that Config keeps with it.

    `call` is what made it so, a record that CloudTrail delivers to the log bucket by then.
    """

    event: Json
    configured: Configured | None = None
    call: Record | None = None


@dataclass(frozen=True)
class BySns:
    """A message to the topic of bills, which is in us-east-1 as bills are."""

    subject: str
    message: str


@dataclass(frozen=True)
class Sampled:
    """Somebody asks GuardDuty for a sample finding of a type."""

    place: Place
    kind: str


@dataclass(frozen=True)
class InBucket:
    """A call that changes a bucket: from then on it has this policy (None: as before), and its block is on or off."""

    told: OnBus
    bucket: str
    policy: str | None
    closed: bool


News = OnBus | BySns | Sampled | InBucket


def event(source: str, detail_type: str, place: Place, at: datetime, detail: Json) -> Json:
    """The event of an AWS service; its id follows from what it says."""
    said = f"{source}/{detail_type}/{place}/{at.isoformat()}/{detail}"
    return {
        "version": "0",
        "id": guid(Company(0).hexadecimal(said, 24)),
        "detail-type": detail_type,
        "source": source,
        "account": place.account_id,
        "time": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "region": place.region,
        "resources": [],
        "detail": detail,
    }


def on_bus(events: Sequence[Json]) -> tuple[OnBus, ...]:
    """Events that bring nothing along."""
    return tuple(OnBus(each) for each in events)
