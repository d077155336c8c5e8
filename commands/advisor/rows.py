"""The contract's row of `advisor list` and `advisor show`: one a check, an account, and a source."""

from typing import Any

from bot.core.advice.compared import flags
from bot.core.advice.opinion import Opinion
from commands.advisor.words import flagged

COLUMNS = (
    *("check", "name", "status", "source", "flagged", "resources"),
    *("account_id", "category", "looked_at", "unknown_because", "at", "details"),
)


def row(one: Opinion) -> dict[str, Any]:
    """One opinion; None is unknown. `flagged` counts what `resources` names; `details` say of each why."""
    found = flags(one)
    return {
        "check": one.check.id,
        "name": one.check.name,
        "status": one.status,
        "source": one.by,
        "flagged": flagged(one),
        "resources": [each.resource for each in found],
        "account_id": one.account_id or None,
        "category": one.check.category or None,
        "looked_at": one.looked_at,
        "unknown_because": list(one.unknown_because),
        "at": one.at,
        "details": [
            {
                "resource": each.resource,
                "region": each.region or None,
                "status": each.status,
                "why": each.why or None,
            }
            for each in found
        ],
    }
