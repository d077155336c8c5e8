"""Calls in one table, a row each, with the columns that tell them apart."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.core.principal import describe
from bot.core.sections import Column, Table
from bot.core.text import Line, Small, When, plain
from bot.trail.calls import Answer, Call
from commands.trail.kinds import Kind

_SHOWN = 15


def calls(kind: Kind, answer: Answer) -> Table:
    """The first of them, in the answer's order."""
    shown = answer.calls[:_SHOWN]
    columns = [name for name in _COLUMNS if not _needless(name, kind, answer)]
    rows = tuple(tuple(_COLUMNS[name](one) for name in columns) for one in shown)
    return Table(tuple(map(Column, columns)), rows, more=len(answer.calls) - len(shown))


def _needless(name: str, kind: Kind, answer: Answer) -> bool:
    """Whether a column says nothing, or in every row what was asked for: a phone is narrow."""
    if name == "who":
        return answer.counts.principals <= 1 and kind.name in {"user", "root"}
    values = {plain(_COLUMNS[name](one)) for one in answer.calls[:_SHOWN]}
    return values == {""} or (name == _ASKED.get(kind.name) and len(values) == 1)


def _who(one: Call) -> Line:
    who = describe(one.principal)
    via = (Small(f" via {one.via}"),) if one.via and one.via != one.principal else ()
    return (who.name, *((Small(f" ({who.kind})"),) if who.kind else ()), *via)


def _on(one: Call) -> str:
    return one.target or (one.resources[0].rpartition(":")[2] if one.resources else "")


def _result(one: Call) -> str:
    return "refused" if one.refused else one.error_code or "ok"


_COLUMNS: Final[Mapping[str, Callable[[Call], Line]]] = {
    "when": lambda one: (When(one.time) if one.time else "no time",),
    "who": _who,
    "call": lambda one: (one.action,),
    "on": lambda one: (_on(one),),
    "from": lambda one: (one.source_ip or "",),
    "result": lambda one: (_result(one),),
}
_ASKED: Final = {"who-did": "call", "resource": "on", "ip": "from"}
"""The column that holds what a question is about."""
