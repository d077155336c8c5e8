"""An answer as a person reads it, line by line: charts by what they say they show, caveats by their codes."""

from bot.core.sections import Chart, Facts, Paragraph, Table
from bot.core.text import plain


def read(view):
    """What a person reads, line by line."""
    lines = [view.title]
    for part in view.sections:
        match part:
            case Paragraph(said):
                lines += map(plain, said)
            case Facts(pairs):
                lines += [f"{label}: {plain(value)}" for label, value in pairs]
            case Table(columns, rows, more):
                lines += [" | ".join(column.name for column in columns)]
                lines += [" | ".join(map(plain, row)) for row in rows] + ([f"+ {more}"] if more else [])
            case Chart():
                lines += [f"[{part.alt}]"]
    return [*lines, *(f"({caveat.code})" for caveat in view.caveats)]
