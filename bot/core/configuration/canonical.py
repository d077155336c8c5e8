"""One text for one JSON value, and names for the elements of a list whose order means nothing."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from bot.core.configuration.change import Key

_LONGEST = 80


def canonical(value: object) -> str:
    """The same text for the same JSON, keys sorted; `1` and `true` are two."""
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    except RecursionError:
        return "…"


def number(value: float) -> float | int:
    """`128.0` as `128`: some of Config's answers write whole numbers so."""
    return int(value) if value.is_integer() else value


def keyed(elements: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A map of (key, value) pairs, whatever their order; those of one key are numbered (`web #2`), none is lost."""
    named: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for key, _, value in sorted(((key, canonical(value), value) for key, value in elements), key=_by_text):
        counts[key] = counts.get(key, 0) + 1
        taken = key if counts[key] == 1 else f"{key} #{counts[key]}"
        while taken in named:  # an element that is itself called `web #2`
            taken += " #"
        named[Key(taken)] = value
    return named


def name_of(value: object) -> str:
    """A key for an element without a natural one: itself, cut and told apart by a digest where it is long."""
    text = value if isinstance(value, str) and value else canonical(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 10]}… {digest(value)}"


def digest(value: object) -> str:
    """Eight hex digits that tell the value from others."""
    return hashlib.sha256(canonical(value).encode(errors="surrogatepass")).hexdigest()[:8]


def _by_text(element: tuple[str, str, Any]) -> tuple[str, str]:
    return element[:2]
