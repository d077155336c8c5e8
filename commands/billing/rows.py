"""The contract's rows of what things cost."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.billing.costs import Costs
from bot.core.billing.sums import Mover, cents
from bot.core.money import money
from bot.core.sections import Column, Table
from bot.core.text import Line
from commands.billing.words import change, key_line, key_words

SHOWN = 12


def column(by: str) -> str:
    """What a row's key is called: `service`, `account_id`, `region`, `tag`."""
    return {"account": "account_id", "usage-type": "usage_type"}.get(
        by, "tag" if by.startswith("tag:") else by
    )


def columns(by: str) -> tuple[str, ...]:
    """A row's keys, in order."""
    named = ("account",) if by == "account" else ()
    return (column(by), *named, "amount", "previous", "change_pct")


def rows(
    found: Iterable[Mover], costs: Costs, accounts: Mapping[str, str], by: str = ""
) -> tuple[Mapping[str, Any], ...]:
    """A row for each; what is not tagged, or in no region, is None."""
    dimension = by or costs.by[0]
    return tuple(_row(each, costs, accounts, dimension) for each in found)


def table(
    found: Iterable[Mover],
    costs: Costs,
    accounts: Mapping[str, str],
    heads: tuple[str, str, str],
    by: str = "",
) -> Table:
    """The costliest as a table; `heads` name the key, the amount now and the one before."""
    every = list(found)
    shown = every[:SHOWN]
    now = cents([each.amount for each in shown])
    made: list[tuple[Line, ...]] = [
        (
            key_line(costs, each.key, accounts, by),
            (money(amount, costs.currency),),
            (money(each.previous, costs.currency) if each.previous else "–",),
            (change(each, costs.currency),),
        )
        for each, amount in zip(shown, now, strict=True)
    ]
    heading = (Column(heads[0]), *(Column(name, "right") for name in (heads[1], heads[2], "change")))
    return Table(heading, tuple(made), more=len(every) - len(shown))


def _row(mover: Mover, costs: Costs, accounts: Mapping[str, str], by: str) -> Mapping[str, Any]:
    name = {"account": key_words(costs, mover.key, accounts, by)} if by == "account" else {}
    key = None if mover.key in {"", "NoRegion"} else mover.key
    amounts = {"amount": mover.amount, "previous": mover.previous, "change_pct": mover.change_pct}
    return {column(by): key, **name, **amounts}
