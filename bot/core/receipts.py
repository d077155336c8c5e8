"""Several receipts as one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.view import Receipt


def added(first: Receipt, more: Sequence[Receipt]) -> Receipt:
    """What all questions cost together, under the first one's id and SQL.

    A part whose price is not known leaves the whole unknown: no price is told too low.
    """
    every = (first, *more)
    costs = [one.cost_usd for one in every if one.cost_usd is not None]
    return replace(
        first,
        seconds=sum(one.seconds for one in every),
        bytes_scanned=_sum([one.bytes_scanned for one in every]),
        cost_usd=sum(costs) if len(costs) == len(every) else None,
        api_calls=_sum([one.api_calls for one in every]),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
