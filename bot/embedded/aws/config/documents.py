"""An item as advanced queries see it: a document whose properties are named by dotted paths, through lists too.

https://github.com/awslabs/aws-config-resource-schema: AWS.properties.json names what all items have.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

Document = dict[str, Any]
Path = tuple[str, ...]

SCALARS = (
    "accountId", "awsRegion", "arn", "availabilityZone", "configurationItemCaptureTime", "resourceCreationTime",
    "resourceId", "resourceName", "resourceType", "version",
)  # fmt: skip
"""What `SELECT *` gives: the scalar properties at the top."""
PROPERTIES = frozenset(
    (
        *SCALARS, "configuration", "configurationItemStatus", "configurationStateId", "relatedEvents",
        "relationships", "supplementaryConfiguration", "tags",
    )
)  # fmt: skip


def document(item: Mapping[str, Any]) -> Document:
    """The item with its tags as a list, its relations under a query's name for them, and its times as text."""
    tags = [
        {"key": key, "value": value, "tag": f"{key}={value}"} for key, value in item.get("tags", {}).items()
    ]
    relations = [
        {
            "name": each["relationshipName"],
            **{key: value for key, value in each.items() if key.startswith("res")},
        }
        for each in item.get("relationships") or ()
    ]
    held = {key: _plain(value) for key, value in item.items() if key in PROPERTIES and value is not None}
    return held | {"tags": tags, "relationships": relations}


def values(of: Any, path: Path) -> list[Any]:
    """All that a path leads to: in a list, what it leads to in each element."""
    if isinstance(of, list):
        return [value for each in of for value in values(each, path)]
    if not path:
        return [] if of is None else [of]
    return values(of[path[0]], path[1:]) if isinstance(of, Mapping) and path[0] in of else []


def picked(of: Document, paths: Iterable[Path]) -> Document:
    """The document with nothing but these paths in it, nested as before; what it lacks is left out."""
    found: Document = {}
    for path in paths:
        found = _joined(found, _only(of, path))
    return found


def _only(of: Any, path: Path) -> Any:
    if not path:
        return of
    if isinstance(of, list):
        return [kept for each in of if (kept := _only(each, path)) not in ({}, None)]
    if not isinstance(of, Mapping) or of.get(path[0]) is None:
        return {}
    kept = _only(of[path[0]], path[1:])
    return {} if kept == {} else {path[0]: kept}


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        both = {key: _joined(one[key], other[key]) if key in one else other[key] for key in other}
        return {**one, **both}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [_joined(*pair) for pair in zip(one, other, strict=True)]
    return other


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z"
    return value
