"""What stands in a JSON value: its texts, its fields with their values, its policies, its tags; to find one in another.

CloudTrail and Config name one setting in slightly different words (`BlockPublicAcls`, `blockPublicAcls`;
`enablePerformanceInsights`, `performanceInsightsEnabled`), so fields are compared by their plain words.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bot.core.configuration.opened import DEEPEST

Pairs = frozenset[tuple[str, str]]

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Words that say how a field is said, not which it is.
_IDLE = frozenset({"new", "is", "enable", "enabled", "value", "set", "list", "configuration", "item"})
# Fields whose name says nothing: the one around them does.
_CARRIERS = frozenset({"value", "items", "item", "member"})
_COMMON = frozenset(
    {"true", "false", "enabled", "disabled", "null", "none", "allow", "deny", "active", "http"}
)
_SPECIFIC = 3
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+.*")


@cache
def field(name: str) -> str:
    """A field's name as it is compared."""
    words = [word.lower().removesuffix("s") for word in _WORD.findall(name)]
    return "".join(word for word in words if word not in _IDLE) or "".join(words)


def leaves(value: Any, name: str = "", levels: int = DEEPEST) -> Iterator[tuple[str, str]]:
    """Every scalar with the field that holds it, as text; nothing for null."""
    if levels <= 0:
        return
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, name if key.lower() in _CARRIERS else key, levels - 1)
        case list() | tuple():
            for inner in value:
                yield from leaves(inner, name, levels - 1)
        case None:
            return
        case _:
            yield name, text(value)


def text(scalar: object) -> str:
    """`true` for True, `30` for 30.0; letters folded, so that `Enabled` is `enabled`."""
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float) and scalar.is_integer():
        return str(int(scalar))
    return str(scalar).casefold()


def pairs(value: Any) -> Pairs:
    """Fields with their values, as they are compared."""
    return frozenset((field(name), said) for name, said in leaves(value) if name)


def texts(value: Any) -> frozenset[str]:
    """Its scalars."""
    return frozenset(said for _, said in leaves(value))


def specific(found: Iterable[str]) -> frozenset[str]:
    """Those that say enough by themselves to be looked for: no numbers, no times, no `Enabled`."""
    return frozenset(
        one
        for one in found
        if len(one) >= _SPECIFIC
        and one not in _COMMON
        and not one.replace(".", "", 1).isdigit()
        and not _TIME.fullmatch(one)
    )


def documents(value: Any, levels: int = DEEPEST) -> frozenset[str]:
    """Its policy documents, each as one text: statements in any order, one of a list as itself."""
    if levels <= 0:
        return frozenset()
    match value:
        case dict():
            held = next((inner for key, inner in value.items() if key.lower() == "statement"), None)
            own = frozenset({_canonical(held)}) if isinstance(held, dict | list) else frozenset()
            return own.union(*(documents(inner, levels - 1) for inner in value.values()))
        case list() | tuple():
            return frozenset[str]().union(*(documents(inner, levels - 1) for inner in value))
        case _:
            return frozenset()


def _canonical(value: Any) -> str:
    return json.dumps(_unordered(value, DEEPEST), sort_keys=True, default=str)


def _unordered(value: Any, levels: int) -> Any:
    match value:
        case dict() if levels > 0:
            return {str(key).lower(): _unordered(inner, levels - 1) for key, inner in value.items()}
        case [only]:
            return _unordered(only, levels)
        case list() | tuple() if levels > 0:
            return sorted(
                (_unordered(inner, levels - 1) for inner in value),
                key=lambda one: json.dumps(one, sort_keys=True, default=str),
            )
        case bool() | int() | float():
            return text(value)
        case _:
            return value


def tags(value: Any) -> Mapping[str, str | None]:
    """Tags that a call's request names; None for one that is named without its value (to be removed)."""
    found: dict[str, str | None] = {}
    for key, inner in _inside(value):
        if field(key) in {"tagkey", "tagkeyset"}:
            found |= dict.fromkeys(map(str, _scalars(inner)))
        elif re.search("tag", key, re.IGNORECASE):
            found |= dict(_tagged(inner))
    return found


def _tagged(value: Any) -> Iterator[tuple[str, str | None]]:
    """`[{key, value}]` however it is wrapped, or `{key: value}`."""
    match value:
        case list() | tuple():
            for inner in value:
                yield from _tagged(inner) if isinstance(inner, dict | list) else ((str(inner), None),)
        case dict():
            lower = {key.lower(): inner for key, inner in value.items()}
            if "key" in lower and not isinstance(lower["key"], dict | list):
                said = lower.get("value")
                yield str(lower["key"]), None if said is None else _spelled(said)
                return
            for key, inner in value.items():
                if isinstance(inner, dict | list):
                    yield from _tagged(inner)
                elif key != "xmlns":
                    yield key, _spelled(inner)
        case _:
            return


def _spelled(value: object) -> str:
    return text(value) if isinstance(value, bool | float) else str(value)


def _inside(value: Any, levels: int = DEEPEST) -> Iterator[tuple[str, Any]]:
    """Outermost fields first; what a field on tags holds is not looked into again."""
    if levels <= 0:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            if not re.search("tag", key, re.IGNORECASE):
                yield from _inside(inner, levels - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _inside(inner, levels - 1)


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _scalars(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _scalars(inner)
    elif value is not None:
        yield value
