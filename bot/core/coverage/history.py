"""CloudTrail's event history keeps management calls whatever trails are told: they say nothing of its answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.coverage.need import Need
from bot.core.view import Caveat

EVENT_HISTORY: Final = "event-history-only"
"""The caveat of an answer that came from the event history."""


def need_by(need: Need, told: Sequence[Caveat]) -> Need:
    """What an answer depends on whose engine told these caveats."""
    return replace(need, by_trail=False) if any(one.code == EVENT_HISTORY for one in told) else need
