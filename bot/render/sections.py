"""An answer's sections as blocks, in order, as far as the message has room."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.core.sections import Activity, Chart, Facts, Paragraph, Section, Table, Verbatim
from bot.core.text import Line, Strong
from bot.render.activity import activity_lines
from bot.render.lines import Json, elements, plain, plain_text, rich_text, section, small, text
from bot.render.room import Room, weight
from bot.render.safe import clean
from bot.render.sparkline import chart_lines
from bot.render.table import left_out, table_block

LISTED = 10
"""Rows that a second table of a message shows."""

_LINE = 1000
_CONTEXT = 400
_VERBATIM = 4_000


def body(sections: Sequence[Section], characters: int, *, csv: bool) -> list[Json]:
    """Blocks of at most so many characters of JSON; what did not fit is counted in words."""
    room = Room(characters - 200)  # the two lines that count what is left out
    at = next(
        (n for n, part in enumerate(sections) if isinstance(part, Table) and part.columns and part.rows), -1
    )
    words = Room(room.characters // 2 if at >= 0 else room.characters)
    written = {n: _words(part, words) for n, part in enumerate(sections) if n != at}
    room.take(*(block for blocks, _ in written.values() for block in blocks))
    lost = sum(missing for _, missing in written.values())
    done: list[Json] = []
    for n, part in enumerate(sections):
        done += written[n][0] if n in written else _table(part, room, csv=csv)
    return (
        [*done, context(f"… {lost:,} more line{'s' if lost > 1 else ''} did not fit here")] if lost else done
    )


def context(words: str) -> Json:
    """A line in small; `words` must be clean and not empty."""
    return {"type": "context", "elements": [plain_text(words)]}


def _table(table: Section, room: Room, *, csv: bool) -> list[Json]:
    if not isinstance(table, Table):
        return []
    block, shown = table_block(table, room.characters)
    more = left_out(table, shown, csv=csv)
    return ([block] if block else []) + ([context(more)] if more else [])


def _words(part: Section, room: Room) -> tuple[list[Json], int]:
    """Blocks of a section without its table block, and how many lines did not fit."""
    if isinstance(part, Verbatim):
        return _verbatim(part, room)
    done: list[Json] = []
    missing = 0
    for is_small, group in groupby(_lines(part), key=small):
        lines = list(group)
        block, left = _context(lines) if is_small else _rich(lines, room.characters)
        missing += left
        if block and room.take(block):
            done.append(block)
        elif block:
            missing += 1
    return done, missing


def _verbatim(part: Verbatim, room: Room) -> tuple[list[Json], int]:
    """As many whole lines as fit, in a box that keeps them."""
    lines = clean(part.text, _VERBATIM, lines=True).rstrip().split("\n")
    kept = list(lines)
    while kept and not room.take(block := rich_text(_preformatted("\n".join(kept)))):
        kept = kept[: len(kept) // 2]
    every = part.text.rstrip().count("\n") + 1
    return ([block] if kept and any(kept) else []), every - len(kept) if any(kept) else every


def _preformatted(words: str) -> Json:
    return {"type": "rich_text_preformatted", "elements": [text(words)]}


def _lines(part: Section) -> Iterable[Line]:
    match part:
        case Paragraph(lines):
            return lines
        case Verbatim():
            return [(part.text,)]  # `_words` keeps its lines
        case Facts(pairs):
            return [(Strong(label), "  ", *value) for label, value in pairs]
        case Activity():
            return activity_lines(part)
        case Chart():
            return chart_lines(part)
        case Table(columns, rows, more):
            # Slack takes one table a message: the others are listed.
            head: Line = (Strong(" · ".join(column.name for column in columns)),)
            listed = [tuple(_dotted(row)) for row in rows[:LISTED]]
            rest = more + len(rows) - len(listed)
            return [head, *listed, *([(f"+ {rest:,} more",)] if rest > 0 else [])]


def _dotted(row: Sequence[Line]) -> Line:
    return tuple(piece for n, line in enumerate(row) for piece in ((" · ", *line) if n else line))


def _context(group: Iterable[Line]) -> tuple[Json | None, int]:
    shown = "\n".join(clean(plain(line), _CONTEXT) for line in group).strip()
    return (context(clean(shown, 1500, lines=True)) if shown else None), 0


def _rich(group: Iterable[Line], characters: int) -> tuple[Json | None, int]:
    kept: list[list[Json]] = []
    missing = 0
    room = characters - 100
    for line in group:
        parts = elements(line, _LINE)
        room -= weight(parts) + 40
        if room < 0:
            missing += 1
        elif parts:
            kept.append(parts)
    return (rich_text(section(kept)) if kept else None), missing
