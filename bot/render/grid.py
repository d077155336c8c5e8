"""Tables, facts and lines on a terminal, as rich's values: only `Text`, never markup."""

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.core.text import Code, Line, Link, Piece, Small, Strong, When
from bot.core.view import Table
from bot.render.lines import utc
from bot.render.safe import clean

LINE = 2000
LABEL = 100
_CELL = 300


def grid(table: Table) -> Grid:
    """The rows under their columns; long cells fold."""
    dated = [_dated(table, n) for n in range(len(table.columns))]
    made = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, has_dates in zip(table.columns, dated, strict=True):
        made.add_column(_header(column.name, dated=has_dates), justify=column.align, overflow="fold")
    for row in table.rows:
        cells = [_cell(row, n, dated=has_dates) for n, has_dates in enumerate(dated)]
        made.add_row(*cells)
    return made


def records(table: Table) -> Iterator[RenderableType]:
    """The rows one field a line, for where a grid would be too narrow."""
    for row in table.rows:
        cells = [(column.name, _cell(row, n, dated=False)) for n, column in enumerate(table.columns)]
        yield from pairs(cells)
        yield Text("")


def pairs(facts: Iterable[tuple[str, Text]]) -> Iterator[RenderableType]:
    """Labels and values, aligned; nothing for none."""
    made = Grid.grid(padding=(0, 2))
    for label, value in facts:
        made.add_row(Text(clean(label, LABEL), style="dim"), value)
    if made.row_count:
        yield made


def _header(name: str, *, dated: bool) -> Text:
    return Text(clean(name, _CELL) + (" UTC" if dated else ""))


def _dated(table: Table, n: int) -> bool:
    """Whether a column holds moments and nothing else: then its head says UTC once, for all of them."""
    cells = [row[n] for row in table.rows if n < len(row) and row[n]]
    return bool(cells) and all(len(cell) == 1 and isinstance(cell[0], When) for cell in cells)


def _cell(row: Sequence[Line], n: int, *, dated: bool) -> Text:
    pieces = row[n] if n < len(row) else ()
    return line(pieces, _CELL, dated=dated) if pieces else Text("–", style="dim")


def line(pieces: Line, limit: int, *, dated: bool = False) -> Text:
    """A line, cleaned, each piece cut to `limit`; `dated` leaves out the UTC that stands in the header."""
    return Text.assemble(*(_piece(piece, limit, dated=dated) for piece in pieces))


def _piece(piece: Piece, limit: int, *, dated: bool) -> tuple[str, str]:
    match piece:
        case str():
            return clean(piece, limit), ""
        case When(at):
            return utc(at).removesuffix(" UTC") if dated else utc(at), ""
        case Link(words, url):
            return f"{clean(words, limit)} ({clean(url, LINE)})", ""
        case Code(words):
            return clean(words, limit), "cyan"
        case Strong(words):
            return clean(words, limit), "bold"
        case Small(words):
            return clean(words, limit), "dim"
