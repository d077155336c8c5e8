"""One thing that must be right before the bot can do its work, and what to do when it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "missing", "off"]


@dataclass(frozen=True, slots=True)
class Found:
    """What looking gave: `off` is a part that is deliberately not set up."""

    state: State
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A thing to look at; `look` may raise NoroshiError, which reads as missing."""

    part: str
    name: str
    look: Callable[[], Found]
