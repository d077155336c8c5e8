"""The words of an overview: counts by severity, how old a look is, and why nothing is known of a part."""

from datetime import datetime, timedelta
from typing import Literal

from bot.core.glance import Look, Part
from bot.core.hearing.words import long
from bot.core.standing.overview import Counts, Overview

State = Literal["seen", "partly", "refused", "never", "off"]
"""Whether a part is known: whole, of some places, not at all (its look failed), not yet, or nobody is to look."""

LABELS: dict[Part, str] = {
    "problems": "Alerts",
    "open_findings": "GuardDuty",
    "buckets": "Public buckets",
    "compliance": "AWS Config",
    "advice": "Advisor",
    "spend": "This month",
    "forecast": "Forecast",
    "queues": "Queues",
}
_JUST, _MINUTE = timedelta(seconds=10), timedelta(minutes=1)


def state(seen: Overview, part: Part) -> State:
    """How well a part is known."""
    look = seen.looks.get(part)
    if look is None:
        return "off" if part in seen.off else "never"
    if not look.well or getattr(seen, part) is None:
        return "refused"
    return "partly" if look.unseen else "seen"


def why(seen: Overview, part: Part) -> str:
    """Why a part is not known, or not wholly; "" where it is."""
    look = seen.looks.get(part)
    match state(seen, part):
        case "seen":
            return ""
        case "off":
            return seen.off[part]
        case "never":
            return "nobody has looked yet"
        case "partly":
            missing = f"{look.unseen:,} not seen" if look else ""
            return f"{missing}: {look.why}" if look and look.why else missing
        case _:
            return (look.why if look else "") or "the look failed, and the log says why"


def graded(counts: Counts) -> str:
    """`2 critical, 3 high`; "" for none at all."""
    return ", ".join(f"{count:,} {severity.value}" for severity, count in counts if count)


def total(counts: Counts) -> int:
    """How many in all."""
    return sum(count for _, count in counts)


def age(at: datetime, now: datetime) -> str:
    """`just now`, `40 seconds ago`, `4 minutes ago`."""
    if now - at < _JUST:
        return "just now"
    return f"{long(now - at)} ago" if now - at >= _MINUTE else f"{(now - at).seconds} seconds ago"


def latest(seen: Overview) -> Look | None:
    """The newest look at any part."""
    return max(seen.looks.values(), key=lambda look: look.at, default=None)
