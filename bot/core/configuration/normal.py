"""An item in the form in which two of them are compared: nested maps, no list whose order means nothing.

AWS says one thing in several ways; what it only repeats is there once. Nothing else is lost: null and an empty list
stand for an absent field, as they do in AWS's own answers.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.core.configuration import keys
from bot.core.configuration.canonical import canonical, keyed, number
from bot.core.configuration.change import Key
from bot.core.configuration.item import Item
from bot.core.configuration.normal_lists import in_order, listed
from bot.core.configuration.normal_policies import is_policy, policy
from bot.core.configuration.opened import DEEPEST
from bot.core.configuration.repeated import once

Tree = dict[str, Any]
_ALWAYS = {"configuration", "supplementaryConfiguration"}
"""Empty too: what is first in it is one thing that was added, not a part of the item."""


def normal(item: Item) -> Tree:
    """`{"configuration": {…}, "supplementaryConfiguration": {…}, "tags": {…}, "relationships": {…}, …}`.

    A part that says nothing is absent. Keys of sets are `Key`, what is compared as one is `Whole`; all else is plain JSON.
    """
    tags: dict[str, str] = {Key(name): value for name, value in item.tags.items()}
    parts = {
        "resourceName": item.resource.name,
        "availabilityZone": item.availability_zone,
        "configuration": _normal(_plain(item.configuration, DEEPEST), "configuration", ""),
        "supplementaryConfiguration": _normal(_plain(dict(item.supplementary), DEEPEST), "", ""),
        "tags": tags,
        "relationships": _relationships(item),
    }
    held = once(parts, tags)
    return {name: part for name, part in held.items() if part or (name in _ALWAYS and part is not None)}


def _relationships(item: Item) -> Tree:
    return keyed(
        (
            f"{one.type} {one.id or one.name}",
            _named(
                resourceType=one.type, resourceId=one.id, resourceName=one.name, relationshipName=one.relation
            ),
        )
        for one in item.relationships
    )


def _named(**values: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _plain(value: Any, levels: int) -> Any:
    """Without what stands for nothing, whole numbers as such; what is nested too deep as its text."""
    if levels <= 0 and isinstance(value, dict | list):
        return canonical(value)
    match value:
        case Mapping():
            plain = ((str(name), _plain(inner, levels - 1)) for name, inner in value.items())
            return {name: inner for name, inner in plain if inner is not None and inner != []}
        case list() | tuple():
            return [_plain(inner, levels - 1) for inner in value]
        case float():
            return number(value)
        case _:
            return value


def _normal(value: Any, name: str, parent: str) -> Any:
    match value:
        case dict() if is_policy(value):
            return policy(value)
        case dict() if keys.is_document(name):
            return _ordered(value)
        case list() if keys.is_document(name):
            return _ordered(value)
        case dict():
            return _fields(value, name, parent)
        case list():
            return listed(value, name, parent, partial(_element, name=name))
        case _:
            return value


def _fields(value: Mapping[str, Any], name: str, parent: str) -> Tree:
    """An object, field by field; one of names that somebody gave is a set, and none at all when it has none."""
    held = {field: _normal(inner, field, name) for field, inner in value.items()}
    if keys.is_named(name, parent):
        return {Key(field): inner for field, inner in held.items()}
    empty = [field for field, inner in held.items() if inner == {} and keys.is_named(field, name)]
    return {field: inner for field, inner in held.items() if field not in empty}


def _element(value: Any, name: str) -> Any:
    """A list's element; a list within a list keeps its order."""
    return _ordered(value) if isinstance(value, list) else _normal(value, "", name)


def _ordered(value: Any) -> Any:
    match value:
        case dict():
            return {field: _ordered(inner) for field, inner in value.items()}
        case list():
            return in_order(value, _ordered)
        case _:
            return value
