"""A problem: everything that was told under one key, and what became of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.alert import Alert
from bot.core.kept import kept
from bot.core.severity import Severity
from bot.core.told import Told

SAME_THREAD = timedelta(hours=24)
"""A problem that was over for longer begins a new post when it comes again: nobody looks at the old one."""


@kept
@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something to it, when: their Slack id, and their name as it was then."""

    user_id: str
    name: str
    at: datetime


@kept
@dataclass(frozen=True, slots=True)
class Over:
    """It ended: when, and how (`archived in GuardDuty`)."""

    at: datetime
    how: str


@kept
@dataclass(frozen=True, slots=True)
class Muted:
    """Hidden until then, by a mute of this id, for this reason."""

    mute_id: str
    until: datetime
    by: str
    reason: str


@kept
@dataclass(frozen=True, slots=True)
class Telling:
    """One telling as it came in: the alert, when AWS says it was so, and where its route leads."""

    alert: Alert
    at: datetime
    channel: str
    mention: str = ""


@kept
@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    `alert` is its newest telling, of the moment `at`; `tellings` counts them since it `opened`. `storm`
    is the digest that holds it, `hidden` how many tellings a mute hid, `moved` why it stands in another
    channel than its route says; `bare` lets it be told by its title alone, after Slack refused more.
    """

    key: str
    alert: Alert
    at: datetime
    opened: datetime
    channel: str
    mention: str = ""
    tellings: int = 1
    over: Over | None = None
    acknowledged: Mark | None = None
    reminded_at: datetime | None = None
    muted: Muted | None = None
    hidden: int = 0
    storm: str | None = None
    in_storm: int = 0
    """How many of the tellings the storm's digest has counted."""
    moved: str = ""
    bare: bool = False
    waiting_since: datetime | None = None
    told: Told = field(default_factory=Told)

    @property
    def critical(self) -> bool:
        """Whether it is to overtake everything and never stand in a digest."""
        return self.alert.severity is Severity.CRITICAL and self.over is None

    @property
    def posted(self) -> bool:
        """Whether it has a post of its own."""
        return self.told.ts is not None


def first(telling: Telling, now: datetime) -> Problem:
    """A problem nobody told of before."""
    alert = telling.alert
    over = Over(telling.at, "it was over when I heard of it") if alert.resolved else None
    return Problem(
        alert.key, alert, telling.at, now, telling.channel, telling.mention, over=over, waiting_since=now
    )


def again(problem: Problem, telling: Telling, now: datetime) -> Problem:
    """The problem after one more telling; an older one than the newest is counted and changes nothing else."""
    counted = replace(
        problem, tellings=problem.tellings + 1, waiting_since=problem.waiting_since or now, bare=False
    )
    if telling.at < problem.at:
        return counted
    alert = telling.alert
    if alert.resolved:
        return replace(counted, alert=alert, at=telling.at, over=problem.over or Over(telling.at, "resolved"))
    if problem.over and telling.at - problem.over.at >= SAME_THREAD:
        begun = first(telling, now)
        return replace(begun, told=Told(sent=problem.told.sent), muted=problem.muted, hidden=problem.hidden)
    reopened = replace(counted, alert=alert, at=telling.at, over=None)
    return replace(reopened, acknowledged=None) if problem.over else reopened


def closed(problem: Problem, how: str, at: datetime, now: datetime) -> Problem:
    """The problem after AWS said that it is over, without a telling of its own."""
    if problem.over or at < problem.at:
        return problem
    return replace(problem, over=Over(at, how), at=at, waiting_since=problem.waiting_since or now)


def rank(problem: Problem) -> str:
    """Its place among what waits in its channel: what nobody has seen yet by severity, then what is only news."""
    seen = problem.told.severity
    worse = seen is None or problem.alert.severity.rank > seen.rank
    told = problem.posted and not worse
    urgency = 6 if told or problem.over else 4 - problem.alert.severity.rank
    since = (problem.waiting_since or problem.at).isoformat()
    return f"{urgency} {since}"
