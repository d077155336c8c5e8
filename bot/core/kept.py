"""Values as JSON and back: what the store keeps of problems, storms, mutes.

Every dataclass is written with its name, so pieces of one shape (`Code`, `Small`) stay apart; a mapping
is written as pairs, so that no text of somebody else's can pass for one of ours. Fields that a newer
or older version does not know are left out, and take their defaults: replicas may differ by a version.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from bot.core import alert, text
from bot.core.severity import Severity
from bot.errors import BadEvent

Kind = TypeVar("Kind")

_IS = "is"
_KINDS: dict[str, type[Any]] = {}


def kept(kind: type[Kind]) -> type[Kind]:
    """Let values of this dataclass or enum be kept (a class decorator); its name must be its own."""
    if _KINDS.setdefault(kind.__name__, kind) is not kind:
        raise TypeError(f"two kinds are kept by the name {kind.__name__}")
    return kind


def keep(value: Any) -> Any:
    """The value as JSON-ready data."""
    match value:
        case datetime():
            return {_IS: "datetime", "at": value.isoformat()}
        case Enum():
            return {_IS: type(value).__name__, "value": value.value}
        case Mapping():
            return {_IS: "mapping", "pairs": [[key, keep(inner)] for key, inner in value.items()]}
        case tuple() | list():
            return [keep(inner) for inner in value]
        case None | bool() | int() | float() | str():
            return value
        case _ if dataclasses.is_dataclass(value):
            fields = {
                field.name: keep(getattr(value, field.name))
                for field in dataclasses.fields(value)
                if getattr(value, field.name) != field.default
            }
            return {_IS: type(value).__name__, **fields}
    raise TypeError(f"{type(value).__name__} can't be kept")


def recall(data: Any) -> Any:
    """The value again; lists come back as tuples. Raises BadEvent for what `keep` never wrote."""
    match data:
        case {"is": "datetime", "at": str(at)}:
            return datetime.fromisoformat(at)
        case {"is": "mapping", "pairs": list(pairs)}:
            return {key: recall(inner) for key, inner in pairs}
        case {"is": str(name)} if name in _KINDS:
            return _recall(_KINDS[name], data)
        case list():
            return tuple(recall(inner) for inner in data)
        case None | bool() | int() | float() | str():
            return data
    raise BadEvent("The store holds something that this version can't read.", "Was it written by a newer one?")


def fingerprint(value: Any) -> str:
    """The same for equal values, in every process."""
    return hashlib.sha256(json.dumps(keep(value), sort_keys=True).encode()).hexdigest()[:16]


def _recall(kind: type[Any], data: Mapping[str, Any]) -> Any:
    if issubclass(kind, Enum):
        return kind(data["value"])
    known = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: recall(inner) for name, inner in data.items() if name in known})


for _kind in (
    *(text.Code, text.Strong, text.Small, text.When, text.Link),
    *(alert.Alert, alert.NextStep, alert.Finding, Severity),
):
    kept(_kind)
