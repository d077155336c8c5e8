"""Days as bills have them: of UTC, from the first up to, not including, the end.

Cost Explorer's end is exclusive, and start and end may never be the same day: this month on the 1st is [1st, 2nd)
(docs: Cost Management API reference, DateInterval).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.errors import BadRequest

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From `start` (included) to `end` (excluded); raises BadRequest for none at all."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise BadRequest(
                f"The days end ({self.end}) before they begin ({self.start}).",
                "Give a --since that is before today.",
            )

    def __len__(self) -> int:
        return (self.end - self.start).days

    def __iter__(self) -> Iterator[date]:
        return (self.start + n * DAY for n in range(len(self)))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def months(self) -> tuple["Days", ...]:
        """Its pieces, a month each, oldest first."""
        pieces, start = [], self.start
        while start < self.end:
            end = min(month_of(start).end, self.end)
            pieces.append(Days(start, end))
            start = end
        return tuple(pieces)


def midnight(day: date) -> datetime:
    """The moment it begins."""
    return datetime.combine(day, time(), UTC)


def month_of(day: date) -> Days:
    """The whole month that a day is in."""
    first = day.replace(day=1)
    return Days(first, (first + 31 * DAY).replace(day=1))


def month_to_date(today: date) -> Days:
    """This month up to and with today."""
    return Days(today.replace(day=1), today + DAY)


def month_before(day: date) -> Days:
    """The whole month before a day's."""
    return month_of(day.replace(day=1) - DAY)


def same_days_before(days: Days) -> Days:
    """As many days of the month before `days`' own, from its 1st; fewer where that month is shorter.

    `days` begin with the 1st of a month.
    """
    before = month_before(days.start)
    return Days(before.start, min(before.start + len(days) * DAY, before.end))
