"""The attributes of a finding: dotted paths into its camelCase form, and what stands there.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html lists them.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ListShape, MapShape, Shape, StructureShape

Finding = Mapping[str, Any]

_BEYOND_THE_MODEL = (
    "resource.accessKeyDetails.userIdentity.",
    "resource.kubernetesDetails.",
    "resource.rdsDbInstanceDetails.",
    "service.action.rdsLoginAttemptAction.",
    "service.additionalInfo.",
    "service.detection.",
)
"""Under these, the API's reference lists attributes that its model lacks."""


def values(finding: Any, path: str) -> Iterator[Any]:
    """Every value under a path; lists on the way are looked into, and so is the JSON of `additionalInfo`."""
    if isinstance(finding, list):
        for each in finding:
            yield from values(each, path)
        return
    head, _, rest = path.partition(".")
    if not isinstance(finding, Mapping):
        return
    found = finding.get(head, finding.get(head[:1].upper() + head[1:]))
    if head == "additionalInfo" and isinstance(found, Mapping):
        found = _told(found) | dict(found)
    if rest:
        yield from values(found, rest)
    elif isinstance(found, list):
        yield from found
    elif found is not None:
        yield found


def text(value: Any) -> str:
    """As criteria write it: `true`, `false`, and everything else as it is."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def number(value: Any, *, of_text: bool = False) -> float | None:
    """A number, or a time as milliseconds since 1970; None for what is neither. `of_text` reads digits too."""
    try:
        if isinstance(value, str) and not of_text:
            return datetime.fromisoformat(value).timestamp() * 1000
        return float(value)
    except (TypeError, ValueError):
        return None


def is_attribute(path: str) -> bool:
    """Whether findings can have it: by the API's own model, and by its reference."""
    return path.startswith(_BEYOND_THE_MODEL) or _leads(finding_shape(), path.split("."))


@cache
def finding_shape() -> Shape:
    """A finding in the API's model."""
    shape: Shape = botocore.session.get_session().get_service_model("guardduty").shape_for("Finding")
    return shape


def _leads(shape: Shape, steps: list[str]) -> bool:
    while isinstance(shape, ListShape):
        shape = shape.member
    if not steps or isinstance(shape, MapShape):
        return not isinstance(shape, StructureShape)
    members = shape.members.items() if isinstance(shape, StructureShape) else ()
    return any(
        _leads(member, steps[1:])
        for name, member in members
        if member.serialization.get("name", name) == steps[0]
    )


def _told(additional: Mapping[str, Any]) -> dict[str, Any]:
    try:
        told = json.loads(str(additional.get("value")))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
