"""A table as Slack's table block, with as many rows as a message holds.

Limits (docs.slack.dev: table block): 100 rows with the header, 20 columns, one table a message; and
10,000 characters over all cells, which the place it is given keeps it under.
"""

from bot.core.sections import Column, Table
from bot.core.text import Line, Link, Strong, When
from bot.render.lines import Json, elements, plain, rich_text, section
from bot.render.room import weight
from bot.render.safe import clean

_ROWS = 100
_COLUMNS = 20
_ROOM = 9_900
_NAME = 40
# Longest cell: long ones are cut further before rows are left out, down to what any table can bear.
_CELLS = (160, 60, 24, 10)
_FEW = 8


def table_block(table: Table, room: int) -> tuple[Json | None, int]:
    """The block, or None where not one row fits; and how many of the table's rows it shows."""
    columns = table.columns[:_COLUMNS]
    if not columns or not table.rows:
        return None, 0
    rows: list[list[Json]] = []
    for limit in _CELLS:
        rows = max(rows, _fit(table, columns, min(room, _ROOM), limit), key=len)
        if len(rows) > min(_FEW, len(table.rows)):
            break
    if len(rows) <= 1:
        return None, 0
    block = {"type": "table", "rows": rows, "column_settings": [_setting(column) for column in columns]}
    return block, len(rows) - 1


def left_out(table: Table, shown: int, *, csv: bool) -> str:
    """`+ 12 more rows in the CSV`, or "" when everything is shown."""
    more = table.more + len(table.rows) - shown
    columns = max(0, len(table.columns) - _COLUMNS)
    counted = ((more, "row"), (columns, "column"))
    parts = [f"{count:,} more {name}{'s' if count > 1 else ''}" for count, name in counted if count > 0]
    return f"+ {' and '.join(parts)}{' in the CSV' if csv else ''}" if parts else ""


def _fit(table: Table, columns: tuple[Column, ...], room: int, limit: int) -> list[list[Json]]:
    rows = [[_raw(column.name, min(limit, _NAME)) for column in columns]]
    room -= weight(rows[0]) + weight([_setting(column) for column in columns]) + 60
    for row in table.rows[: _ROWS - 1]:
        cells = [cell(row[n] if n < len(row) else (), limit) for n in range(len(columns))]
        room -= weight(cells)
        if room < 0:
            break
        rows.append(cells)
    return rows


def cell(line: Line, limit: int) -> Json:
    """A cell: raw text, or rich text where it holds a moment, a link or something strong."""
    rich = any(isinstance(piece, When | Link | Strong) for piece in line)
    parts = elements(line, limit) if rich else []
    return rich_text(section([parts])) if parts else _raw(plain(line), limit)


def _raw(words: str, limit: int) -> Json:
    # Slack takes no empty cell.
    return {"type": "raw_text", "text": clean(words, limit).strip() or "–"}


def _setting(column: Column) -> Json:
    return {"align": column.align, "is_wrapped": column.align == "left"}
