"""A place's suppression rules: its filters that archive.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFilter.html
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.adapters.aws.findings_asked import Asked
from bot.adapters.aws.findings_detector import Station
from bot.core import moment
from bot.core.findings.rules import Rule
from bot.core.view import Caveat

_PAGE: Final = 50
_EVERY: Final = 10_000
"""More filters than a detector may have: all pages are read."""


def rules(asked: Asked, detector: str) -> list[Rule]:
    """Those that archive, in the order in which they are applied; raises AccessDenied, Throttled, Upstream."""
    names, _ = asked.pages("list_filters", "FilterNames", _EVERY, DetectorId=detector, MaxResults=_PAGE)
    filters = (asked.ask("get_filter", DetectorId=detector, FilterName=name) for name in names)
    return [_rule(asked, each) for each in filters if each.get("Action") == "ARCHIVE"]


def undecided(members: Sequence[Station], name: Callable[[str], str]) -> list[Caveat]:
    """Places whose rules another account makes, whom nobody asked."""
    by_administrator: dict[str, list[str]] = {}
    for each in members:
        where = f"{name(each.place.account_id)} {each.place.region}"
        by_administrator.setdefault(each.told.administrator, []).append(where)
    return [
        Caveat(
            "rules-not-seen",
            f"{', '.join(places)}: account {administrator} makes the rules there, "
            "and no role of it is in the settings (accounts, role_arn)",
            "blind",
        )
        for administrator, places in by_administrator.items()
    ]


def _rule(asked: Asked, answer: dict[str, Any]) -> Rule:
    criteria = (answer.get("FindingCriteria") or {}).get("Criterion") or {}
    return Rule(
        asked.place,
        str(answer.get("Name") or ""),
        # boto3 gives an old and a new spelling of each operator, of which one is filled.
        {
            path: {name: wanted for name, wanted in conditions.items() if wanted not in (None, [])}
            for path, conditions in criteria.items()
        },
        str(answer.get("Description") or ""),
        moment.read(answer.get("CreatedAt")),
    )
