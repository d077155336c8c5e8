"""What an answer could not see, from the trails as they were found; one function for every question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.coverage.delivery import DELIVERY
from bot.core.coverage.need import Need
from bot.core.coverage.trails import Trails
from bot.core.coverage.unseen import unseen
from bot.core.span import Span
from bot.core.view import Caveat

ABOUT_TRAILS = frozenset(
    {
        "no-trail",
        "logging-stopped",
        "logging-gap",
        "single-region-trail",
        "management-reads-off",
        "management-writes-off",
        "management-partial",
        "sources-excluded",
        "global-events-off",
        "data-events-off",
        "data-events-partial",
        "delivery-failing",
        "trail-unknown",
    }
)
"""What the account's trails lack: `/trail coverage` tells how to have it recorded."""
DOUBTS = ABOUT_TRAILS | {"files-skipped", "records-undated", "partitions-missing", "outside-the-table"}
"""With nothing found, each of these may be why."""


def caveats(
    found: bool,
    need: Need,
    span: Span,
    trails: Trails,
    now: datetime,
    more: Sequence[Caveat] = (),
) -> tuple[Caveat, ...]:
    """All caveats of an answer, those of the trails before `more` (the engine's); each code and message once.

    Where nothing was found, whatever leaves that in doubt weighs "blind".
    """
    whole = dict.fromkeys((*unseen(trails, need, span, now), *more))
    if found:
        return tuple(whole)
    doubts = DOUBTS | {"not-delivered-yet"} if span.since >= now - DELIVERY else DOUBTS
    return tuple(replace(one, weight="blind") if one.code in doubts else one for one in whole)
