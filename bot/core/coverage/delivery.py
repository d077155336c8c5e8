"""How far the newest logs have come: by the trails' own word where they give it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.core.coverage.trails import Trail
from bot.core.coverage.words import names, utc
from bot.core.span import Span
from bot.core.view import Caveat

DELIVERY = timedelta(minutes=15)
"""CloudTrail delivers in about 5 minutes on average and promises nothing (docs: Working with log files)."""
LATE = timedelta(minutes=30)
"""A trail whose last delivery is older is late, or has nothing to deliver; either way that is how far we see."""


def deliveries(recorders: Sequence[Trail], span: Span, now: datetime) -> Iterator[Caveat]:
    """What has not come yet of the window; at most one, the worst."""
    logging = [trail for trail in recorders if trail.status and trail.status.logging]
    known = [trail.status for trail in logging if trail.status]
    latest = max((status.delivered_at for status in known if status.delivered_at), default=None)
    certain = all(trail.status for trail in recorders)
    if known and certain and all(status.delivery_error for status in known):
        yield _failing(logging, latest, span)
    elif known and certain and latest and latest < min(now - LATE, span.until):
        yield _late(logging, latest, span)
    elif (not recorders or logging or not certain) and span.until > now - DELIVERY:
        late = "the last 15 minutes or so: CloudTrail may not have delivered them yet"
        yield Caveat("not-delivered-yet", late)


def _failing(trails: Sequence[Trail], latest: datetime | None, span: Span) -> Caveat:
    errors = sorted({trail.status.delivery_error for trail in trails if trail.status})
    since = f"since {utc(latest)}" if latest else "at all"
    said = f"what {names(trails)} can’t deliver: nothing came {since}; S3 says {', '.join(errors)}"
    return Caveat("delivery-failing", said, "blind" if latest and latest <= span.since else "note")


def _late(trails: Sequence[Trail], latest: datetime, span: Span) -> Caveat:
    said = f"what happened since {utc(latest)}: that was the last delivery of {names(trails)}"
    return Caveat("delivery-late", said, "blind" if latest <= span.since else "note")
