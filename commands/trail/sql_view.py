"""How the rows of one's own statement are shown: how many, the first of them, all as a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Csv, Form, Share
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.span import iso
from bot.core.text import Line, Small
from bot.core.view import Caveat, View
from commands.trail.anything import nothing, unseen
from commands.trail.sql import Answer, Sql

_SHOWN, _COLUMNS, _CELL = 15, 8, 60


def show(request: Sql, answer: Answer, now: datetime) -> View:
    """The whole answer; its columns are the statement's."""
    told = unseen(request.span, answer.trails, now, answer.caveats, found=answer.found)
    return View(
        title=f"{_title(answer, told)} — {request.span.words(now)}",
        sections=(*_sections(answer), *(() if answer.found else nothing(told))),
        command="trail sql",
        request=request.asked(),
        rows=answer.rows,
        columns=answer.columns,
        caveats=told,
        receipt=answer.receipt,
        buttons=_buttons(request, answer, now),
    )


def _title(answer: Answer, told: Sequence[Caveat]) -> str:
    if not answer.found and any(one.weight == "blind" for one in told):
        return "I can’t tell: nothing was found, and not all could be seen"
    if len(answer.rows) == 1 and len(answer.columns) == 1:
        (name,) = answer.columns
        value = _text(answer.rows[0][name]) or "nothing"
        return value if name.startswith("_col") else f"{name}: {value}"
    if not answer.rows:
        return "No row on record fits the statement"
    return counted(len(answer.rows), "row")


def _sections(answer: Answer) -> list[Section]:
    if not answer.rows:
        return []
    shown, names = answer.rows[:_SHOWN], answer.columns[:_COLUMNS]
    table = Table(
        tuple(Column(name, "right" if _numbers(shown, name) else "left") for name in names),
        tuple(tuple(_cell(row[name]) for name in names) for row in shown),
        more=len(answer.rows) - len(shown),
    )
    more = len(answer.columns) - len(names)
    said: Line = (Small(f"{more:,} more column{'s are' if more != 1 else ' is'} in the CSV"),)
    return [table, *((Paragraph((said,)),) if more else ())]


def _numbers(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    values = [row[name] for row in rows if row[name] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _cell(value: object) -> Line:
    text = _text(value)
    return (text if len(text) <= _CELL else f"{text[: _CELL - 1]}…",)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _buttons(request: Sql, answer: Answer, now: datetime) -> tuple[Button, ...]:
    ends_now = request.span.until >= now - timedelta(minutes=1)
    fields = (
        ("--since", "From (7d, 36h, yesterday, or a time)", iso(request.span.since)),
        ("--until", "Up to (empty: now)", "" if ends_now else iso(request.span.until)),
        ("--limit", "Most rows", str(request.limit)),
    )
    return (
        Form("Change…", ("trail", "sql", request.statement), fields),
        *((Csv(),) if answer.rows else (Ask("What is recorded", ("trail", "coverage")),)),
        Share(),
    )
