"""Bills that give what they are given, count what they are asked, and refuse what they are told to."""

from bot.core.billing.days import Days
from tests.core.billing.bill import bill


class GivenBills:
    """`lines` by the dimensions asked for (`("service",)`); `refuse` raises for them; `service` narrows nothing.

    `days` are those that were asked about furthest back.
    """

    def __init__(self, **lines):
        self.lines = {tuple(name.split("__")): each for name, each in lines.items()}
        self.refuse, self.asked, self.days = {}, [], None

    def costs(self, days: Days, by, progress, *, free=False, service=""):
        self.asked.append((*by, service) if service else by)
        self.days = min(self.days or days, days)
        if by in self.refuse:
            raise self.refuse[by]
        named = tuple(part.replace("-", "_") for part in by)
        lines = [line for line in self.lines.get(named, ()) if line.day in days]
        return bill(days, *lines, by=by)
