"""Whether a day's figures are there: a day of which there are none yet is not one that cost nothing."""

from datetime import UTC, date, datetime, timedelta

from bot.core.billing.costs import CREDITS, Costs
from bot.core.billing.days import DAY
from bot.core.billing.jump import before

MOSTLY = timedelta(hours=10)
"""So long after a day's end (UTC) Cost Explorer has most of it."""


def arrived(costs: Costs, day: date, today: date) -> bool:
    """Whether there are figures of a day; False for one that `costs` do not reach.

    A late one (today or yesterday) without any charge, where the four weeks before have some, has none yet. Of
    CloudWatch's estimates, so has any: where one is missing, what the day cost is in the next one's.
    """
    if day not in costs.days:
        return False
    charged = {line.day for line in costs.lines if line.record not in CREDITS}
    surely = costs.source == "cost-explorer" and not is_late(day, today)
    return surely or day in charged or charged.isdisjoint(before(day))


def is_late(day: date, today: date) -> bool:
    """Whether more of its figures may come: they are up to 24 hours late (docs: Cost Management user guide, Cost Explorer)."""
    return day >= today - DAY


def mostly_known_before(now: datetime) -> date:
    """The first day of UTC of which most is still to come: those before it can be told of."""
    return (now.astimezone(UTC) - MOSTLY).date()
