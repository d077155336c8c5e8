"""Lists whose order means nothing, as maps: by natural key where there is one, else by their own text."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.core.configuration import keys
from bot.core.configuration.canonical import keyed, name_of
from bot.core.configuration.change import Key, Whole
from bot.core.configuration.normal_groups import permissions

_PAIRS = (
    {"key", "value"},
    {"name", "value"},
    {"tagkey", "tagvalue"},
    {"tagname", "tagvalue"},
    {"parameterkey", "parametervalue"},
    {"attributename", "attributevalue"},
)
_DESTINATIONS = (
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
)

Named = Callable[[list[Any]], dict[str, Any] | None]


def listed(value: list[Any], name: str, parent: str, inner: Callable[[Any], Any]) -> Any:
    """The list's normal form: a map, or the list itself where it has an order and holds plain values.

    `inner` gives the normal form of an element.
    """
    if keys.is_ordered(name, parent):
        return in_order(value, inner)
    special = SPECIAL.get(name.lower())
    held = special(value) if special else None
    if held is not None:
        return held
    if not all(isinstance(one, Mapping) for one in value):
        return _by_text(inner(one) for one in value)
    return _pairs(value) or _objects(value, inner)


def in_order(value: list[Any], inner: Callable[[Any], Any]) -> Any:
    """A list whose order means something: itself, or by position where it holds objects."""
    if not any(isinstance(one, Mapping) for one in value):
        return value
    return {Key(str(n)): inner(one) for n, one in enumerate(value, 1)}


def _objects(value: list[Mapping[str, Any]], inner: Callable[[Any], Any]) -> dict[str, Any]:
    names = keys.natural(value)
    if names is not None:
        return keyed((name, inner(one)) for name, one in zip(names, value, strict=True))
    return _by_text(Whole(inner(one)) for one in value)


def _by_text(elements: Iterable[Any]) -> dict[str, Any]:
    return keyed((name_of(one), one) for one in elements)


def _pairs(value: list[Mapping[str, Any]]) -> dict[str, Any] | None:
    """`[{"key": k, "value": v}]` as `{k: v}`."""
    found = []
    for one in value:
        small = {name.lower(): inner for name, inner in one.items()}
        if small.keys() not in _PAIRS or len(one) != len(small):
            return None
        first, second = sorted(small)
        if not isinstance(small[first], str) or isinstance(small[second], list | dict):
            return None
        found.append((small[first], small[second]))
    return keyed(found)


def _routes(value: list[Any]) -> dict[str, Any] | None:
    """A route table's routes, one a destination."""
    return _whole(value, lambda one: next((str(one[name]) for name in _DESTINATIONS if one.get(name)), ""))


def _entries(value: list[Any]) -> dict[str, Any] | None:
    """A network ACL's entries: `inbound 100`, the default last one as `inbound 32767`."""
    return _whole(
        value,
        lambda one: (
            f"{'outbound' if one.get('egress') else 'inbound'} {one['ruleNumber']}"
            if "ruleNumber" in one
            else ""
        ),
    )


def _grants(value: list[Any]) -> dict[str, Any] | None:
    """An S3 ACL's grants: `AllUsers Read`, `canonical id FullControl`."""
    return _whole(value, _grant)


def _grant(one: Mapping[str, Any]) -> str:
    grantee = one.get("grantee")
    named = grantee.get("id") or grantee.get("displayName") if isinstance(grantee, Mapping) else grantee
    return f"{named} {one.get('permission')}" if isinstance(named, str) else ""


def _whole(value: list[Any], key: Callable[[Mapping[str, Any]], str]) -> dict[str, Any] | None:
    """By a key of several fields, each element one thing; None where one of them has no such key."""
    if not all(isinstance(one, Mapping) and key(one) for one in value):
        return None
    return keyed((key(one), Whole(one)) for one in value)


SPECIAL: Mapping[str, Named] = {
    "ippermissions": permissions,
    "ippermissionsegress": permissions,
    "routes": _routes,
    "entries": _entries,
    "grantlist": _grants,
}
