"""Costs as a chart: the costliest as bars of their own, the rest as one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.core.billing.costs import Costs, Forecast
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import ZERO, by_day, by_key
from bot.core.money import money
from bot.core.sections import Band, Chart, Series
from commands.billing.words import key_words

_SHOWN = 5


def chart(  # noqa: PLR0913 - a chart has a window, two lines and their names
    title: str,
    costs: Costs,
    days: Days,
    accounts: Mapping[str, str],
    *,
    axis: Days | None = None,
    before: tuple[Days, str] | None = None,
    forecast: Forecast | None = None,
) -> Chart:
    """The days' costs by their first dimension; `axis` may go on into days to come, `before` are days to compare with.

    `before` has what they are called, and are taken from the same costs, its first day beside the first day.
    """
    every = by_day(costs, days)
    names = list(by_key(costs, days))
    own = [_series(key_words(costs, key, accounts), by_day(costs, days, key)) for key in names[:_SHOWN]]
    shown = [sum(amounts, ZERO) for amounts in zip(*(each.amounts for each in own), strict=True)]
    rest = [whole - part for whole, part in zip(every.values(), shown, strict=True)] if shown else []
    other = [Series(f"{len(names) - _SHOWN} more", tuple(rest))] if len(names) > _SHOWN else []
    before = _beside(before, len(axis or days)) if before else None
    earlier = by_day(costs, before[0]).values() if before else ()
    return Chart(
        title,
        _alt(title, every, costs.currency, before),
        costs.currency,
        tuple(axis or days),
        (*own, *other),
        tuple(earlier),
        before[1] if before else "",
        _bands(forecast),
    )


def _beside(before: tuple[Days, str], room: int) -> tuple[Days, str]:
    """As many of those days as there is room for; that a longer month was cut is said."""
    days, name = before
    if len(days) <= room:
        return before
    return Days(days.start, days.start + room * DAY), f"{name}’s first {room} days"


def _series(name: str, amounts: Mapping[date, Decimal]) -> Series:
    return Series(name, tuple(amounts.values()))


def _bands(forecast: Forecast | None) -> tuple[Band, ...]:
    if forecast is None:
        return ()
    days = forecast.expected
    return tuple(Band(one.day, one.mean, _or(one.low, one.mean), _or(one.high, one.mean)) for one in days)


def _or(bound: Decimal | None, mean: Decimal) -> Decimal:
    return mean if bound is None else bound


def _alt(title: str, amounts: Mapping[date, Decimal], currency: str, before: tuple[Days, str] | None) -> str:
    day, most = max(amounts.items(), key=lambda each: each[1])
    total = money(sum(amounts.values(), ZERO), currency)
    beside = f", with a line for {before[1]}" if before else ""
    return f"{title}: bars by day{beside}; {total} in all, most on {day}: {money(most, currency)}"
