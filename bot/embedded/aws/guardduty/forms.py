"""A finding in the forms that others want it in: an event, and the API's own case."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from botocore.model import ListShape, MapShape, Shape, StructureShape

Finding = dict[str, Any]


def as_event(finding: Finding, account_id: str) -> dict[str, Any]:
    """The finding as the event that GuardDuty puts on an account's bus: its own, or its administrator's."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "GuardDuty Finding",
        "source": "aws.guardduty",
        "account": account_id,
        "time": finding["updatedAt"],
        "region": finding["region"],
        "resources": [],
        "detail": finding,
    }


def as_api(value: Any, shape: Shape) -> Any:
    """A camelCase value under the names of the API's own model; what the model lacks is left out."""
    match shape:
        case StructureShape() if isinstance(value, Mapping):
            return {
                name: as_api(value[wire], member)
                for name, member in shape.members.items()
                if (wire := member.serialization.get("name", name)) in value
            }
        case ListShape() if isinstance(value, list):
            return [as_api(each, shape.member) for each in value]
        case MapShape() if isinstance(value, Mapping):
            return {key: as_api(each, shape.value) for key, each in value.items()}
        case _:
            return value
