"""A chart as a picture that is read on a phone: bars by day, a line to compare them with, a band for what is to come."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from bot.core.sections import Chart
from bot.render import chart_legend
from bot.render.chart_look import DIM, INK, RULE, as_band, as_before, as_expected, as_series
from bot.render.chart_shape import Layer, Shape, dates, shape, short_money, ticks
from bot.render.chart_sheet import WIDE, Sheet
from bot.render.chart_text import broken, face, fit

_Look = dict[str, Any]  # of Text

_EDGE, _TITLE, _PLOT, _BELOW, _LEFT = 8.0, 15.0, 170.0, 26.0, 46.0
_BAR = 0.84  # of a day's width
_AIR = 0.04  # above the highest, of what there is between highest and lowest


def draw(chart: Chart, width: int) -> bytes:
    """A PNG, so many pixels wide."""
    drawn, heading = shape(chart), face(12, bold=True)
    title = broken(chart.title, heading, WIDE - 2 * _EDGE, 2)
    legend = chart_legend.rows(drawn)
    below = _BELOW + len(legend) * chart_legend.ROW + _EDGE
    above = _EDGE if chart.currency == "USD" else 2 * _EDGE
    sheet = Sheet(below + _PLOT + above + len(title) * _TITLE + _EDGE, width)
    for n, line in enumerate(title):
        sheet.write(_EDGE, sheet.tall - _EDGE - n * _TITLE, line, heading, va="top", color=INK)
    if chart.currency != "USD":  # whose sign stands at each amount
        unit = fit(chart.currency, face(10), _LEFT - _EDGE)
        sheet.write(_EDGE, below + _PLOT, unit, face(10), va="bottom", color=DIM)
    _plot(sheet.axes(_LEFT, below, WIDE - _LEFT - _EDGE, _PLOT), drawn, chart.currency)
    chart_legend.write(sheet, legend, below - _BELOW, chart.currency)
    return sheet.png()


class _Scale:
    """Amounts as shares of the largest: what is drawn needs no cents, and no amount is too large for it."""

    def __init__(self, largest: Decimal) -> None:
        self._largest = largest or Decimal(1)

    def __call__(self, amount: Decimal) -> float:
        return float(amount / self._largest)


def _plot(axes: Axes, drawn: Shape, currency: str) -> None:
    low, high = drawn.bounds
    scale = _Scale(max(-low, high))
    _frame(axes, drawn, scale, currency)
    if low == high:
        nothing = "nothing was charged on these days" if drawn.days else "there are no days to show"
        words: _Look = {"ha": "center", "va": "center", "color": INK, "fontproperties": face(11)}
        axes.text(0.5, 0.5, nothing, transform=axes.transAxes, **words)
        return
    _expected(axes, drawn, scale)
    _bars(axes, drawn, scale)
    heights = [scale(amount) for amount in drawn.before.amounts]
    axes.add_line(as_before(Line2D(range(len(heights)), heights, zorder=5)))
    axes.axhline(0, color=INK, linewidth=0.7, zorder=4)


def _frame(axes: Axes, drawn: Shape, scale: _Scale, currency: str) -> None:
    """The axes: money with its currency on the left, a few short dates below."""
    low, high = drawn.bounds
    axes.set_xlim(-0.5, max(len(drawn.days), 1) - 0.5)
    bottom, top = scale(low), scale(high) or (0.0 if low else 1.0)
    air = _AIR * (top - bottom)
    axes.set_ylim(bottom - (air if low else 0), top + air)
    look: _Look = {"color": DIM, "fontproperties": face(10), "parse_math": False}
    marks = ticks(low, high)
    axes.set_yticks([scale(mark) for mark in marks], [short_money(mark, currency) for mark in marks], **look)
    places = list(dates(drawn.days))
    axes.set_xticks([n for n, _ in places], [said for _, said in places], **look)
    axes.spines[["top", "left", "right", "bottom"]].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=4)
    axes.tick_params(axis="x", length=3, width=0.6, color=DIM)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def _bars(axes: Axes, drawn: Shape, scale: _Scale) -> None:
    """Stacked: what is charged above zero, what is given back below it."""
    above, beneath = [0.0] * len(drawn.days), [0.0] * len(drawn.days)
    for n, layer in enumerate(drawn.layers):
        bars = _stacked(layer, scale, above, beneath)
        if bars:
            axes.add_patch(as_series(n, PathPatch(Path.make_compound_path(*bars), zorder=3)))


def _stacked(layer: Layer, scale: _Scale, above: list[float], beneath: list[float]) -> Sequence[Path]:
    """Its bars, on top of those before it, or hanging below them; they are part of the stack from then on."""
    bars = []
    for day, amount in enumerate(layer.amounts):
        side, height = (above if amount > 0 else beneath), scale(amount)
        left, right, foot = day - _BAR / 2, day + _BAR / 2, side[day]
        side[day] += height
        if height:
            corners = [(left, foot), (right, foot), (right, side[day]), (left, side[day]), (left, foot)]
            bars.append(Path(corners, closed=True))
    return bars


def _expected(axes: Axes, drawn: Shape, scale: _Scale) -> None:
    for n, band in drawn.expected:
        low, high, mean = scale(band.low), scale(band.high), scale(band.mean)
        axes.add_patch(as_band(Rectangle((n - 0.5, low), 1, high - low, zorder=2)))
        axes.add_line(as_expected(Line2D([n - _BAR / 3, n + _BAR / 3], [mean, mean], zorder=2.5)))
