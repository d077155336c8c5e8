"""What a person may press below an answer."""

from dataclasses import dataclass
from typing import Literal


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
