"""The parts of an answer that a person reads: tables, facts, lines, charts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from bot.core.text import Line


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; numbers stand right."""

    name: str
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of lines under columns; `more` counts the rows that are only in the CSV."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """A few label-and-value pairs."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that stand together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """When it happened: how much in each of some steps of time, all of one length, oldest first.

    `unit` names a step (`hour`, `day`), `since` (aware) is when the first one begins; about 60 of them are
    shown well. `marked` counts a part of the same steps: those that were `marked_as` (`refused`).
    """

    unit: str
    since: datetime
    step: timedelta
    counts: tuple[int, ...]
    marked: tuple[int, ...] = ()
    counted: str = "calls"
    marked_as: str = "refused"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that keeps its lines: JSON, a whole diff."""

    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """A part of each day's amount (a service's), one amount a day from the chart's first day on."""

    name: str
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What a day to come is expected to be, and between which bounds."""

    day: date
    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts by day: stacked bars, a line to compare them with, and a band for the days to come.

    `alt` says in words what there is to see. `days` are all days of the axis; `series` stack from the bottom up and
    may end before the last day. `before` is one amount a day of `days`, as far as it goes (last month's), named
    `before_name`. A picture where there can be one, characters otherwise.
    """

    title: str
    alt: str
    currency: str
    days: tuple[date, ...]
    series: tuple[Series, ...]
    before: tuple[Decimal, ...] = ()
    before_name: str = ""
    expected: tuple[Band, ...] = ()


Section = Paragraph | Facts | Table | Activity | Verbatim | Chart
