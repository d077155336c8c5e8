"""When a change that Config recorded can have been made.

Config captures a change one to ten minutes after it was made, fifteen at most as a rule (docs: AWS Config FAQ, how
quickly are changes recorded), so a call before the previous item was captured may still be this one's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.configuration.revision import Revision
from bot.core.span import Span

LATE = timedelta(minutes=15)
"""So long after a change its item is captured, at most, when all is well."""
_WIDE = timedelta(minutes=60)
_DAY = timedelta(hours=24)
SKEW = timedelta(minutes=1)
"""Clocks of services differ a little."""


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` when all was well, from `wide` when recording was slow or stopped; up to `until`, included."""

    wide: datetime
    since: datetime
    until: datetime
    captured_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether a call of then is what was captured, all being well."""
        return self.since <= at <= self.until

    def reaches(self, at: datetime) -> bool:
        """Whether it may be, were the recording slow."""
        return self.wide <= at <= self.until


def window(revision: Revision) -> Window:
    """When the change of this revision can have been made."""
    captured = revision.item.captured_at
    since = captured - (_DAY if revision.item.daily else LATE)
    # Changes of longer ago than the item before stand in that one.
    before = revision.before.captured_at - LATE if revision.before else since
    return Window(min(before, since, captured - _WIDE), since, captured + SKEW, captured)


def hull(windows: Sequence[Window], now: datetime, seen: Span | None) -> Span | None:
    """The one span that holds them all, and what else was asked about; None for nothing to look at."""
    ends = [(one.wide, one.until) for one in windows]
    if seen:
        ends.append((seen.since, seen.until))
    if not ends:
        return None
    since = min(begin for begin, _ in ends)
    until = min(max(end for _, end in ends) + timedelta(seconds=1), now)
    return Span(since, until) if since < until else None
