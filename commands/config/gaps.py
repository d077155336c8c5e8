"""Stretches in which nothing was recorded, as Config's own status and CloudTrail's calls tell of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.configuration.revision import Gap
from bot.core.span import Span

_NEVER = datetime.max.replace(tzinfo=UTC)


def merged(found: Iterable[Gap], span: Span) -> tuple[Gap, ...]:
    """Each stretch once, newest first, of those that reach into the span.

    Of two that overlap the longer one's words stand: CloudTrail's say who stopped the recorder, Config's do not.
    """
    whole: list[Gap] = []
    for one in sorted(found, key=lambda gap: (gap.since, -len(gap.why))):
        if whole and one.since <= _end(whole[-1]):
            whole[-1] = _joined(whole[-1], one)
        else:
            whole.append(one)
    return tuple(one for one in reversed(whole) if one.since < span.until and _end(one) > span.since)


def _joined(one: Gap, other: Gap) -> Gap:
    until = None if None in (one.until, other.until) else max(_end(one), _end(other))
    why = max(one.why, other.why, key=len)
    return replace(one, since=min(one.since, other.since), until=until, why=why)


def _end(gap: Gap) -> datetime:
    return gap.until or _NEVER
