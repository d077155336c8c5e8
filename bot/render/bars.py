"""Bars in characters: their heights, and how many steps of time each stands for."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Amount = TypeVar("Amount", int, Decimal)

MOST = 31
"""Bars that a phone shows on one line: a month of days stands as it is, more are added up."""

NONE = "·"
BELOW = "▾"
_BARS = "▁▂▃▄▅▆▇█"


def starts(steps: int) -> list[int]:
    """Where the bars begin. What does not come out even is the oldest: the newest bar would seem to fall."""
    size = _size(steps)
    first = steps % size
    return [*([0] if first else []), *range(first, steps, size)]


def sums(amounts: Sequence[Amount], begins: Sequence[int], none: Amount) -> list[Amount]:
    """What lies in each bar; `none` is what no amount is."""
    ends = [*begins[1:], len(amounts)]
    return [sum(amounts[start:end], none) for start, end in zip(begins, ends, strict=False)]


def bars(amounts: Sequence[Amount], highest: Amount) -> str:
    """Their heights in eighths of the highest, rounded up: little is never nothing. Below zero is a mark of its own."""
    return "".join(_bar(amount, highest) for amount in amounts)


def each_bar(steps: int, unit: str) -> str:
    """`each bar 2 hours`."""
    size = _size(steps)
    return f"each bar {size} {unit}{'s' if size > 1 else ''}"


def _size(steps: int) -> int:
    return max(1, -(-steps // MOST))


def _bar(amount: Amount, highest: Amount) -> str:
    if amount <= 0:
        return BELOW if amount else NONE
    return _BARS[min(8, math.ceil(Fraction(amount) * 8 / Fraction(highest))) - 1]
