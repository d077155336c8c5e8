"""What the trails can't have recorded of that which a question needs."""

from datetime import datetime, timedelta

from bot.core.coverage.need import Need
from bot.core.coverage.trails import Trails
from bot.core.span import Span
from bot.core.view import Caveat

DELIVERY = timedelta(minutes=15)
"""CloudTrail delivers in about 5 minutes on average and promises nothing (docs: Working with log files)."""


def unseen(trails: Trails, need: Need, span: Span, now: datetime) -> tuple[Caveat, ...]:
    """What is missing, weighed as for an answer that found something."""
    del trails, need
    if span.until <= now - DELIVERY:
        return ()
    return (
        Caveat(
            "not-delivered-yet",
            "the last 15 minutes or so: CloudTrail may not have delivered them yet",
        ),
    )
