"""What each day cost, from a count that runs up through the month and begins anew on the 1st (UTC).

That is how AWS/Billing EstimatedCharges counts, several times a day (docs: CloudWatch user guide, Monitor
estimated charges). A point now and then is missing: what was charged meanwhile is seen on the next day that has one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

from bot.core.billing.days import DAY, Days, month_of

_NOON = 12
_GROWS = Decimal("1.1")
"""A month's last count grows by no more than this in the hours after its end."""
Point = tuple[datetime, Decimal]
"""When (aware), and what the month had cost by then."""


def day_by_day(points: Iterable[Point]) -> dict[date, Decimal]:
    """What was charged on each day that has a point, oldest first; negative where charges were taken back.

    The first point of a month holds everything since its 1st. The sum over a month is its last count.
    """
    costs: dict[date, Decimal] = {}
    before: tuple[date, Decimal] | None = None
    for day, count in _last_counts(sorted(points)).items():
        goes_on = before is not None and before[0] in month_of(day)
        costs[day] = count - before[1] if before and goes_on else count
        before = day, count
    return costs


@dataclass(frozen=True, slots=True)
class Unseen:
    """Days without a point: those whose cost is within the next one's, and those whose cost nobody saw."""

    carried: tuple[date, ...]
    lost: tuple[date, ...]


def unseen(days: Days, seen: Iterable[date], until: date) -> Unseen:
    """The days before `until` that were not `seen`, which may reach further than `days`."""
    have = set(seen)
    missing = [day for day in days if day < until and day not in have]
    carried = [day for day in missing if any(later in have for later in Days(day, month_of(day).end))]
    return Unseen(tuple(carried), tuple(day for day in missing if day not in set(carried)))


def _last_counts(points: Sequence[Point]) -> dict[date, Decimal]:
    """A day's last count is what it ends with: also where charges were taken back, which its maximum would hide."""
    found: dict[date, Decimal] = {}
    for number, (at, count) in enumerate(points):
        day = _day(at)
        if day.day == 1 and _is_old(points, number, found.get(day - DAY)):
            day -= DAY
        found[day] = count
    return dict(sorted(found.items()))


def _is_old(points: Sequence[Point], number: int, ended_with: Decimal | None) -> bool:
    """Whether a count of the 1st is still the old month's: it does not fall until later (seen for hours after midnight).

    Until it is seen to fall, a morning's count that goes on where the month ended is: else a month would seem to have
    cost all of the one before in its first hours.
    """
    at, count = points[number]
    if ended_with is not None and count < ended_with:
        return False
    if ended_with and at.astimezone(UTC).hour < _NOON and count <= ended_with * _GROWS:
        return True
    return any(later < earlier / 2 for earlier, later in _from_the_1st(points[number:]))


def _from_the_1st(points: Sequence[Point]) -> Iterator[tuple[Decimal, Decimal]]:
    first = _day(points[0][0])
    for (at, earlier), (then, later) in pairwise(points):
        if _day(at) > first or _day(then) > first + DAY:
            return
        yield earlier, later


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
