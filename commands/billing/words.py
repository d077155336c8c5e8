"""Amounts, changes and the bill's own names, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot.core.billing.costs import Costs
from bot.core.billing.sums import Mover
from bot.core.money import money
from bot.core.text import Line, Small

NAMES = {"cost-explorer": "Cost Explorer", "cloudwatch": "CloudWatch’s estimates"}
"""What people call a source."""
_NOWHERE = {"": "nowhere in particular", "NoRegion": "no region", "global": "everywhere (global)"}
_MANY, _HUNDRED, _MOVED = 1000, 100, 3
_HALF_A_CENT = Decimal("0.005")


def key_words(costs: Costs, key: str, accounts: Mapping[str, str], by: str = "") -> str:
    """`prod` for an account's id, `untagged` for no tag, AWS's own name for the rest."""
    dimension = by or costs.by[0]
    if dimension.startswith("tag:"):
        return key or "untagged"
    if dimension == "account":
        return accounts.get(key) or costs.names.get(key) or key or "unknown account"
    return _NOWHERE.get(key, key) if dimension == "region" else key or "unnamed"


def key_line(costs: Costs, key: str, accounts: Mapping[str, str], by: str = "") -> Line:
    """The same, an account's id small beside its name."""
    words = key_words(costs, key, accounts, by)
    return (words, Small(f" {key}")) if (by or costs.by[0]) == "account" and words != key else (words,)


def signed(amount: Decimal, currency: str) -> str:
    """`+$38.10`, `−$3.20`; `no change` for less than half a cent."""
    if abs(amount) < _HALF_A_CENT:
        return "no change"
    return f"{'+' if amount > 0 else '−'}{money(abs(amount), currency)}"


def against(now: Decimal, before: Decimal, currency: str) -> str:
    """`$38.10 more than`, `$3.20 less than`, `as much as`."""
    more = now - before
    if not more:
        return "as much as"
    return f"{money(abs(more), currency)} {'more' if more > 0 else 'less'} than"


def moved(found: Iterable[Mover], costs: Costs, accounts: Mapping[str, str]) -> str:
    """What changed most, by a dollar at least: `EC2 +$38.10 · S3 −$3.20`."""
    most = sorted(found, key=lambda each: -abs(each.change))[:_MOVED]
    return " · ".join(
        f"{key_words(costs, one.key, accounts)} {signed(one.change, costs.currency)}"
        for one in most
        if abs(one.change) >= 1
    )


def back_words(back: Mapping[str, Decimal], currency: str) -> str:
    """What was given back: `credits −$20.00, refunds −$3.20`."""
    return ", ".join(f"{kind.lower()}s {signed(amount, currency)}" for kind, amount in back.items())


def change(mover: Mover, currency: str) -> str:
    """`+$38.10 (10 %)`, `new` for what cost nothing before, `+$960.00 (12 ×)`."""
    if abs(mover.change) < _HALF_A_CENT:
        return "–"
    if mover.change_pct is None:
        is_new = mover.amount > 0 and abs(mover.previous) < _HALF_A_CENT
        return "new" if is_new else signed(mover.change, currency)
    return f"{signed(mover.change, currency)} ({percent(mover)})"


def percent(mover: Mover) -> str:
    """`10 %`, or `12 ×` where percents are many; `–` for what has none."""
    if mover.change_pct is None:
        return "–"
    if mover.change_pct >= _MANY:
        return f"{mover.amount / mover.previous:,.0f} ×"
    return f"{abs(mover.change_pct):.0f} %" if abs(mover.change_pct) >= 1 else "under 1 %"


def month(day: date) -> str:
    """`November`."""
    return f"{day:%B}"


def day_words(day: date, today: date) -> str:
    """`today`, `yesterday`, or `Wed 25 Nov`; the year where it is another."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def share(part: Decimal, whole: Decimal) -> str:
    """`34 %` of a whole; `` where there is none."""
    return f"{part / whole * _HUNDRED:.0f} %" if whole > 0 else ""
