"""The overview as the store keeps it, and back."""

from collections.abc import Mapping
from typing import Any

from bot.core import glance
from bot.core.kept import Recall, keep
from bot.core.severity import Severity
from bot.core.standing import overview
from bot.core.standing.overview import Overview
from bot.errors import BadEvent

_recall = Recall(
    (
        *(overview.Overview, overview.Money, overview.Alerts, Severity),
        *(glance.MonthEnd, glance.OpenProblem, glance.Waiting, glance.RecentPress),
        *(glance.Buckets, glance.Broken, glance.Advised, glance.Depth, glance.Look),
    )
)


def as_body(seen: Overview) -> dict[str, Any]:
    """It as JSON-ready data."""
    return {"it": keep(seen)}


def from_body(body: Mapping[str, Any]) -> Overview:
    """It again; raises BadEvent for what is none, or of a version that this one can't read."""
    seen = _recall(body.get("it"))
    if not isinstance(seen, Overview):
        raise BadEvent(
            "The store holds no overview where one should be.", "Is it shared with another program?"
        )
    return seen
