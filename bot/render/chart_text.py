"""Words in a picture: harmless, of characters that its fonts have, and no wider than their place.

Sizes are in units of a picture that is 320 of them wide.
"""

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

from bot.render.safe import clean

DPI = 100
"""Units an inch, as matplotlib counts."""

_PLAIN = "DejaVu Sans"  # comes with matplotlib, so that a picture looks the same everywhere
_ASIAN = ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Hiragino Sans", "Yu Gothic", "Meiryo")
_UNKNOWN = "□"
_NAME = 80


def face(size: float, *, bold: bool = False) -> FontProperties:
    """The font of a size in units."""
    weight = "bold" if bold else "normal"
    return FontProperties(family=list(_families()), size=size * 72 / DPI, weight=weight)


def fit(said: str, font: FontProperties, room: float) -> str:
    """It, cleaned, and cut where it is wider than `room`."""
    kept = _drawable(clean(said, _NAME)).strip()
    if wide(kept, font) <= room:
        return kept
    while kept and wide(f"{kept}…", font) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def broken(said: str, font: FontProperties, room: float, most: int) -> Sequence[str]:
    """It, cleaned, broken between words into so many lines at most, the last one cut."""
    whole = _drawable(clean(said, most * _NAME)).strip()
    taken = wide(whole, font)
    lines = textwrap.wrap(whole, max(1, int(len(whole) * room / taken))) if taken else []
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
    return [fit(line, font, room) for line in kept]


def wide(said: str, font: FontProperties) -> float:
    """How many units it takes on one line."""
    # Not as mathtext: a `$` in a tag's value is a dollar sign, and begins nothing.
    ruler: Any = _ruler()  # untyped in matplotlib
    return float(ruler.get_text_width_height_descent(said, font, ismath=False)[0])


@lru_cache(maxsize=1)
def _ruler() -> RendererAgg:
    make: Any = RendererAgg
    return cast("RendererAgg", make(1, 1, DPI))


def _drawable(said: str) -> str:
    """It with a box for each character that no font of ours has: matplotlib would draw one too, and warn."""
    return "".join(char if _known(char) else _UNKNOWN for char in said)


@lru_cache(maxsize=4096)
def _known(char: str) -> bool:
    return any(get_font(findfont(family)).get_char_index(ord(char)) for family in _families())


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """The font that is always there, and those for Japanese that this machine has."""
    here = {font.name for font in fontManager.ttflist}
    return (_PLAIN, *(name for name in _ASIAN if name in here))
