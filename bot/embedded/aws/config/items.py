"""Items on the wire: Config sends what it knows of a resource as JSON inside JSON.

https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.embedded.aws.config.asked import model
from bot.embedded.aws.config.recordings import is_deleted

_TWICE = {"AccessControlList"}
_TAGS = {"BucketTaggingConfiguration", "Tags"}

Item = Mapping[str, Any]


def as_item(item: Item) -> dict[str, Any]:
    """A configuration item as GetResourceConfigHistory answers it."""
    return _encoded(item, "ConfigurationItem")


def as_base_item(item: Item) -> dict[str, Any]:
    """The same for BatchGetResourceConfig, which tells neither relationships nor tags."""
    base = _encoded(item, "BaseConfigurationItem")
    kept = base["supplementaryConfiguration"]
    return base | {
        "supplementaryConfiguration": {key: value for key, value in kept.items() if key not in _TAGS}
    }


def as_identifier(item: Item) -> dict[str, Any]:
    """A resource as ListDiscoveredResources answers it."""
    identifier = {key: item[key] for key in ("resourceType", "resourceId", "resourceName") if item.get(key)}
    if is_deleted(item):
        identifier["resourceDeletionTime"] = item["configurationItemCaptureTime"]
    return identifier


def _encoded(item: Item, name: str) -> dict[str, Any]:
    shape: Any = model().shape_for(name)
    told = {key: value for key, value in item.items() if key in shape.members and value is not None}
    if "configuration" in told:
        told["configuration"] = _text(told["configuration"])
    told["supplementaryConfiguration"] = {
        key: _text(_text(value) if key in _TWICE else value)
        for key, value in (item.get("supplementaryConfiguration") or {}).items()
    }
    return told


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
