"""A day against what such days cost: what rose, and by how much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from bot.core.billing.costs import CREDITS, Costs, Line
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import ZERO

LOOKED_BACK = 28
"""Days before the one in question that tell what is usual: four weeks."""
_SATURDAY = 5
_LEAST, _TENTH = Decimal(1), Decimal("0.1")
# What is due on one day for many: a fee is no sign of use (reference of charge types: docs, Cost Management user guide).
FEES = frozenset({"Fee", "RIFee", "Tax", "Support", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee"})


@dataclass(frozen=True, slots=True)
class Rise:
    """What something cost on a day, and what it costs on such days (the median); `keys` are of `Costs.by`.

    `first`: it cost nothing in any of the days before.
    """

    keys: tuple[str, ...]
    amount: Decimal
    usual: Decimal
    first: bool = False

    @property
    def more(self) -> Decimal:
        """By how much it rose; negative where it fell."""
        return self.amount - self.usual


def rose(rise: Rise) -> bool:
    """By more than a dollar, and by more than a tenth of what is usual."""
    return rise.more > max(_LEAST, rise.usual * _TENTH)


def before(day: date) -> Days:
    """The days that tell what is usual on a day."""
    return Days(day - LOOKED_BACK * DAY, day)


def alike(day: date, days: Days) -> tuple[date, ...]:
    """Those of the days that are of its kind, workday or weekend."""
    return tuple(each for each in days if (each.weekday() < _SATURDAY) == (day.weekday() < _SATURDAY))


def rises(costs: Costs, day: date, *, fees: bool = True) -> tuple[Rise, ...]:
    """Every key of the day or of the days before it, what rose most first; fees count where `fees` says so."""
    without = CREDITS if fees else CREDITS | FEES
    amounts: dict[tuple[str, ...], dict[date, Decimal]] = {}
    for line in _near(costs, day):
        if line.record not in without:
            _add(amounts.setdefault(line.keys, {}), line)
    past = _past(costs, day)
    found = (_rise(keys, by_day, day, past) for keys, by_day in amounts.items())
    return tuple(sorted(found, key=lambda each: (-each.more, each.keys)))


def whole(costs: Costs, day: date) -> Rise:
    """The day as a whole, by a median of its own: it is not the sum of its parts' medians."""
    by_day: dict[date, Decimal] = {}
    for line in _near(costs, day):
        if line.record not in CREDITS:
            _add(by_day, line)
    return _rise((), by_day, day, _past(costs, day))


def _near(costs: Costs, day: date) -> Iterator[Line]:
    days = Days(before(day).start, day + DAY)
    return (line for line in costs.lines if line.day in days)


def _past(costs: Costs, day: date) -> tuple[date, ...]:
    """Such days as the costs have: what lies before them was not asked for, and cost something or nothing."""
    begin = max(before(day).start, costs.days.start)
    return alike(day, Days(begin, day)) if begin < day else ()


def _add(by_day: dict[date, Decimal], line: Line) -> None:
    by_day[line.day] = by_day.get(line.day, ZERO) + line.amount


def _rise(keys: tuple[str, ...], by_day: Mapping[date, Decimal], day: date, past: tuple[date, ...]) -> Rise:
    usual = median(by_day.get(each, ZERO) for each in past) if past else ZERO
    first = not any(amount for each, amount in by_day.items() if each != day)
    return Rise(keys, by_day.get(day, ZERO), usual, first)
