"""What of all this is news: told once when it begins, once a day while it goes on, once when it is over.

What is remembered outlives the process and is shared by replicas. It is written before anything is told
(so that every replica tells of the same beginning) and again after; between the two, a copy of the same
telling has the same `occurrence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.core import moment
from bot.core.alert import Alert
from bot.core.severity import Severity

Kind = TypeVar("Kind")

NEVER = timedelta(0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that was sensed: `alert` says that we are deaf, or (`resolved`) that we hear again.

    `since` is when that began, where it is known; `patience` how long it may last untold; `settle` how
    long nobody may have found it deaf before it counts as well: replicas differ in what they can reach.
    `degree` grows as it gets worse. `name` is remembered for when the thing itself is gone.
    """

    alert: Alert
    since: datetime | None = None
    patience: timedelta = NEVER
    settle: timedelta = NEVER
    degree: int = 1
    name: str = ""

    @property
    def key(self) -> str:
        """The problem's key."""
        return self.alert.key

    @property
    def well(self) -> bool:
        """Whether we hear."""
        return self.alert.resolved


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was seen of one thing and told of it.

    `told` is the degree, 0 for nothing; `day` counts reminders, `endings` how often it was told to be over:
    AWS may give a second stop the time of the first.
    """

    first_at: datetime | None = None
    was_on: bool = False
    name: str = ""
    since: datetime | None = None
    seen_at: datetime | None = None
    told: int = 0
    day: int = 0
    endings: int = 0


NOTHING = Remembered()


def noted(past: Remembered, judged: Judged, now: datetime) -> Remembered:
    """What to remember before anything is told."""
    known = replace(past, first_at=past.first_at or now, name=judged.name or past.name)
    if judged.well:
        known = replace(known, was_on=True)
        return known if past.told else _over(known)
    since = past.since or min(judged.since or now, now)
    stale = past.seen_at is None or now - past.seen_at >= judged.settle / 2
    seen_at = now if judged.settle and stale else past.seen_at
    return replace(known, since=since, seen_at=seen_at)


def telling(known: Remembered, judged: Judged, now: datetime) -> Alert | None:
    """What is to be told now, if anything; `known` is what `noted` gave."""
    since = known.since
    if since is None:
        return None
    if judged.well:
        if not known.told or not _settled(known, judged, now):
            return None
        return replace(judged.alert, occurrence=f"well {known.endings} {since.isoformat()}")
    worse = judged.degree > known.told
    if now - since < judged.patience or not (worse or _reminds(known, judged, now)):
        return None
    said = f"deaf {known.endings} {since.isoformat()} {judged.degree} {_day(since, now)}"
    return replace(judged.alert, occurrence=said, first_seen=since, last_seen=now)


def told(known: Remembered, judged: Judged, now: datetime) -> Remembered:
    """What to remember once it was told."""
    if judged.well or known.since is None:
        return replace(_over(known), endings=known.endings + 1)
    return replace(known, told=max(known.told, judged.degree), day=_day(known.since, now))


def as_body(known: Remembered) -> dict[str, Any]:
    """It as JSON-ready data; what says nothing is left out."""
    values = {field.name: getattr(known, field.name) for field in fields(known)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if value
    }


def from_body(body: Mapping[str, Any]) -> Remembered:
    """It again; what can't be read is as if it had never been remembered."""
    return Remembered(
        first_at=moment.read(body.get("first_at")),
        was_on=body.get("was_on") is True,
        name=_of(str, body.get("name"), ""),
        since=moment.read(body.get("since")),
        seen_at=moment.read(body.get("seen_at")),
        told=_of(int, body.get("told"), 0),
        day=_of(int, body.get("day"), 0),
        endings=_of(int, body.get("endings"), 0),
    )


def _of(kind: type[Kind], value: Any, otherwise: Kind) -> Kind:
    return value if isinstance(value, kind) else otherwise


def _over(known: Remembered) -> Remembered:
    return replace(known, since=None, seen_at=None, told=0, day=0)


def _settled(known: Remembered, judged: Judged, now: datetime) -> bool:
    return known.seen_at is None or now - known.seen_at >= judged.settle


def _reminds(known: Remembered, judged: Judged, now: datetime) -> bool:
    """A day has gone by, and it is bad enough to be said again."""
    bad = judged.alert.severity.at_least(Severity.MEDIUM)
    return bad and known.since is not None and _day(known.since, now) > known.day


def _day(since: datetime, now: datetime) -> int:
    return (now - since) // _DAY
