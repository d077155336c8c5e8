"""A View on a terminal: the same order and words as in Slack, at whatever width.

Untrusted text goes in as `Text`, cleaned: never as rich markup, and never with an escape sequence in it.
"""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Menu, Open
from bot.core.sections import Activity, Chart, Facts, Paragraph, Section, Table, Verbatim
from bot.core.severity import Severity
from bot.core.text import Code, Line
from bot.core.view import Caveat, View
from bot.errors import HelpWanted, NoroshiError
from bot.render.activity import activity_lines
from bot.render.grid import LABEL, LINE, grid, line, pairs, records
from bot.render.receipt import receipt_line
from bot.render.safe import clean
from bot.render.sparkline import chart_lines

_COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
    Severity.INFO: "bright_black",
}
_TITLE = 500
_CHOICES = 3  # of a menu; the first are the likeliest


def show(view: View, console: Console) -> None:
    """Print the answer: title, sections, what was not seen, receipt, next commands."""
    console.print(_title(view), soft_wrap=False, highlight=False)
    for section in view.sections:
        for part in _section(section, console.width):
            # Not cropped: what is wider than the terminal is a word left whole.
            # Nor folded where its lines are its own.
            console.print(part, highlight=False, crop=False, soft_wrap=isinstance(section, Verbatim))
    for part in (*_caveats(view.caveats), *_receipt(view)):
        console.print(part, highlight=False)
    for command in _next(view.buttons):
        # A command that is broken over two lines can't be copied.
        console.print(command, soft_wrap=True, highlight=False)


def error_lines(error: NoroshiError) -> tuple[str, ...]:
    """What happened, then the next step, ready for a terminal; help line by line as it stands."""
    if isinstance(error, HelpWanted):
        return tuple(clean(error.message.rstrip(), lines=True).split("\n"))
    message = clean(error.message, LINE).strip() or error.type
    return (message, clean(error.hint, LINE)) if error.hint else (message,)


def _title(view: View) -> Text:
    title = Text(clean(view.title, _TITLE), style="bold")
    if view.severity is None:
        return title
    return Text.assemble((f"● {view.severity.upper()}", _COLOURS[view.severity]), "  ", title)


def _section(section: Section, width: int) -> Iterator[RenderableType]:
    match section:
        case Paragraph(lines):
            yield from (_line(each) for each in lines if each)
        case Activity():
            yield from (line(each, LINE) for each in activity_lines(section))
        case Chart():
            yield from (line(each, LINE) for each in chart_lines(section))
        case Facts(facts):
            yield from pairs([(label, line(value, LINE)) for label, value in facts])
        case Verbatim(words):
            yield Text(clean(words, lines=True).rstrip())
        case Table() if section.columns and section.rows:
            yield _table(section, width)
            if section.more:
                yield Text(f"+ {counted(section.more, 'more row')}: --format csv", style="dim")


def _line(each: Line) -> RenderableType:
    """A line that is one command or policy is there to be pasted: never folded."""
    match each:
        case (Code(),):
            return _whole(line(each, LINE))
        case _:
            return line(each, LINE)


def _whole(text: Text) -> Group:
    # In a group, for rich forgets what a text on its own says of wrapping.
    text.no_wrap, text.overflow = True, "ignore"
    return Group(text)


def _table(table: Table, width: int) -> RenderableType:
    # In a group, for rich forgets what a text on its own says of wrapping.
    return grid(table, width) or Group(*records(table, width))


def _caveats(caveats: Sequence[Caveat]) -> Iterator[Text]:
    for caveat in caveats:
        if caveat.weight == "blind":
            yield Text.assemble(("▌ This answer may be wrong: ", "bold yellow"), clean(caveat.message, LINE))
    if notes := [clean(caveat.message, LINE) for caveat in caveats if caveat.weight != "blind"]:
        yield Text.assemble(("Not seen: ", "bold"), " · ".join(notes))


def _receipt(view: View) -> Iterator[Text]:
    if view.receipt:
        yield Text(receipt_line(view.receipt, whole_id=True), style="dim")


def _next(buttons: Iterable[Button]) -> Iterator[Text]:
    for button in buttons:
        match button:
            case Ask(_, words):
                yield from _command(words)
            case Menu(_, choices):
                for choice in choices[:_CHOICES]:
                    yield from _command(choice.words)
            case Open(label, url) if clean(url) == url:
                yield Text(f"{clean(label, LABEL)}: {url}")
            case _:
                pass


def _command(words: Sequence[str]) -> Iterator[Text]:
    typed = shlex.join(("noroshi", *words))
    # What can't be shown as it is can't be copied either.
    if words and clean(typed) == typed:
        yield Text.assemble("Next: ", (typed, "bold"))
