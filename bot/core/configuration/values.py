"""Values of configurations as a person reads them: short, and without what is secret."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.configuration.canonical import canonical
from bot.core.configuration.change import Key, Whole
from bot.core.configuration.kinds import split
from bot.core.spoken import folded, short
from bot.core.text import Added, Line, Removed

LONGEST = 80
HIDDEN = "(not shown)"
_SECRET = re.compile(
    r"pass|secret|token|credential|private|pwd|api_?key|access_?key|_key$|^key$|dsn|conn", re.IGNORECASE
)
_ENVIRONMENTS = {"environment", "environmentvariables", "variables", "stagevariables"}
_COMMON = 24
_WORDS = {"true": "on", "false": "off", "null": "nothing", "{}": "nothing", "[]": "nothing"}


def said(value: object, most: int = LONGEST) -> str:
    """`on`, `nothing`, `t3.micro`, `sg-1, sg-2`, `days 30, storage class GLACIER`: one line, cut at `most`."""
    return folded(_said(value), most)


def became(before: object, after: object) -> Line:
    """`before → after`; of two long ones that begin alike the end of what they share, and what differs."""
    old, new = _said(before), _said(after)
    if _owner(old) and _owner(old) == _owner(new):
        old, new = short(old), short(new)
    if max(len(old), len(new)) > LONGEST:
        old, new = _apart(old, new)
    return (Removed(folded(old, LONGEST)), " → ", Added(folded(new, LONGEST)))


def masked(value: Any, path: Sequence[str] = ()) -> Any:
    """The value without what environment variables hold that are called like secrets; `path` leads to it."""
    if _is_secret(path):
        return value if isinstance(value, bool | None) else HIDDEN
    match value:
        case Mapping():
            held = {name: masked(inner, (*path, name)) for name, inner in value.items()}
            return Whole(held) if isinstance(value, Whole) else held
        case list():
            return [_masked_element(inner, path) for inner in value]
        case _:
            return value


def _masked_element(value: Any, path: Sequence[str]) -> Any:
    """An element of a list as AWS has it: a variable's name stands beside its value."""
    names = (
        [field for field in value if field.lower() in ("name", "key")] if isinstance(value, Mapping) else []
    )
    named = next((value[field] for field in names if isinstance(value[field], str)), "")
    if not named or not _is_secret((*path, named)):
        return masked(value, path)
    return {
        field: inner if field in names else masked(inner, (*path, named)) for field, inner in value.items()
    }


def _is_secret(path: Sequence[str]) -> bool:
    starts = (n for n, step in enumerate(path) if step.lower() in _ENVIRONMENTS)
    return any(_SECRET.search(step) for step in path[next(starts, len(path)) + 1 :])


def _said(value: object) -> str:
    match value:
        case str() if value not in _WORDS:
            return value or "nothing"
        case {"code": _, "message": str(message), **rest} if not rest:
            return message
        case {"permissionsBoundaryArn": str(arn)}:
            return short(arn)
        case Mapping() if value:
            each = _element if all(isinstance(name, Key) for name in value) else _field
            return ", ".join(each(name, inner) for name, inner in value.items())
        case list() if value:
            return ", ".join(short(_said(inner)) for inner in value)
        case _:
            text = value if isinstance(value, str) else canonical(value)
            return _WORDS.get(text, text)


def _element(key: str, value: object) -> str:
    """One of a set: its key says most of it, unless it was made of the whole."""
    if isinstance(value, Whole):
        return _said(value)
    return key if isinstance(value, Mapping | list) or value in (key, True) else f"{key} {_said(value)}"


def _field(name: str, value: object) -> str:
    if isinstance(value, Mapping | list):
        return f"{split(name)} ({_said(value)})" if value else split(name)
    return f"{split(name)} {short(_said(value))}"


def _owner(text: str) -> str:
    """The part of an ARN before the thing's own; "" for what is none."""
    return text.removesuffix(short(text)) if text.startswith("arn:") else ""


def _apart(old: str, new: str) -> tuple[str, str]:
    """Both from a little before where they begin to differ."""
    same = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    cut = same - _COMMON
    return (old, new) if cut <= 0 else (f"…{old[cut:]}", f"…{new[cut:]}")
