"""Money spent for the first time: in a service, a region or an account that cost nothing in the month before.

A region, or an account, that nobody uses is where a stolen key is used, for nobody looks there (reference: billing §5).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, Days
from bot.core.billing.sums import ZERO
from bot.core.billing.use import Account, Of, known_since, used
from bot.core.regions import is_code

KNOWN = 30
"""So many days before must be known: otherwise all would be new."""
FLOOR = Decimal(1)
"""What costs no more than this is not worth a word."""
_NOTHING = Decimal("0.01")
"""Less than this on a day is as good as nothing: what AWS does by itself in every region."""


@dataclass(frozen=True, slots=True)
class First:
    """A service or a region (`name`) that an account pays for since `since`, and what it has cost from then on.

    Of an account, `name` is its own id: it paid for nothing before.
    """

    of: Of
    account: Account
    name: str
    since: date
    amount: Decimal


def firsts(costs: Costs, of: Of, fresh: Days) -> tuple[First, ...]:
    """What cost something in the `fresh` days, and nothing before; the costliest first.

    `costs` are by `of` at least, and reach back 30 days before `fresh`: what is not known so long (an account that is
    newer) has no first but itself, for all of it would be.
    """
    known = known_since(costs)
    bill = min(known.values(), default=fresh.end)
    found = [
        first
        for (account, name), amounts in used(costs, of).items()
        if max(bill if of == "account" else known.get(account, fresh.end), costs.days.start)
        <= fresh.start - KNOWN * DAY
        and (of != "region" or is_code(name))
        and (first := _first(of, account, name, dict(amounts), fresh))
    ]
    return tuple(sorted(found, key=lambda each: (-each.amount, each.account, each.name)))


def _first(of: Of, account: Account, name: str, amounts: dict[date, Decimal], fresh: Days) -> First | None:
    days = sorted(day for day, amount in amounts.items() if amount >= _NOTHING)
    if not days or days[0] not in fresh:
        return None
    amount = sum((each for day, each in amounts.items() if day in fresh), ZERO)
    return First(of, account, name, days[0], amount) if amount > FLOOR else None
