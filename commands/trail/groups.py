"""Kinds of calls in one table: refusals by principal and action with their spikes first, changes by service."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from bot.core.principal import describe
from bot.core.sections import Column, Table
from bot.core.text import Line, When
from bot.trail.calls import Answer, Call

_SHOWN = 15
_PEAKS = {15: "peak in 10 min", 13: "peak an hour", 10: "peak a day", 7: "peak a month"}
"""By how much of a time a bin's name keeps (`bot.trail.rows.bin_of`)."""


def groups(answer: Answer) -> Table:
    """One row a group, the highest peak first; counts are whole, the rest is from its newest call."""
    by_who = bool(answer.facts) and _is_by_principal(answer)
    newest: dict[tuple[object, ...], tuple[Call, Mapping[str, Any]]] = {}
    for call, facts in zip(answer.calls, answer.facts, strict=True):
        newest.setdefault(_key(call, by_who=by_who), (call, facts))
    order = sorted(newest.values(), key=lambda one: (-one[1]["group_peak"], -one[1]["group_calls"]))
    columns = (
        *((Column("who"),) if by_who else ()),
        Column("call"),
        Column("calls", "right"),
        # Of refusals all are.
        *(() if by_who else (Column("refused", "right"),)),
        Column(_PEAKS[answer.bin_length], "right"),
        Column("last"),
        Column("on"),
    )
    whose = _namesakes({call.principal for call, _ in order})
    rows = tuple(_row(call, facts, whose, by_who=by_who) for call, facts in order[:_SHOWN])
    return Table(columns, rows, more=len(order) - len(rows))


def _is_by_principal(answer: Answer) -> bool:
    return answer.counts.found == answer.counts.denied


def _key(call: Call, *, by_who: bool) -> tuple[object, ...]:
    return (call.event_source, call.event_name, *((call.principal,) if by_who else ()))


def _namesakes(principals: Collection[str | None]) -> frozenset[str]:
    """What several are called: roles of one name in several accounts."""
    counted = Counter(str(describe(one)) for one in principals)
    return frozenset(name for name, times in counted.items() if times > 1)


def _who(call: Call, namesakes: Collection[str]) -> Line:
    name = str(describe(call.principal))
    return (name, f" in {call.account_id}") if name in namesakes and call.account_id else (name,)


def _row(
    call: Call, facts: Mapping[str, Any], namesakes: Collection[str], *, by_who: bool
) -> tuple[Line, ...]:
    return (
        *((_who(call, namesakes),) if by_who else ()),
        (call.action,),
        (f"{facts['group_calls']:,}",),
        *(() if by_who else ((f"{facts['group_denied']:,}",),)),
        (f"{facts['group_peak']:,}",),
        (When(call.time) if call.time else "",),
        (call.target or "",),
    )
