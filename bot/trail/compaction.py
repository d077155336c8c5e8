"""Which publish days the compact copy must be made of: told from the raw files there are, and what each day was made of.

A day is copied whole, once it is over. What it was made of is kept beside it, so a run that broke off, a file that
came late and a second replica are one case: the day's files are not what its copy was made of, so it is made anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, Protocol

from bot.core.view import Caveat
from bot.ports import Progress
from bot.trail.events import EVENTS, STORED

EDITION: Final = 2
"""Raised by whoever changes what a stored column means: copies of another edition are read no more, and made anew."""

SETTLED: Final = timedelta(hours=1)
"""A day's files go on coming for about 15 minutes after it (docs: How CloudTrail works); so much later it is copied."""

LATE_DAYS: Final = 3
"""How many days that are over every run looks at again, for files that came late."""

UNKNOWN_REACH: Final = timedelta(days=90)
"""How far a run looks back where the table does not tell its first day."""

State = Literal["made", "kept", "failed", "too-early"]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A log file: what tells it from others (its key, its path: always the same), and its bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class DayCopied:
    """What came of one publish day: `bytes_read` as billed, or as read; `why` says what failed, and the next step."""

    day: date
    state: State
    files: int = 0
    bytes_read: int = 0
    bytes_written: int = 0
    cost_usd: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What one run did, newest day first; `caveats` are what somebody should know of beside (copies left over)."""

    engine: str
    seconds: float
    days: tuple[DayCopied, ...] = ()
    caveats: tuple[Caveat, ...] = ()


class Compactor(Protocol):
    """Keeps the compact copy: Athena's in S3, or DuckDB's beside a log folder."""

    def compact(self, progress: Progress, since: date | None) -> Compacted:
        """Make every day that is `due`; one that fails is told, and the rest is gone on with.

        Safe to break off anywhere, to run twice and on several replicas. Raises NotConfigured where there is no
        place for a copy, AccessDenied and Upstream where nothing can be looked at at all.
        """


def made_of(files: Iterable[RawFile]) -> str:
    """What a copy of these files is made of, as one text: the same for the same names and sizes, in any order."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(f"{file.name}\0{file.size}\0".encode("utf-8", "surrogateescape"))
    return f"{_form()}:{digest.hexdigest()}"


def readable(mark: str) -> bool:
    """Whether a copy with this mark (of `made_of`) has the columns that questions ask for, meaning the same."""
    return mark.startswith(f"{_form()}:")


def _form() -> str:
    columns = ",".join(f"{name} {EVENTS[name].kind}" for name in STORED)
    return hashlib.sha256(f"{EDITION}:{columns}".encode()).hexdigest()[:16]


def is_over(day: date, now: datetime) -> bool:
    """Whether the day (of UTC) can be copied."""
    return now >= datetime.combine(day + timedelta(days=1), time(), UTC) + SETTLED


def due(
    marks: Mapping[date, str], now: datetime, *, first: date | None, since: date | None
) -> tuple[date, ...]:
    """The days to look at, newest first, for that is what is asked most.

    All from `since` on; without, those that have no readable copy, and the last few for files that came late.
    `marks` are the copies there are, `first` is the trail's first day, where it is known.
    """
    begin = max(day for day in (first, since, date.min) if day)
    if begin == date.min:
        begin = (now - UNKNOWN_REACH).date()
    days = [day for day in _down(now.astimezone(UTC).date(), begin) if is_over(day, now)]
    late = set(days[:LATE_DAYS])
    return tuple(day for day in days if since or day in late or not readable(marks.get(day, "")))


def too_early(now: datetime, since: date | None) -> tuple[date, ...]:
    """The days that have begun and are not over, newest first."""
    today = now.astimezone(UTC).date()
    return tuple(
        day for day in (today, today - timedelta(days=1)) if not is_over(day, now) and day >= (since or day)
    )


def _down(last: date, first: date) -> Iterable[date]:
    return (last - timedelta(days=n) for n in range((last - first).days + 1))
