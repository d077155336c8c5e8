"""What AWS says twice in one item, left once: tags, and what an instance repeats of its first network interface."""

from collections.abc import Mapping
from typing import Any

from bot.core.configuration.change import Key
from bot.core.configuration.opened import opened

_TAGS = {"tags", "taglist", "tagset", "filesystemtags"}
_OF_THE_INSTANCE = {
    "groups": "securityGroups",
    "sourceDestCheck": "sourceDestCheck",
    "subnetId": "subnetId",
    "vpcId": "vpcId",
    "privateIpAddress": "privateIpAddress",
    "privateDnsName": "privateDnsName",
}
"""Fields of an instance's first interface, and where the instance says the same."""


def once(parts: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    """The item's parts (in normal form) without the copies of what they hold elsewhere."""
    held = dict(parts)
    for name in ("configuration", "supplementaryConfiguration"):
        if isinstance(held[name], Mapping):
            held[name] = _without_tags(held[name], tags)
    if isinstance(held["configuration"], Mapping):
        held["configuration"] = _with_interfaces(held["configuration"])
    return held


def _without_tags(part: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in part.items():
        said = _tags(name, value)
        left = value if said is None else _others(said, tags)
        if said is None or left:
            kept[name] = left
    return kept


def _tags(name: str, value: Any) -> Mapping[str, Any] | None:
    """The tags that a field holds; None where it holds something else."""
    if name.lower() in _TAGS and isinstance(value, Mapping):
        return value
    if name != "BucketTaggingConfiguration" or not isinstance(value, Mapping) or value.keys() - {"tagSets"}:
        return None
    held = value.get("tagSets") or {}
    if not isinstance(held, Mapping):
        return None
    sets = list(held.values())
    if not sets:
        return {}
    alone = sets[0] if len(sets) == 1 and isinstance(sets[0], Mapping) and sets[0].keys() == {"tags"} else {}
    return alone.get("tags") if isinstance(alone.get("tags"), Mapping) else None


def _others(said: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, Any]:
    """The tags that are not among the item's own, or say more there (whether instances get it too)."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        left = _more(tags.get(name), value)
        if left is not None:
            found[Key(name)] = left
    return found


def _more(tag: str | None, value: Any) -> Any:
    """What a copy says beyond the tag itself; None for nothing. A tag that holds JSON was opened in the copy."""
    if tag is not None and value in (tag, opened(tag)):
        return None
    if tag is not None and isinstance(value, Mapping) and value.get("value") == tag:
        return {field: inner for field, inner in value.items() if field != "value"}
    return value


def _with_interfaces(configuration: Mapping[str, Any]) -> dict[str, Any]:
    faces = configuration.get("networkInterfaces")
    if not isinstance(faces, Mapping):
        return dict(configuration)
    return dict(configuration) | {
        "networkInterfaces": {name: _interface(face, configuration) for name, face in faces.items()}
    }


def _interface(face: Any, instance: Mapping[str, Any]) -> Any:
    if not isinstance(face, Mapping):
        return face
    kept = dict(face)
    if isinstance(kept.get("privateIpAddresses"), Mapping):
        addresses = kept["privateIpAddresses"].items()
        kept["privateIpAddresses"] = {name: _address(one, face) for name, one in addresses}
    attachment = face.get("attachment")
    if isinstance(attachment, Mapping) and attachment.get("deviceIndex") == 0:
        kept = {name: value for name, value in kept.items() if not _is_copy(name, value, instance)}
    return kept


def _address(one: Any, face: Mapping[str, Any]) -> Any:
    """The address without the public one that the interface has by it."""
    if (
        not isinstance(one, Mapping)
        or "association" not in one
        or one["association"] != face.get("association")
    ):
        return one
    return {name: value for name, value in one.items() if name != "association"}


def _is_copy(name: str, value: Any, instance: Mapping[str, Any]) -> bool:
    if name == "association":
        return (
            isinstance(value, Mapping)
            and value.get("publicIp") == instance.get("publicIpAddress") is not None
        )
    theirs = instance.get(_OF_THE_INSTANCE.get(name, ""))
    return theirs is not None and value == theirs
