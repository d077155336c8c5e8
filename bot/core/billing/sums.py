"""Sums of what days cost. Charges are what was used; credits and refunds stand apart, so that they hide nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from bot.core.billing.costs import CREDITS, Costs, Line
from bot.core.billing.days import Days

_CENT = Decimal("0.01")
_WHOLE = 100
ZERO = Decimal(0)
Key = TypeVar("Key")


def charged(costs: Costs, days: Days) -> Decimal:
    """What was charged in those days, without what was given back."""
    return sum((line.amount for line in _charges(costs, days)), ZERO)


def given_back(costs: Costs, days: Days) -> dict[str, Decimal]:
    """Credits and refunds of those days, by record type; negative amounts, as AWS has them."""
    return _summed(
        (line.record, line.amount) for line in costs.lines if line.record in CREDITS and line.day in days
    )


def by_key(costs: Costs, days: Days, position: int = 0) -> dict[str, Decimal]:
    """What was charged for each value of one dimension of `costs.by`, the costliest first."""
    found = _summed((line.keys[position], line.amount) for line in _charges(costs, days))
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def by_day(costs: Costs, days: Days, key: str | None = None) -> dict[date, Decimal]:
    """What each of those days was charged, none left out; of one key alone where it is given."""
    lines = _charges(costs, days)
    found = _summed((line.day, line.amount) for line in lines if key is None or line.keys[0] == key)
    return {day: found.get(day, ZERO) for day in days}


def charged_before(costs: Costs, today: date) -> Decimal:
    """What the month's days before today were charged: today itself is in what is expected."""
    return charged(costs, Days(today.replace(day=1), today)) if today.day > 1 else ZERO


@dataclass(frozen=True, slots=True)
class Mover:
    """What something costs now, and what it cost before."""

    key: str
    amount: Decimal
    previous: Decimal

    @property
    def change(self) -> Decimal:
        """How much more; negative for less."""
        return self.amount - self.previous

    @property
    def change_pct(self) -> Decimal | None:
        """How much more in percent; None where there was nothing before, or as good as nothing (under half a cent)."""
        return self.change / self.previous * _WHOLE if self.previous >= _CENT / 2 else None


def movers(now: Mapping[str, Decimal], before: Mapping[str, Decimal]) -> tuple[Mover, ...]:
    """Every key of either, the costliest now first."""
    found = (Mover(key, now.get(key, ZERO), before.get(key, ZERO)) for key in {**now, **before})
    return tuple(sorted(found, key=lambda each: (-each.amount, -each.previous, each.key)))


def cents(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Each amount in whole cents, so that they add up to the rounded sum: what is left goes to the largest remainders.

    Rounded one by one, a table's parts may miss its total by some cents.
    """
    whole = [amount.quantize(_CENT, ROUND_HALF_EVEN) for amount in amounts]
    missing = sum(amounts, ZERO).quantize(_CENT, ROUND_HALF_EVEN) - sum(whole, ZERO)
    step = _CENT if missing > 0 else -_CENT
    by_remainder = sorted(
        range(len(amounts)), key=lambda n: (whole[n] - amounts[n]) * (1 if step > 0 else -1)
    )
    for n in by_remainder[: int(abs(missing) / _CENT)]:
        whole[n] += step
    return tuple(whole)


def _charges(costs: Costs, days: Days) -> Iterator[Line]:
    return (line for line in costs.lines if line.record not in CREDITS and line.day in days)


def _summed(parts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    for key, amount in parts:
        found[key] = found.get(key, ZERO) + amount
    return found
