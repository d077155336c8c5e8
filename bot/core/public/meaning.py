"""The words that judgements are made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from bot.core.spoken import some

Judgement = Literal["public", "unknown", "not-public"]
"""`unknown` is what can't be decided; it is never to be counted as not public."""

Access = Literal["write", "admin", "read", "list", "settings"]
"""What one may do: change data, change who may do what, read data, list names, read how it is set up."""

EVERY_ACCESS: Final[tuple[Access, ...]] = ("write", "admin", "read", "list", "settings")
"""All of them, the most dangerous first."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that is not known: `why` in words, and the IAM action that is missing where that is the reason."""

    why: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What one statement or grant lets everybody do; `is_certain` is False where it can't be decided whether it does.

    `sid` is the statement's own, "" for a grant. Equal openings are equal wherever they stand: `number` (from 1;
    0 is the policy as a whole) is not compared.
    """

    sid: str
    access: tuple[Access, ...]
    why: str
    who: str = "everybody"
    is_certain: bool = True
    number: int = field(default=0, compare=False)


_WIDEST: Final[tuple[Judgement, ...]] = ("public", "unknown", "not-public")
_SHOWN, _LONG = 3, 80


def widest(judgements: Iterable[Judgement]) -> Judgement:
    """Where one way in is enough: a public one makes the whole public, an unknown one makes it unknown."""
    return min(judgements, key=_WIDEST.index, default="not-public")


def narrowest(judgements: Iterable[Judgement]) -> Judgement:
    """Where all must let in: one that is not public makes the whole so, an unknown one makes it unknown."""
    return max(judgements, key=_WIDEST.index, default="not-public")


def judgement(found: Iterable[Opening]) -> Judgement:
    """The verdict of a whole policy or ACL, by its openings."""
    return widest("public" if one.is_certain else "unknown" for one in found)


def ordered(accesses: Iterable[Access]) -> tuple[Access, ...]:
    """Each once, the most dangerous first."""
    found = frozenset(accesses)
    return tuple(one for one in EVERY_ACCESS if one in found)


def several(value: Any) -> tuple[Any, ...]:
    """What policies write as one value or as a list of them, as a tuple."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def named(values: Iterable[object]) -> str:
    """`a, b, c and 2 more`, long ones cut: values of a policy are anybody's writing."""
    texts = [text if len(text) <= _LONG else f"{text[: _LONG - 1]}…" for text in map(written, values)]
    return some(texts, _SHOWN)


def is_fixed(value: str) -> bool:
    """Whether it has neither a wildcard nor a policy variable: what AWS calls a fixed value."""
    return not any(mark in value for mark in ("*", "?", "${"))


def fits(value: str, pattern: str) -> bool:
    """Whether a policy's pattern, with * and ?, takes this value; case counts."""
    first, *rest = (
        "".join("." if one == "?" else re.escape(one) for one in part) for part in pattern.split("*")
    )
    # The first place where a part fits is as good as any later one, and a policy's author may write any pattern:
    # to try no second place keeps the time in line with its length.
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return re.fullmatch(first + middle + (f".*{rest[-1]}" if rest else ""), value, re.DOTALL) is not None


def written(value: object) -> str:
    """A plain value as text; what should be none, and may be nested as deep as anybody likes, is not spelled out."""
    return str(value) if isinstance(value, (str, int, float, type(None))) else "(not a plain value)"
