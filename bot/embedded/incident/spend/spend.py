"""All that Acme spends, as AWS's billing knows it: refreshed every six hours, a month at a time.

Real figures come up to a day late; these are as late as the last refresh, and one of them falls on the
incident's `now`, so that the machines in Tokyo are on the bill when the story is told.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.embedded.incident.spend import ordinary, unusual
from bot.embedded.incident.spend.charge import Charge, monthly
from bot.embedded.incident.story import Incident

REFRESH = timedelta(hours=6)
_MONTHS = 14
_DAY = timedelta(days=1)


class Spend:
    """Every charge of every day since `first_day`; the same for an incident on every machine."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        months = incident.now.year * 12 + incident.now.month - 1 - _MONTHS
        self.first_day = date(months // 12, months % 12 + 1, 1)
        self._whole: dict[date, tuple[Charge, ...]] = {}

    def refreshed(self, at: datetime) -> datetime:
        """When billing was last brought up to date, as seen `at` a time."""
        return self.incident.now + (at - self.incident.now) // REFRESH * REFRESH

    def charges(self, start: date, end: date, at: datetime) -> Iterator[Charge]:
        """What the days from `start` up to, not including, `end` cost by `at`, in order; days to come cost nothing."""
        day = max(start, self.first_day)
        while day < end and _begins(day) <= at:
            yield from self.of_day(day, at)
            day += _DAY

    def of_day(self, day: date, at: datetime) -> tuple[Charge, ...]:
        """What one day cost by `at`: usage comes evenly, what is charged once comes first."""
        if day < self.first_day or at < _begins(day):
            return ()
        if at < _begins(day) + _DAY:
            return tuple(self._known(day, at))
        if day not in self._whole:
            self._whole[day] = tuple(self._known(day, _begins(day) + _DAY))
        return self._whole[day]

    def month_to_date(self, at: datetime, account_id: str = "") -> Decimal:
        """The sum of `at`'s month up to then, of one account or of both."""
        known = self.charges(monthly(at.date()), at.date() + _DAY, at)
        return sum((each.unblended for each in known if account_id in ("", each.account_id)), Decimal(0))

    def _known(self, day: date, at: datetime) -> Iterator[Charge]:
        share = Decimal((at - _begins(day)) // timedelta(seconds=1)) / 86_400
        yield from ordinary.charges(self.incident, day, self.incident.now.date(), share)
        yield from unusual.stolen(self.incident, day, at)
        yield from unusual.logs(self.incident, day)


@lru_cache(maxsize=4)
def spend_of(incident: Incident) -> Spend:
    """The spend of an incident; kept, because its days are many."""
    return Spend(incident)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
