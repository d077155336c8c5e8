"""The pace of a month: what it comes to if its days go on as they did, against the month before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.billing.costs import CREDITS, Costs, Line
from bot.core.billing.days import DAY, Days, month_before, month_of, month_to_date
from bot.core.billing.sums import ZERO
from bot.core.billing.use import Account, account_of, is_use, known_since

_FROM = 3
"""The day of the month from which its days tell something."""
_WHOLE = 2 * DAY
"""A month before whose first charge came later than so long after its 1st was no whole one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """An account's month: what it cost so far, what it comes to at this pace, and what last month cost in all.

    `already`: what it cost so far is over the limit by itself.
    """

    account: Account
    month: date
    so_far: Decimal
    projected: Decimal
    last: Decimal
    already: bool = False

    @property
    def times(self) -> Decimal:
        """How many times last month's."""
        return self.projected / self.last


def paces(costs: Costs, today: date, times: Decimal, least: Decimal = ZERO) -> tuple[Pace, ...]:
    """The accounts that are on their way to `times` last month's charges, and at least `least` more; the worst first.

    `costs` hold last month and this one up to today. What was given back is left out of both. An account with
    nothing, or not all, of last month known has no pace; before the 3rd of a month only one that is over already.
    """
    month, last = month_to_date(today), month_before(today)
    by_account: dict[Account, list[Line]] = {}
    for line in costs.lines:
        if line.record not in CREDITS:
            by_account.setdefault(account_of(costs, line), []).append(line)
    known = known_since(costs)
    found = []
    for account, lines in by_account.items():
        before = _sum(lines, last)
        if before <= 0 or known[account] > last.start + _WHOLE or costs.days.start > last.start:
            continue
        limit, so_far = max(times * before, before + least), _sum(lines, month)
        pace = Pace(
            account, month.start, so_far, so_far + _rest(costs, lines, today), before, already=so_far >= limit
        )
        if pace.already or (today.day >= _FROM and pace.projected >= limit):
            found.append(pace)
    return tuple(sorted(found, key=lambda each: (each.last - each.projected, each.account)))


def _rest(costs: Costs, lines: Iterable[Line], today: date) -> Decimal:
    """What is still to come this month, at the average of its complete days; what today has had already is taken off.

    Fees come once a month and are no pace. Where they can't be told from use, the 1st is left out: they are due then.
    """
    first = today.replace(day=1)
    begin = first if costs.splits_credits or today - first <= DAY else first + DAY
    if begin >= today:
        return ZERO
    complete, used = Days(begin, today), [line for line in lines if is_use(line)]
    average = _sum(used, complete) / len(complete)
    left = (month_of(today).end - today).days
    return max(ZERO, average * left - _sum(used, Days(today, today + DAY)))


def _sum(lines: Iterable[Line], days: Days) -> Decimal:
    return sum((line.amount for line in lines if line.day in days), ZERO)
