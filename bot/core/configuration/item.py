"""A configuration item: a resource as AWS Config saw it at a moment.

https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

DELETED = frozenset({"ResourceDeleted", "ResourceDeletedNotRecorded"})
UNRECORDED = frozenset({"ResourceNotRecorded", "ResourceDeletedNotRecorded"})


@dataclass(frozen=True, slots=True)
class Place:
    """An account and the region whose recorder has it (IAM's is a region too, though its items say `global`)."""

    account_id: str
    region: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as Config knows it: `type` is `AWS::EC2::SecurityGroup`, `id` Config's own id, case and all.

    `deleted_at` where it is known to be gone.
    """

    type: str
    id: str
    place: Place
    name: str = ""
    arn: str = ""
    deleted_at: datetime | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that calls may say when they mean it: id, name, ARN, each once."""
        return tuple(dict.fromkeys(one for one in (self.id, self.name, self.arn) if one))


@dataclass(frozen=True, slots=True)
class Related:
    """Another resource, and what Config calls the relation, in words (`Is attached to Instance`)."""

    type: str
    id: str
    relation: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One configuration item; times are aware, in UTC.

    `configuration` and the values of `supplementary` are plain JSON values, every JSON document that stood in a
    string opened (policies, twice-encoded ones, percent-encoded ones); None where Config gave none. What could
    not be read stands as the text it came as, and `unread` says so in words. `state_id` orders items of one
    moment. `daily`: recorded once in 24 hours, so that changes between may be lost.
    """

    resource: Resource
    captured_at: datetime
    status: str
    state_id: int = 0
    created_at: datetime | None = None
    configuration: Any = None
    supplementary: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    relationships: tuple[Related, ...] = ()
    availability_zone: str = ""
    daily: bool = False
    unread: tuple[str, ...] = ()

    @property
    def is_deleted(self) -> bool:
        """Whether the resource is gone."""
        return self.status in DELETED

    @property
    def is_unrecorded(self) -> bool:
        """Whether Config had stopped recording it: what came after is not known."""
        return self.status in UNRECORDED
