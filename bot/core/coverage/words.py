"""How trails and moments are said in a caveat."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.core.coverage.trails import Trail


def utc(at: datetime) -> str:
    """`2026-09-08 03:11 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def names(trails: Sequence[Trail]) -> str:
    """`the trail acme-trail`, or several."""
    listed = " and ".join(trail.name for trail in trails)
    return f"the trail{'s' if len(trails) > 1 else ''} {listed}"
