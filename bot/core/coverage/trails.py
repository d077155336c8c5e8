"""The trails that record an account, as one look found them; what AWS would not say is None, never a no.

Fields: docs, CloudTrail API reference, Trail, GetTrailStatus, GetEventSelectors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Where a partition's global services are recorded (docs: CloudTrail user guide, About global service events).
LEADERS = frozenset({"us-east-1", "cn-north-1", "us-gov-west-1"})


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be looked up, why, and the IAM action that is missing (None if it was no refusal)."""

    what: str
    reason: str
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a trail logs; its times are the latest of their kind only, aware, in UTC.

    `delivery_error` is S3's code (`NoSuchBucket`). Status and deliveries are those of one region.
    """

    logging: bool
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    delivered_at: datetime | None = None
    delivery_error: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """One trail; `selectors` is GetEventSelectors' answer (basic or advanced ones)."""

    name: str
    arn: str
    home_region: str
    multi_region: bool = False
    organization: bool = False
    global_events: bool = True
    log_bucket: str = ""
    status: Status | None = None
    selectors: Mapping[str, Any] | None = None
    refused: tuple[Refused, ...] = ()

    @property
    def account_id(self) -> str:
        """The account that owns it (an organisation's trail records the others too)."""
        return self.arn.split(":")[4] if self.arn.count(":") > 4 else ""  # noqa: PLR2004 - an ARN's fifth part

    @property
    def has_global_events(self) -> bool:
        """Whether calls to IAM, CloudFront and such reach it: everywhere, or only in the leading region."""
        return self.global_events and (self.multi_region or self.home_region in LEADERS)


@dataclass(frozen=True, slots=True)
class Trails:
    """All that record `region`, where it was looked from; a trail of another region alone can't be seen there."""

    region: str
    found: tuple[Trail, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def unsaid(self) -> tuple[Refused, ...]:
        """Everything that AWS would not say."""
        return (*self.refused, *(one for trail in self.found for one in trail.refused))
