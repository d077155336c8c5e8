"""What the rest of a month costs if its days go on as they were: simple arithmetic, where nobody forecasts."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.billing.costs import Expected
from bot.core.billing.days import DAY, Days, month_of
from bot.core.billing.sums import ZERO

_LAST = 7


def naive(by_day: Mapping[date, Decimal], now: datetime) -> tuple[Expected, ...]:
    """Each day from today (UTC) to the end of its month, at the average of this month's complete days.

    Where this month has none, as on the 1st, at the average of the last 7 days of the month before. The last days
    before today that cost nothing are taken for not known yet: figures come up to a day late. Empty where no
    complete day is known; never with bounds.
    """
    today = now.astimezone(UTC).date()
    month = month_of(today)
    complete = _known(by_day, Days(month.start, today) if today > month.start else ())
    complete = complete or _known(by_day, Days(month.start - _LAST * DAY, month.start))
    if not complete:
        return ()
    mean = sum(complete, ZERO) / len(complete)
    return tuple(Expected(day, mean) for day in Days(today, month.end))


def _known(by_day: Mapping[date, Decimal], days: Iterable[date]) -> list[Decimal]:
    amounts = [by_day.get(day, ZERO) for day in days]
    while amounts and not amounts[-1]:
        amounts.pop()
    return amounts
