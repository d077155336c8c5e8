"""What was used, out of what was charged: by account and by service or region, without fees, taxes and what was given back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.core.billing.costs import CREDITS, Costs, Line
from bot.core.billing.jump import FEES
from bot.core.billing.sums import ZERO

Of = Literal["service", "region", "account"]
Amounts = Mapping[date, Decimal]
Account = str
"""An account's id; "" where the costs are not by account."""
# Where costs are by two dimensions, AWS gives no record types: these are known by their service's name.
_FEE_SERVICES = ("Tax", "AWS Support", "AWS Premium Support", "Savings Plans for ")


def used(costs: Costs, of: Of) -> dict[tuple[Account, str], Amounts]:
    """What each service or region used a day, of each account where the costs are by it; they are by `of` at least."""
    named = costs.by.index(of)
    found: dict[tuple[Account, str], dict[date, Decimal]] = {}
    for line in costs.lines:
        name = line.keys[named]
        if is_use(line) and not (of == "service" and name.startswith(_FEE_SERVICES)):
            days = found.setdefault((account_of(costs, line), name), {})
            days[line.day] = days.get(line.day, ZERO) + line.amount
    return dict(found)


def known_since(costs: Costs) -> dict[Account, date]:
    """The first day that each account has any charge on: before it nobody can say what is usual."""
    found: dict[Account, date] = {}
    for line in costs.lines:
        if line.amount:
            account = account_of(costs, line)
            found[account] = min(found.get(account, line.day), line.day)
    return found


def fee_days(costs: Costs) -> frozenset[tuple[str, date]]:
    """The services (with the day) that were charged a fee; `costs` are by service, and have record types."""
    named = costs.by.index("service")
    return frozenset(
        (line.keys[named], line.day) for line in costs.lines if line.record in FEES and line.amount > 0
    )


def is_use(line: Line) -> bool:
    """Whether it is neither a fee, nor a tax, nor given back."""
    return line.record not in FEES and line.record not in CREDITS


def owned(costs: Costs, account: Account) -> Costs:
    """The same costs, of the one account there is."""
    lines = tuple(replace(line, keys=(*line.keys, account)) for line in costs.lines)
    return replace(costs, by=(*costs.by, "account"), lines=lines)


def account_of(costs: Costs, line: Line) -> Account:
    """The account that a line is charged to."""
    return line.keys[costs.by.index("account")] if "account" in costs.by else ""
