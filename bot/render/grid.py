"""Tables, facts and lines on a terminal, as rich's values: only `Text`, never markup."""

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from bot.core.sections import Table
from bot.core.text import Added, Code, Line, Link, Piece, Removed, Small, Strong, When, plain
from bot.render.lines import utc
from bot.render.safe import clean

LINE = 2000
LABEL = 100
_CELL = 300
_GAP = 2  # between columns
_INDENT = "  "
_FACES = {Code: "cyan", Strong: "bold", Small: "dim", Added: "green", Removed: "red"}


def grid(table: Table, width: int) -> Grid | None:
    """The rows under their columns, folded between words; None where a word, a time or a command would break."""
    columns = [_column(table, n) for n in range(len(table.columns))]
    needs = [_need(table, n, cells) for n, cells in enumerate(columns)]
    wants = [max(cell.cell_len for cell in cells) for cells in columns]
    widths = _widths(needs, wants, width - _GAP * (len(columns) - 1))
    if widths is None:
        return None
    made = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column, cells, chosen in zip(table.columns, columns, widths, strict=True):
        made.add_column(cells[0], justify=column.align, overflow="fold", width=chosen)
    for row in zip(*(cells[1:] for cells in columns), strict=True):
        made.add_row(*row)
    return made


def records(table: Table, width: int) -> Iterator[Text]:
    """The rows where no grid fits: what names a row as a heading, and below it `calls 17 · from 192.0.2.1`.

    Broken between fields, then between words. A word longer than a line stays whole: the terminal
    breaks it, but what is copied is one word.
    """
    first = next((n for n, column in enumerate(table.columns) if column.name), 0) + 1
    for row in table.rows:
        for each in _flow((_cell(row, n) for n in range(first)), "  ", width):
            yield Text.assemble(each, no_wrap=True, overflow="ignore")
        fields = (_field(table, row, n) for n in range(first, len(table.columns)) if plain(_at(row, n)))
        for each in _flow(fields, " · ", width - len(_INDENT)):
            yield Text.assemble(_INDENT, each, no_wrap=True, overflow="ignore")


def pairs(facts: Iterable[tuple[str, Text]]) -> Iterator[RenderableType]:
    """Labels and values, aligned; nothing for none."""
    made = Grid.grid(padding=(0, 2))
    for label, value in facts:
        made.add_row(Text(clean(label, LABEL), style="dim"), value)
    if made.row_count:
        yield made


def _column(table: Table, n: int) -> list[Text]:
    """A column's head and cells."""
    dated = _dated(table, n)
    head = Text(clean(table.columns[n].name, _CELL) + (" UTC" if dated else ""))
    return [head, *(_cell(row, n, dated=dated) for row in table.rows)]


def _dated(table: Table, n: int) -> bool:
    """Whether a column holds moments and nothing else: then its head says UTC once, for all of them."""
    cells = [_at(row, n) for row in table.rows if _at(row, n)]
    return bool(cells) and all(len(cell) == 1 and isinstance(cell[0], When) for cell in cells)


def _need(table: Table, n: int, cells: Sequence[Text]) -> int:
    """How narrow a column may be: its longest word, or the whole of a cell that may not be broken."""
    whole = [False, *(_unbroken(_at(row, n)) for row in table.rows)]
    return max(
        cell.cell_len if is_whole else max(map(cell_len, cell.plain.split(" ")))
        for cell, is_whole in zip(cells, whole, strict=True)
    )


def _unbroken(pieces: Line) -> bool:
    return any(isinstance(piece, When) or (isinstance(piece, Code) and " " in piece.text) for piece in pieces)


def _widths(needs: Sequence[int], wants: Sequence[int], room: int) -> list[int] | None:
    """What each column gets: no wide one more than it must have, as long as there is not enough for all."""
    if sum(needs) > room:
        return None
    most = max(wants)
    while sum(widths := [max(need, min(want, most)) for need, want in zip(needs, wants, strict=True)]) > room:
        most -= 1
    return widths


def _field(table: Table, row: Sequence[Line], n: int) -> Text:
    return Text.assemble((f"{clean(table.columns[n].name, LABEL)} ", "dim"), _cell(row, n))


def _flow(parts: Iterable[Text], between: str, width: int) -> Iterator[Text]:
    """The parts, as many on a line as fit beside each other; a part too long for a line is broken between words."""
    beside: Text | None = None
    for part in parts:
        joined = Text.assemble(beside, between, part) if beside else part
        if beside and joined.cell_len > width:
            yield from _broken(beside, between, width)
            joined = part
        beside = joined
    if beside:
        yield from _broken(beside, between, width)


def _broken(one: Text, between: str, width: int) -> Iterable[Text]:
    words = one.split(" ")
    return _flow(words, " ", width) if one.cell_len > width and between != " " and len(words) > 1 else [one]


def _at(row: Sequence[Line], n: int) -> Line:
    return row[n] if n < len(row) else ()


def _cell(row: Sequence[Line], n: int, *, dated: bool = False) -> Text:
    pieces = _at(row, n)
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
        case _:
            return clean(piece.text, limit), _FACES[type(piece)]
