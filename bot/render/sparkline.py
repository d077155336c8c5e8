"""A chart in characters: where there can be no picture, or none yet, or none that only one person sees.

Up to three rows of bars, all on one scale: what each day cost, what is expected, and what it is compared with. They
begin their lines, so each bar stands below its day.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.core.money import money
from bot.core.sections import Chart
from bot.core.text import Code, Line, Small, Strong
from bot.render.bars import BELOW, bars, each_bar, starts, sums
from bot.render.chart_shape import Shape, shape, short_day

_NOTHING = Decimal(0)


def chart_lines(chart: Chart) -> tuple[Line, ...]:
    """The title, the bars and their peak, what is expected, what came before, and between which days they lie."""
    drawn = shape(chart)
    title: tuple[Line, ...] = ((Strong(chart.title),),) if chart.title else ()
    if not drawn.days:
        return (*title, ("There are no days to show.",))
    return (*title, *_rows(drawn, chart.currency))


def _rows(drawn: Shape, currency: str) -> Iterator[Line]:
    begins = starts(len(drawn.days))
    spent, expected, before = (
        sums(row, [begin for begin in begins if begin < len(row)], _NOTHING)
        for row in (drawn.totals, _expected(drawn), drawn.before.amounts)
    )
    highest = max((*spent, *expected, *before), default=_NOTHING)
    if spent:
        yield (Code(bars(spent, highest)), _spent(drawn, spent, begins, currency))
    if expected:
        about = money(sum(expected, _NOTHING), currency)
        since = short_day(drawn.expected[0][1].day)
        yield (Code(bars(expected, highest)), f" about {about} expected from {since} on")
    if before:
        yield (Code(bars(before, highest)), f" {money(sum(before, _NOTHING), currency)} ", drawn.before.name)
    below = f" · {BELOW} is below zero" if any(amount < 0 for amount in (*spent, *expected, *before)) else ""
    between = f"{short_day(drawn.days[0])} – {short_day(drawn.days[-1])}"
    yield (Small(f"{between} · {each_bar(len(drawn.days), 'day')}{below}"),)


def _expected(drawn: Shape) -> Sequence[Decimal]:
    """What each day is expected to cost, up to the last that anything is expected of."""
    means = {n: band.mean for n, band in drawn.expected}
    return [means.get(n, _NOTHING) for n in range(max(means, default=-1) + 1)]


def _spent(drawn: Shape, spent: Sequence[Decimal], begins: Sequence[int], currency: str) -> str:
    peak, total = max(spent), money(sum(spent, _NOTHING), currency)
    # Of today there are both: what it has cost so far, and what is expected of it.
    today = any(n == len(drawn.totals) - 1 for n, _ in drawn.expected)
    said = f"{' ◂ today · ' if today else ' '}{total}{' so far' if drawn.expected else ''}"
    if peak <= 0:
        return said if any(spent) else f"{said}, nothing on any day"
    on = "on" if len(begins) == len(drawn.days) else "from"
    return f"{said}, peak {money(peak, currency)} {on} {short_day(drawn.days[begins[spent.index(peak)]])}"
