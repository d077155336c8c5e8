"""The lines of a bill from what its series ran up to, and what they do not tell."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.adapters.aws.estimated_charges_series import Series, Wanted
from bot.core.billing.costs import Line
from bot.core.billing.cumulative import Point, day_by_day, unseen
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import ZERO
from bot.core.view import Caveat

_CENT = Decimal("0.01")
CREDITS = Caveat(
    "credits-not-split",
    "credits and refunds apart: CloudWatch's estimates do not tell them from what was used",
)
Points = Mapping[Series, Sequence[Point]]


def lines(points: Points, asked: Wanted, by: tuple[str, ...], own: str, *, whole: bool) -> list[Line]:
    """Each day of each part; and of the `whole` bill, what is in none of them."""
    parts = [(part.keys(by, own), day_by_day(points.get(part, ()))) for part in asked.parts]
    if whole:
        rest = _rest(day_by_day(points.get(asked.total, ())), [costs for _, costs in parts])
        parts.append((tuple(f"Not by {word}" for word in by), rest))
    return [Line(day, keys, cost) for keys, costs in parts for day, cost in costs.items() if cost]


def caveats(points: Points, asked: Wanted, days: Days, today: date) -> tuple[Caveat, ...]:
    """What these days' figures leave open."""
    seen = day_by_day(points.get(asked.total, ())) or {
        day: ZERO for each in points.values() for day in day_by_day(each)
    }
    missing = unseen(days, seen, today)
    told = [*asked.caveats, CREDITS]
    if missing.carried:
        words = f"CloudWatch has no estimate of {listed(missing.carried)}: what that cost is within the next day's."
        told.append(Caveat("days-carried", words))
    if missing.lost:
        words = f"CloudWatch has no estimate of {listed(missing.lost)}: what that cost is in no figure here."
        told.append(Caveat("days-missing", words, "blind"))
    elif not any(day in days for day in seen):
        words = f"CloudWatch has no estimate of {listed(tuple(days))} yet: that is not to say that it cost nothing."
        told.append(Caveat("days-missing", words, "blind"))
    return tuple(told)


def listed(days: Sequence[date]) -> str:
    """`2026-09-03 to 2026-09-05, 2026-09-09`: runs of days, which are sorted."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day == runs[-1][-1] + DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _rest(total: Mapping[date, Decimal], parts: Sequence[Mapping[date, Decimal]]) -> dict[date, Decimal]:
    """What a day's total has and its parts have not, in months where that is more than what was rounded off.

    A service that stopped more than two weeks ago is in no list of CloudWatch's, and in the total all the same.
    """
    rest = {day: cost - sum((part.get(day, ZERO) for part in parts), ZERO) for day, cost in total.items()}
    rounded = _CENT * (len(parts) + 1)
    off = {day.replace(day=1) for day in rest if abs(_so_far(rest, day)) > rounded}
    return {day: cost for day, cost in rest.items() if day.replace(day=1) in off}


def _so_far(costs: Mapping[date, Decimal], until: date) -> Decimal:
    return sum((cost for day, cost in costs.items() if until.replace(day=1) <= day <= until), ZERO)
