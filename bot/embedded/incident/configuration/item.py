"""One configuration item, and when Acme's recorders and Terraform were at work.

https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
https://github.com/awslabs/aws-config-resource-schema says what `configuration` holds of each type.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.embedded.incident.company import Place
from bot.embedded.incident.story import Incident

Json = dict[str, Any]

_FRIDAY = 4


@dataclass(frozen=True)
class Configured:
    """An item and the place whose recorder took it: IAM is `global`, but recorded in one region.

    The item has the API's names; times are aware, and `configuration` and the values of
    `supplementaryConfiguration` are still objects, `configuration` None for what is deleted.
    """

    place: Place
    item: Json

    @property
    def captured(self) -> datetime:
        """When the recorder took it."""
        at: datetime = self.item["configurationItemCaptureTime"]
        return at


def configured(place: Place, resource: tuple[str, str], at: datetime, said: Json) -> Configured:
    """An item of a resource (type and id) at a moment; `said` is what this one says beyond what all have."""
    kind, ident = resource
    everyone: Json = {
        "version": "1.3",
        "accountId": place.account_id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": "OK",
        "configurationStateId": str(round(at.timestamp() * 1000)),
        # Both are empty since version 1.3.
        "configurationItemMD5Hash": "",
        "relatedEvents": [],
        "resourceType": kind,
        "resourceId": ident,
        "awsRegion": place.region,
        "availabilityZone": "Not Applicable",
        "tags": {},
        "relationships": [],
        "supplementaryConfiguration": {},
    }
    return Configured(place, everyone | said)


def related(*others: tuple[str, str, str]) -> list[Json]:
    """Relationships from type, id and what Config calls the relation."""
    return [
        {"resourceType": kind, "resourceId": ident, "relationshipName": name} for kind, ident, name in others
    ]


def tag_list(tags: dict[str, str]) -> list[Json]:
    """Tags as EC2 describes them."""
    return [{"key": key, "value": value} for key, value in tags.items()]


def instant(at: datetime) -> str:
    """A time as `configuration` writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def workday(incident: Incident, days: int, clock: str) -> datetime:
    """A time of day about so many days ago, never on a weekend; up to two days earlier for that."""
    day = incident.now.date() - timedelta(days=days)
    day -= timedelta(days=max(day.weekday() - _FRIDAY, 0))
    return datetime.combine(day, time.fromisoformat(clock), incident.now.tzinfo)


def recording_since(incident: Incident) -> datetime:
    """When Acme switched Config on, everywhere: what is older was only discovered then."""
    return workday(incident, 90, "08:02:11.318")


def servers_moved(incident: Incident) -> datetime:
    """When Terraform made `web-prod` and moved the web servers into it."""
    return workday(incident, 41, "09:41:07")
