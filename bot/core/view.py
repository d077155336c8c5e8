"""An answer as a value: what every command returns and every edge shows.

Rows are the contract's data (JSON, CSV); sections are what a person reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.core.buttons import Button
from bot.core.sections import Section
from bot.core.severity import Severity


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
class File:
    """A file that belongs to an answer: what it is called (`web-prod-2026-09-08.json`), and its text."""

    name: str
    text: str


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
