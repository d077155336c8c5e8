"""An answer as a value: what every command returns and every edge shows.

Rows are the contract's data (JSON, CSV); sections are what a person reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from bot.core.severity import Severity
from bot.core.text import Line


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something the answer could not see: a stable code, why, and a way out.

    `weight` is "blind" when the answer as a whole may be wrong because of it (never the same
    look as "none"), "note" otherwise.
    """

    code: str
    message: str
    weight: Literal["blind", "note"] = "note"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer cost and how to find it again.

    `bytes_scanned` counts compressed bytes as billed; `cost_usd` is None where it is not known,
    0.0 where it is free.
    """

    engine: str
    seconds: float
    bytes_scanned: int | None = None
    cost_usd: float | None = None
    query_id: str | None = None
    api_calls: int | None = None
    sql: str | None = None


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


@dataclass(frozen=True, slots=True)
class File:
    """A file that belongs to an answer: what it is called (`web-prod-2026-09-08.json`), and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A button that asks one of our own questions, word for word as it would be typed (no slash)."""

    label: str
    words: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a menu's questions, word for word as an Ask has them; choices of one `group` stand under its name."""

    label: str
    words: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A button with many questions behind it (`Look closer…`), the likeliest first: a message holds about 25."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A button that opens a form to ask the same question differently.

    `words` are the question's fixed words (`trail who-accessed acme-payroll`); `fields` are the
    options a person may fill in: option, label, present value.
    """

    label: str
    words: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Csv:
    """A button that uploads all rows as a file."""

    label: str = "CSV"


@dataclass(frozen=True, slots=True)
class Download:
    """A button that uploads the answer's file."""

    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A button that uploads the answer's chart as a picture."""

    label: str = "Picture"


@dataclass(frozen=True, slots=True)
class Share:
    """A button that posts a private answer to the channel."""

    label: str = "Share in channel"


@dataclass(frozen=True, slots=True)
class Open:
    """A button that opens a page of AWS's console."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Act:
    """A button that does something about a problem, a storm or a mute (`subject` is its id in the store).

    `confirm`, if any, is asked first.
    """

    label: str
    act: Literal[
        "acknowledge",
        "investigate",
        "mute",
        "mute-storm",
        "unmute",
        "archive",
        "all-rows",
        "fix",
        "approve-fix",
        "refuse-fix",
        "undo-fix",
        "make-rule",
        "drop-rule",
    ]
    subject: str
    confirm: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """A menu of things to do (`Change…`), each a value (at most 150 characters) and its words; `confirm` is asked first."""

    label: str
    act: Literal["change-finding"]
    choices: tuple[tuple[str, str], ...]
    confirm: str


Button = Ask | Menu | Form | Csv | Download | Picture | Share | Open | Act | Acts


@dataclass(frozen=True, slots=True)
class View:
    """A whole answer.

    `command` and `request` say what was asked (JSON-ready); `rows` hold JSON-ready values with None
    for unknown. `severity` colours an alert, `over` marks one that has ended. At most five buttons are shown. `file` holds
    in full what the sections shorten.
    """

    title: str
    sections: tuple[Section, ...] = ()
    command: str = ""
    request: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Mapping[str, Any], ...] = ()
    columns: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    receipt: Receipt | None = None
    buttons: tuple[Button, ...] = ()
    severity: Severity | None = None
    over: bool = False
    file: File | None = None
    totals: Mapping[str, Any] = field(default_factory=dict)
    """What the contract has beside the rows at the top of an answer's JSON: `total`, `forecast`, `currency`, `as_of`."""
