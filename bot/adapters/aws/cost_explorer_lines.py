"""Reads what GetCostAndUsage says: each day's groups, their amounts exactly as written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bot.adapters.aws.cost_explorer_asked import odd
from bot.adapters.aws.cost_explorer_words import splits_records, value
from bot.core.billing.costs import Line
from bot.core.money import money, read_amount
from bot.core.view import Caveat

METRIC = "UnblendedCost"
"""What was charged on the day itself: fees paid in advance stand on the day that they were paid."""
_USD = "USD"
_ASKED = "ce:GetCostAndUsage"


@dataclass(slots=True)
class Bill:
    """What the pages hold so far; amounts by their own currency."""

    by: tuple[str, ...]
    lines: dict[str, list[Line]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    estimated_from: date | None = None

    def read(self, page: Mapping[str, Any]) -> None:
        """One page more; raises Upstream for what can't be read."""
        try:
            self._read(page)
        except (LookupError, TypeError, ValueError) as error:
            raise odd(_ASKED) from error

    def in_one_currency(self) -> tuple[str, tuple[Line, ...], tuple[Caveat, ...]]:
        """The currency of most lines, its lines, and what was left out for another's: no two are ever added."""
        return one_currency(self.lines)

    def _read(self, page: Mapping[str, Any]) -> None:
        for each in page.get("DimensionValueAttributes", ()):
            if name := each.get("Attributes", {}).get("description"):
                self.names[each["Value"]] = name
        for period in page["ResultsByTime"]:
            self._read_day(period)

    def _read_day(self, period: Mapping[str, Any]) -> None:
        day = date.fromisoformat(period["TimePeriod"]["Start"][:10])
        if period.get("Estimated"):
            self.estimated_from = min(day, self.estimated_from or day)
        for unit, line in _lines(day, self.by, period.get("Groups", ())):
            self.lines.setdefault(unit, []).append(line)


def one_currency(lines: Mapping[str, Sequence[Line]]) -> tuple[str, tuple[Line, ...], tuple[Caveat, ...]]:
    """The currency that most lines are in (USD where there are none), its lines, and what was left out."""
    most = max(lines, key=lambda unit: (len(lines[unit]), unit), default=_USD)
    others = Counter({unit: len(found) for unit, found in lines.items() if unit != most})
    left = ", ".join(
        money(sum((line.amount for line in lines[unit]), Decimal(0)), unit) for unit in sorted(others)
    )
    told = f"Charges in another currency are left out of these figures, which are in {most}: {left}."
    return most, tuple(lines.get(most, ())), (Caveat("other-currency", told, "blind"),) if left else ()


def _lines(day: date, by: tuple[str, ...], found: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Line]]:
    for group in found:
        keys = group["Keys"]
        said = group["Metrics"][METRIC]
        amount = read_amount(said["Amount"])
        if amount is None:
            raise odd(_ASKED)
        if amount:
            record = keys[len(by)] if splits_records(by) else "Usage"
            meant = tuple(value(word, key) for word, key in zip(by, keys, strict=False))
            yield said["Unit"], Line(day, meant, amount, record)
