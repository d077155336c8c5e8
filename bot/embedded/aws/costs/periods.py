"""The days of a question, checked as Cost Explorer checks them.

https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_DateInterval.html
"""

import re
from collections.abc import Mapping
from datetime import date

from bot.core.billing.days import DAY, Days, month_of
from bot.embedded.aws.costs.asking import invalid
from bot.embedded.aws.costs.billing import Json

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = 14


def interval(asked: Mapping[str, Json]) -> Days:
    """The TimePeriod; its end is excluded, and the same day twice is no period."""
    period = asked.get("TimePeriod") or {}
    start, end = _day(period.get("Start")), _day(period.get("End"))
    if start >= end:
        raise invalid("Start date (and hour) should be before end date (and hour)")
    return Days(start, end)


def history(asked: Mapping[str, Json], today: date) -> Days:
    """A TimePeriod of the past: 14 months back at most, and no further than this month's end."""
    days = interval(asked)
    if days.end > month_of(today).end:
        raise invalid("end date past the beginning of next month")
    if (today.year - days.start.year) * 12 + today.month - days.start.month > _MONTHS:
        raise invalid("You haven't enabled historical data beyond 14 months")
    return days


def pieces(days: Days, granularity: object) -> tuple[Days, ...]:
    """The periods of an answer; the first and the last month may be parts."""
    if granularity == "MONTHLY":
        return days.months()
    if granularity == "DAILY":
        return tuple(Days(day, day + DAY) for day in days)
    if granularity == "HOURLY":
        raise invalid("You haven't enabled hourly granularity")
    raise invalid(f"Value '{granularity}' at 'granularity' failed to satisfy constraint")


def as_json(days: Days) -> dict[str, str]:
    """As AWS writes it."""
    return {"Start": f"{days.start}", "End": f"{days.end}"}


def _day(text: object) -> date:
    if not _DATE.fullmatch(str(text)):
        raise invalid("Date must be in yyyy-MM-dd format")
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise invalid(f"Invalid date {text}") from error
