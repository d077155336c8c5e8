"""A spike: a service's day that costs far more than such a day does.

Against the median of the last 14 days of its kind (workdays or weekend), for a mean would be moved by the spike before.
Fees and taxes of the 1st are no use, and never a spike (reference: billing §5).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days
from bot.core.billing.jump import alike
from bot.core.billing.sums import ZERO
from bot.core.billing.use import Account, Amounts, fee_days, known_since, used

_LIKE, _ENOUGH = 14, 4
"""So many days of its kind tell what is usual, if there are so many at least."""
LOOKED_BACK = 49
"""Days that hold 14 of a weekend."""
_LONGEST = 28
"""So many days after a service began to cost more, its weekends do so as a rule, too."""


@dataclass(frozen=True, slots=True)
class Rule:
    """More than `times` what is usual, and more than it by `least` (in the bill's own currency), is a spike."""

    times: Decimal
    least: Decimal

    def limit(self, usual: Decimal) -> Decimal:
        """What a day may cost."""
        return max(self.times * usual, usual + self.least)


@dataclass(frozen=True, slots=True)
class Spike:
    """One service's day, of one account (`""` where that is not told apart), and what is usual for it.

    `since` is the first such day of an unbroken run, `more` what all of them cost beyond what is usual. What a day
    costs can be usual for a workday already, and not for a weekend: it breaks no run.
    `first`: it never cost anything before the run.
    """

    account: Account
    service: str
    day: date
    amount: Decimal
    usual: Decimal
    since: date
    more: Decimal
    first: bool = False


def spikes(costs: Costs, day: date, rule: Rule) -> tuple[Spike, ...]:
    """Every spike of a day, the costliest first; `costs` are by service at least.

    Today may be asked about too: what it costs so far may be over already. An account that is known for fewer than
    four such days has no spike, for nobody can say what is usual.
    """
    known = known_since(costs)
    found = [
        spike
        for (account, service), amounts in used(costs, "service").items()
        if (
            spike := _spike(
                _Past(amounts, known.get(account, day), costs.days.start), account, service, day, rule
            )
        )
    ]
    return tuple(sorted(found, key=lambda each: (each.usual - each.amount, each.account, each.service)))


def by_account(whole: Costs, parts: Costs, day: date, rule: Rule) -> tuple[Spike, ...]:
    """The spikes of each account's services; a service that was charged a fee that day is judged as a whole.

    `whole` are by service and know their record types, `parts` are by service and account and may not: a fee would
    be taken for use there.
    """
    fees = {service for service, charged in fee_days(whole) if charged == day}
    apart = (each for each in spikes(parts, day, rule) if each.service not in fees)
    return (*apart, *(each for each in spikes(whole, day, rule) if each.service in fees))


@dataclass(frozen=True, slots=True)
class _Past:
    """What one service used a day, and from when on that is known."""

    amounts: Amounts
    known: date
    start: date

    def on(self, day: date) -> Decimal:
        return self.amounts.get(day, ZERO)

    def usual(self, day: date) -> Decimal | None:
        """None where too few days are known."""
        begin = max(self.known, self.start)
        before = alike(day, Days(begin, day))[-_LIKE:] if begin < day else ()
        return median(map(self.on, before)) if len(before) >= _ENOUGH else None

    def more(self, day: date, rule: Rule) -> Decimal | None:
        """By how much the day is over what is usual; None where it is no spike."""
        usual = self.usual(day)
        return self.on(day) - usual if usual is not None and self.on(day) > rule.limit(usual) else None

    def run(self, day: date, limit: Decimal, rule: Rule) -> dict[date, Decimal]:
        """By how much each spike is over what is usual, from a `day` over its `limit` back to where its like ends."""
        found: dict[date, Decimal] = {}
        for each in reversed(list(Days(day - _LONGEST * DAY, day + DAY))):
            more = self.more(each, rule)
            if more is None and self.on(each) <= limit:
                break
            if more is not None:
                found[each] = more
        return found


def _spike(past: _Past, account: Account, service: str, day: date, rule: Rule) -> Spike | None:
    more = past.more(day, rule)
    if more is None:
        return None
    amount = past.on(day)
    usual = amount - more
    run = past.run(day, rule.limit(usual), rule)
    since = min(run)
    first = not any(amount > 0 for each, amount in past.amounts.items() if each < since)
    return Spike(account, service, day, amount, usual, since, sum(run.values(), ZERO), first)
