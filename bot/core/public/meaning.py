"""The words that judgements are made of."""

from collections.abc import Iterable
from typing import Any, Final, Literal

Judgement = Literal["public", "unknown", "not-public"]
"""`unknown` is what can't be decided; it is never to be counted as not public."""

Access = Literal["write", "admin", "read", "list", "settings"]
"""What one may do: change data, change who may do what, read data, list names, read how it is set up."""

EVERY_ACCESS: Final[tuple[Access, ...]] = ("write", "admin", "read", "list", "settings")
"""All of them, the most dangerous first."""

_WIDEST: Final[tuple[Judgement, ...]] = ("public", "unknown", "not-public")
_SHOWN, _LONG = 3, 80


def widest(judgements: Iterable[Judgement]) -> Judgement:
    """One that is public makes the whole public, one that is unknown makes it unknown."""
    return min(judgements, key=_WIDEST.index, default="not-public")


def ordered(accesses: Iterable[Access]) -> tuple[Access, ...]:
    """Each once, the most dangerous first."""
    found = frozenset(accesses)
    return tuple(one for one in EVERY_ACCESS if one in found)


def several(value: Any) -> tuple[Any, ...]:
    """What policies write as one value or as a list of them, as a tuple."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def named(values: Iterable[object]) -> str:
    """`a, b, c and 2 more`, long ones cut: values of a policy are anybody's writing."""
    texts = [text if len(text) <= _LONG else f"{text[: _LONG - 1]}…" for text in map(str, values)]
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def is_fixed(value: str) -> bool:
    """Whether it has neither a wildcard nor a policy variable: what AWS calls a fixed value."""
    return not any(mark in value for mark in ("*", "?", "${"))
