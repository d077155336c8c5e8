"""Values as JSON and back: what the store keeps of problems, storms, reports.

Every dataclass is written with its name, so pieces of one shape (`Code`, `Small`) stay apart; a mapping
is written as pairs, so that no text of somebody else's can pass for one of ours. Fields that a newer
or older version does not know are left out, and take their defaults: replicas may differ by a version.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from bot.errors import BadEvent

_IS = "is"


def keep(value: Any) -> Any:
    """The value as JSON-ready data; raises TypeError for what is no plain value."""
    match value:
        case Enum() | Decimal():
            return {
                _IS: type(value).__name__,
                "value": value.value if isinstance(value, Enum) else str(value),
            }
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return {_IS: type(value).__name__, "at": value.isoformat()}
        case tuple() | list():
            return [keep(inner) for inner in value]
        case Mapping():
            return {_IS: "mapping", "pairs": [[key, keep(inner)] for key, inner in value.items()]}
    return _parts(value)


def _parts(value: Any) -> dict[str, Any]:
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"{type(value).__name__} can't be kept")
    held = ((name, getattr(value, name), default) for name, default in _fields(type(value)))
    return {_IS: type(value).__name__, **{name: keep(it) for name, it, default in held if it != default}}


def fingerprint(value: Any) -> str:
    """The same for equal values, in every process."""
    return hashlib.sha256(json.dumps(keep(value), sort_keys=True).encode()).hexdigest()[:16]


class Recall:
    """Reads what `keep` wrote, of these dataclasses and enums; their names must differ."""

    def __init__(self, kinds: Iterable[type[Any]]) -> None:
        listed: list[type[Any]] = [Decimal, *kinds]
        self._kinds = {kind.__name__: kind for kind in listed}
        if len(self._kinds) != len(listed):
            raise TypeError("two kinds are kept by one name")

    def __call__(self, data: Any) -> Any:
        """The value again; lists come back as tuples. Raises BadEvent for what `keep` never wrote."""
        match data:
            case None | bool() | int() | float() | str():
                return data
            case list():
                return tuple(self(inner) for inner in data)
            case {"is": "datetime" | "date" as kind, "at": str(at)}:
                return (datetime if kind == "datetime" else date).fromisoformat(at)
            case {"is": "mapping", "pairs": list(pairs)}:
                return {key: self(inner) for key, inner in pairs}
            case {"is": str(name)} if kind := self._kinds.get(name):
                return self._whole(kind, data)
        raise BadEvent(
            "The store holds something that this version can't read.", "Was it written by a newer one?"
        )

    def _whole(self, kind: type[Any], data: Mapping[str, Any]) -> Any:
        try:
            if issubclass(kind, Enum | Decimal):
                return kind(data["value"])
            return kind(**{name: self(data[name]) for name, _ in _fields(kind) if name in data})
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise BadEvent(
                f"The store holds a {kind.__name__} that this version can't read.",
                "Was it written by a newer one?",
            ) from error


_KNOWN: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Names and defaults, looked up once a kind: a storm keeps ten thousand values."""
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple((field.name, _default(field)) for field in dataclasses.fields(kind))
    return _KNOWN[kind]


def _default(field: "dataclasses.Field[Any]") -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
