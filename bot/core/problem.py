"""A problem: everything that was told under one key, and what became of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.alert import Alert
from bot.core.severity import Severity
from bot.core.told import Told

KEPT = timedelta(days=30)
"""How long a problem is remembered after its last telling; SQS gives a message again for at most 14 days."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something to it, when: their Slack id, and their name as it was then."""

    user_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """It ended: when, and how (`archived in GuardDuty`)."""

    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Muted:
    """Hidden until then by a mute of this id, for this reason."""

    mute_id: str
    until: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling as it came in: the alert, when AWS says it was so, and where its route leads.

    `occurrence` is the same for every copy of this telling.
    """

    alert: Alert
    at: datetime
    occurrence: str
    channel: str
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    `alert` says the worst of it, as last told; `latest` is the newest telling where that says less. `heard`
    are the marks of the last tellings, newest last. `storm` is the digest that holds it, which has counted
    `in_storm` of its tellings, and it as `as_bad`. `hidden` counts what a mute hid, `added` the tellings that only
    told more of the same. `moved` says why it stands in another channel
    than its route says; `bare` lets it be told by its title alone, after Slack refused more.
    """

    key: str
    alert: Alert
    at: datetime
    opened: datetime
    channel: str
    mention: str = ""
    latest: Alert | None = None
    tellings: int = 1
    heard: tuple[str, ...] = ()
    over: Over | None = None
    acknowledged: Mark | None = None
    muted: Muted | None = None
    hidden: int = 0
    added: int = 0
    storm: str | None = None
    in_storm: int = 0
    as_bad: Severity | None = None
    moved: str = ""
    bare: bool = False
    last_told: datetime | None = None
    told: Told = field(default_factory=Told)

    @property
    def id(self) -> str:
        """Its id in the store."""
        return problem_id(self.key)

    @property
    def critical(self) -> bool:
        """Whether it is to overtake everything and never stand in a digest."""
        return self.alert.severity is Severity.CRITICAL and self.over is None and self.muted is None

    @property
    def worse(self) -> bool:
        """Whether it is worse than people know."""
        known = self.told.memory.severity
        return self.over is None and (known is None or self.alert.severity.rank > known.rank)

    @property
    def folded(self) -> bool:
        """Whether a digest has told all of it."""
        return self.storm is not None and self.in_storm >= self.tellings and not self.critical

    @property
    def foldable(self) -> bool:
        """Whether a digest may tell it: it has no post of its own, and is not critical."""
        return self.told.ts is None and self.told.intent is None and not self.critical

    @property
    def rank(self) -> str:
        """Critical first, then what nobody has seen yet by severity, then what is only news."""
        news = self.told.ts is not None and not self.worse
        urgency = 6 if news or self.over else 4 - self.alert.severity.rank
        return f"{urgency} {(self.last_told or self.opened).isoformat()}"

    @property
    def rests_in(self) -> str | None:
        """With its mute, with its storm (also what had a post of its own, once it is over), with the open ones or those over."""
        if self.muted:
            return f"muted:{self.muted.mute_id}"
        if self.storm and (self.folded or self.over):
            return f"storm:{self.storm}"
        return f"{'over' if self.over else 'open'}:{self.channel}"

    @property
    def expires_at(self) -> datetime:
        """When it is forgotten."""
        return max(self.last_told or self.opened, self.at, self.muted.until if self.muted else self.at) + KEPT


def problem_id(key: str) -> str:
    """The id of the problem of this key: keys may hold anything, at any length."""
    return "problem-" + hashlib.sha256(key.encode(errors="replace")).hexdigest()[:32]
