"""Words for people, as values: a line is a tuple of pieces, and only `bot.render` turns it into a string.

A plain `str` piece may hold anything an attacker wrote; the renderers make it harmless.
"""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Code:
    """An id, a name of AWS's: shown as it is, in a code face."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """The few words that must be seen first."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Detail for who wants it: types, ids, units."""

    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """What is there now and was not; it says so in words too (`+ …`), for colour alone says nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What was there and is no more; it says so in words too (`− …`)."""

    text: str


@dataclass(frozen=True, slots=True)
class When:
    """A moment (aware, any zone): the reader's own zone in Slack, ISO 8601 in UTC in files."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link of our own making (never one that came in an event)."""

    text: str
    url: str


Piece = str | Code | Strong | Small | Added | Removed | When | Link
Line = tuple[Piece, ...]


def plain(line: Line) -> str:
    """The line without its faces; moments as `2026-09-08 03:11 UTC`."""
    return "".join(_plain(piece) for piece in line)


def _plain(piece: Piece) -> str:
    match piece:
        case str():
            return piece
        case When(at):
            return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        case _:
            return piece.text
