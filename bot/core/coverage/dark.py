"""When trails certainly did not log: their status tells the latest start and the latest stop, and no more."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bot.core.coverage.trails import Status
from bot.core.span import Span

_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Dark(NamedTuple):
    """From `since` up to `until` nothing was logged; either may lie outside of the window asked for."""

    since: datetime
    until: datetime

    @property
    def began(self) -> bool:
        """Whether it has a beginning: without one nothing was ever logged before `until`."""
        return self.since > _BEGINNING

    @property
    def ended(self) -> bool:
        """Whether logging was started again."""
        return self.until < _END

    def covers(self, span: Span) -> bool:
        """Whether nothing of the window was logged."""
        return self.since <= span.since and span.until <= self.until


def dark(status: Status, now: datetime) -> tuple[Dark, ...]:
    """When one trail did not log; a start in the future is another clock's, and proves nothing."""
    started, stopped = status.started_at, status.stopped_at
    if not status.logging:
        return (Dark(stopped or _BEGINNING, _END),) if stopped or not started else ()
    if started is None or started > now:
        return ()
    if stopped is None:
        return (Dark(_BEGINNING, started),)
    return (Dark(stopped, started),) if stopped < started else ()


def all_dark(trails: Sequence[Iterable[Dark]], span: Span) -> tuple[Dark, ...]:
    """When none of several logged, as far as it touches the window."""
    if not trails:
        return ()
    common = [Dark(_BEGINNING, _END)]
    for one in trails:
        common = [
            Dark(max(a.since, b.since), min(a.until, b.until))
            for a in common
            for b in one
            if max(a.since, b.since) < min(a.until, b.until)
        ]
    return tuple(each for each in common if each.since < span.until and span.since < each.until)
