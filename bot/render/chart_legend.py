"""What stands below a chart: a sample of each thing drawn, its name, and its sum; in the order of the stack."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.core.money import money
from bot.render.chart_look import INK, as_band, as_before, as_expected, as_series
from bot.render.chart_shape import Shape, short_day
from bot.render.chart_sheet import WIDE, Sheet
from bot.render.chart_text import face, fit, wide

ROW = 16.0
_EDGE, _GAP = 8.0, 6.0
_SWATCH = (20.0, 10.0)
_AMOUNT = 150.0


@dataclass(frozen=True, slots=True)
class Row:
    """One thing; `sample` is drawn with its left end's middle at a place."""

    sample: Callable[[float, float], Sequence[Artist]]
    name: str
    total: Decimal


def rows(drawn: Shape) -> Sequence[Row]:
    """The series from the top down, those that give back below them; then the line and the band."""
    return (*sorted(_series(drawn), key=lambda row: row.total < 0), *_others(drawn))


def write(sheet: Sheet, each: Sequence[Row], top: float, currency: str) -> None:
    """Each on a line of its own, down from `top`."""
    for n, row in enumerate(each):
        _write(sheet, row, top - (n + 0.5) * ROW, currency)


def _write(sheet: Sheet, row: Row, y: float, currency: str) -> None:
    words, left = face(11), _EDGE + _SWATCH[0] + _GAP
    amount = fit(money(row.total, currency), words, _AMOUNT)
    room = WIDE - _EDGE - left - _GAP - wide(amount, words)
    sheet.put(*row.sample(_EDGE, y))
    sheet.write(left, y, fit(row.name, words, room), words, va="center", color=INK)
    sheet.write(WIDE - _EDGE, y, amount, words, ha="right", va="center", color=INK)


def _series(drawn: Shape) -> Iterator[Row]:
    for n, layer in reversed(list(enumerate(drawn.layers))):
        yield Row(_of_series(n), layer.name, layer.total)


def _others(drawn: Shape) -> Iterator[Row]:
    if drawn.before.amounts:
        yield Row(_of_before, drawn.before.name, drawn.before.total)
    if drawn.expected:
        means = sum((band.mean for _, band in drawn.expected), Decimal(0))
        yield Row(_of_expected, f"expected from {short_day(drawn.expected[0][1].day)} on", means)


def _box(x: float, y: float) -> Rectangle:
    return Rectangle((x, y - _SWATCH[1] / 2), *_SWATCH)


def _of_series(n: int) -> Callable[[float, float], Sequence[Artist]]:
    return lambda x, y: (as_series(n, _box(x, y)),)


def _of_before(x: float, y: float) -> Sequence[Artist]:
    return (as_before(Line2D([x, x + _SWATCH[0]], [y, y])),)


def _of_expected(x: float, y: float) -> Sequence[Artist]:
    line = Line2D([x + _GAP, x + _SWATCH[0] - _GAP], [y, y])
    return (as_band(_box(x, y)), as_expected(line))
