"""The days that a question is about, from what was said."""

from datetime import UTC, date, datetime, time

from bot.command import Reach
from bot.core.billing.days import DAY, Days
from bot.core.span import moment
from bot.errors import BadRequest

REMEMBERED = 396
"""Days that Cost Explorer goes back: thirteen months (docs: Cost Management user guide, Cost Explorer)."""


def today(reach: Reach) -> date:
    """The day it is, of UTC, as bills have it."""
    return reach.ports.now().astimezone(UTC).date()


def window(reach: Reach, since: str, until: str | None) -> Days:
    """From `since` to the end of `until`'s day, today's if left out; `30d` is thirty days, today's the last of them.

    Raises BadRequest for words that make no sense, and for what no bill remembers.
    """
    last = _begun(reach, until) if until else today(reach)
    begin = _first(reach, since)
    if (today(reach) - begin).days > REMEMBERED:
        raise BadRequest(
            "AWS tells what days cost for about thirteen months, no longer.", "Say --since 365d, or less."
        )
    return Days(begin, last + DAY)


def day(reach: Reach, said: str, *, back: int = 0) -> date:
    """One day: today, yesterday, 3d ago, or 2026-09-08; today has begun where people are before it has in UTC.

    Raises BadRequest for one to come, and for one of which, or of so many days `back`, no bill remembers.
    """
    found = _begun(reach, said)
    if (today(reach) - found).days > REMEMBERED - back:
        raise BadRequest(
            f"AWS does not tell any more what {found} and the days before it cost.",
            "Ask about a day of the last twelve months.",
        )
    return found


def words(days: Days, now: date) -> str:
    """`last 30 days`, or both ends."""
    if days.end == now + DAY:
        return f"last {len(days)} days" if len(days) > 1 else "today"
    last = days.end - DAY
    return f"{days.start} to {last}" if len(days) > 1 else str(last)


def _begun(reach: Reach, said: str) -> date:
    """A day that has begun; where people have the next date already, what is called today is still the bill's own."""
    found, here = _local(reach, said).date(), _local(reach, "now").date()
    if found > max(here, today(reach)):
        raise BadRequest(
            f"{found} is still to come.", "Ask about a day that has been: /billing why yesterday."
        )
    return min(found, today(reach))


def _first(reach: Reach, since: str) -> date:
    """The day of a midnight; after any other time (`7d` ago, which knows no zone) the day after, all of UTC."""
    begin = _local(reach, since)
    if begin.timetz().replace(tzinfo=None) == time():
        return _begun(reach, since)
    return begin.astimezone(UTC).date() + DAY


def _local(reach: Reach, said: str) -> datetime:
    """As people in the settings' zone mean it: their `yesterday` is a date, and bills have that date."""
    return moment(said, now=reach.ports.now(), zone=reach.ports.zone).astimezone(reach.ports.zone)
