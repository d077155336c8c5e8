"""Findings as they were asked for: which ones, what came, and where nobody could look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.core.alert import Finding as Kept
from bot.core.configuration.item import Place
from bot.core.findings.counts import Counts
from bot.core.severity import Severity
from bot.core.view import Caveat


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: of this severity and worse, last updated since then, of these accounts, regions and types.

    Empty is any; a type may hold `*`. `archived` wants those that were archived, and no others; None wants both.
    `matching` maps GuardDuty's own paths to values, of which each must have one. `limit` is how many are read whole,
    the newest first; all are counted.
    """

    severity: Severity | None = None
    since: datetime | None = None
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    archived: bool | None = False
    limit: int = 200
    matching: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding as GuardDuty gives it, in EventBridge's camelCase whichever way it came, and where it is kept."""

    kept: Kept
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found, newest first; `counts` are over all of it.

    `places` have GuardDuty and were looked into; those that could not be, or have it off, are caveats. `more` are
    counted, and were not read.
    """

    found: tuple[Seen, ...]
    counts: Counts
    places: int
    more: int = 0
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total


@dataclass(frozen=True, slots=True)
class Detector:
    """GuardDuty in one place. `off`: there is no detector, `suspended`: it is there and does not look.

    `features_off` are protections that are not on, `updates_every` how often a repeat is told; `members_off` accounts
    whose member is not enabled, where this account administers them (`administers`). `why` says why it is unknown.
    """

    place: Place
    state: Literal["on", "off", "suspended", "unknown"]
    features_off: tuple[str, ...] = ()
    updates_every: str = ""
    administers: int = 0
    members_off: tuple[str, ...] = ()
    administrator: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Detectors:
    """All that were looked for."""

    found: tuple[Detector, ...]
    caveats: tuple[Caveat, ...] = ()
    api_calls: int = 0


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule that archives new findings by itself: what it would be called, and its criteria.

    `criteria` map GuardDuty's own paths (`type`, `resource.instanceDetails.instanceId`) to values, all of which must
    hold (docs: GuardDuty user guide, Suppression rules).
    """

    place: Place
    name: str
    criteria: Mapping[str, tuple[str, ...]]
    description: str = ""
