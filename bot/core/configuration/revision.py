"""A revision: an item, the one before it, what changed between, and who did it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.configuration.change import Change, Difference
from bot.core.configuration.item import Item

Confidence = Literal["exact", "likely", "unknown"]
Tool = Literal["console", "cli", "sdk", "terraform", "cloudformation", "ci", "service", "unknown"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changed it: the call that did it, and how sure that is, in words (`reason`).

    `principal` as the contract has it; `human` is who is behind it, where that is known otherwise than by the
    principal itself, and `known_by` how. `via` is the service that called for somebody. None is not known;
    an `unknown` one may have no call at all. `others`: how many further calls may have done it.
    """

    confidence: Confidence
    reason: str
    principal: str | None = None
    human: str | None = None
    known_by: str | None = None
    event_name: str | None = None
    event_source: str | None = None
    event_time: datetime | None = None
    event_id: str | None = None
    source_ip: str | None = None
    user_agent: str | None = None
    access_key: str | None = None
    via: str | None = None
    tool: Tool = "unknown"
    others: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A change that is a danger: `code` is stable (`open-to-the-internet`), `words` go behind the change."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state and how it came from the one before.

    `before` is None for the first item there is, and where the older one was not read (`before_unread`).
    """

    item: Item
    before: Item | None
    difference: Difference
    flags: tuple[Flag, ...] = ()
    before_unread: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed, noise left out."""
        return self.difference.changes


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing was recorded; `until` None is up to now. `why` in words."""

    since: datetime
    until: datetime | None
    why: str
