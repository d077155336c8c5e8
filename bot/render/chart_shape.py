"""What of a chart is drawn, worked out before anything is: layers, the scale of the axis, its words.

All in Decimal; no drawing library is known here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from bot.core.sections import Band, Chart

LAYERS = 8
"""Series that can be told apart; of more, the last ones are added up."""

_DATES = 5  # on the axis, as many as stand side by side on a phone
_STEPS = 4
_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_POWERS = ("", "k", "M", "B", "T")
_THOUSAND, _LEAST = Decimal(1000), Decimal("0.0001")
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Layer:
    """One series as it is drawn: an amount for each of the first days, and their sum."""

    name: str
    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """Of all its days."""
        return sum(self.amounts, _NONE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A chart with only what lies on its axis; `expected` stands with the number of its day, from 0."""

    days: tuple[date, ...]
    layers: tuple[Layer, ...]
    before: Layer
    expected: tuple[tuple[int, Band], ...]

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """What each day cost in all, as far as any layer goes."""
        return tuple(sum(parts, _NONE) for parts in _across(self.layers))

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest amount there is to draw; 0 lies between them."""
        given = list(_across(self.layers))
        lows = [sum((part for part in parts if part < 0), _NONE) for parts in given]
        highs = [sum((part for part in parts if part > 0), _NONE) for parts in given]
        bands = [edge for _, band in self.expected for edge in (band.mean, band.low, band.high)]
        others = [_NONE, *self.before.amounts, *bands]
        return min((*lows, *others)), max((*highs, *others))


def shape(chart: Chart) -> Shape:
    """What of it is drawn; amounts beyond the last day, and days that the axis has not, are left out."""
    many = len(chart.days)
    layers = [Layer(series.name, _real(series.amounts[:many])) for series in chart.series]
    numbers = {day: n for n, day in enumerate(chart.days)}
    bands = [
        (numbers[band.day], Band(band.day, *_real((band.mean, band.low, band.high))))
        for band in chart.expected
        if band.day in numbers
    ]
    before = Layer(chart.before_name or "before", _real(chart.before[:many]))
    return Shape(chart.days, tuple(_folded(layers)), before, tuple(bands))


def ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """A few round amounts from `low` to `high`, 0 among them; `low` is never above 0 nor `high` below."""
    span = high - low
    if not span:
        return (_NONE,)
    rough = span / _STEPS
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(nice * power for nice in _NICE if nice * power >= rough)
    first, last = -_floor(-low / step), _floor(high / step)
    return tuple(step * n for n in range(first, last + 1))


def short_money(amount: Decimal, currency: str) -> str:
    """`$1.5k` for an axis, `1.5k` where it is not dollars: three digits that say something."""
    size, power = abs(amount), 0
    while size >= _THOUSAND and power < len(_POWERS) - 1:
        size, power = size / _THOUSAND, power + 1
    said = _digits(size) if not 0 < size < _LEAST else f"{size:.2g}"
    sign, dollar = "-" if amount < 0 else "", "$" if currency == "USD" else ""
    return f"{sign}{dollar}{said}{_POWERS[power]}"


def _digits(size: Decimal) -> str:
    said = f"{size:,.{max(0, 2 - size.adjusted()) if size else 0}f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def short_day(day: date) -> str:
    """`8 Sep`."""
    return f"{day.day} {day:%b}"


def dates(days: Sequence[date]) -> Iterator[tuple[int, str]]:
    """The numbers of a few days, evenly from the first, and what stands below them."""
    step = max(1, -(-len(days) // _DATES))
    return ((n, short_day(days[n])) for n in range(0, len(days), step))


def _floor(number: Decimal) -> int:
    return int(number // 1) - (number % 1 < 0)


def _across(layers: Iterable[Layer]) -> Iterator[tuple[Decimal, ...]]:
    return zip_longest(*(layer.amounts for layer in layers), fillvalue=_NONE)


def _folded(layers: Sequence[Layer]) -> Sequence[Layer]:
    if len(layers) <= LAYERS:
        return layers
    rest = layers[LAYERS - 1 :]
    added = tuple(sum(parts, _NONE) for parts in _across(rest))
    return (*layers[: LAYERS - 1], Layer(f"{len(rest):,} others", added))


def _real(amounts: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """What is no number has no height."""
    return tuple(amount if amount.is_finite() else _NONE for amount in amounts)
