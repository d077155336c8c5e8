"""How many findings there are, counted by GuardDuty itself: a few requests, however many there are.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindingsStatistics.html
"""

from typing import Any

from bot.adapters.aws.findings_asked import Asked
from bot.core.findings.bands import band
from bot.core.findings.counts import BANDS, Counts, named
from bot.core.findings.criteria import Criteria, of_band
from bot.core.severity import Severity

_MOST = 100
"""So many groups an answer holds, the largest; there is no way to the rest."""


def by_severity(asked: Asked, detector: str, criteria: Criteria) -> dict[Severity, int]:
    """How many of each of GuardDuty's bands meet the criteria."""
    counts = dict.fromkeys(BANDS, 0)
    for each in _groups(asked, detector, criteria, "SEVERITY", "GroupedBySeverity"):
        counts[band(float(each["Severity"]))] += int(each["TotalFindings"])
    return counts


def types(asked: Asked, detector: str, criteria: Criteria) -> dict[str, int]:
    """How many there are of each type, of 100 at most."""
    told = _groups(asked, detector, criteria, "FINDING_TYPE", "GroupedByFindingType")
    return {str(each["FindingType"]): int(each["TotalFindings"]) for each in told}


def counts(asked: Asked, detector: str, criteria: Criteria, *, administers: bool) -> Counts:
    """All that meet the criteria; they are of the place's own account where it `administers` no other."""
    told = {each: count for each, count in by_severity(asked, detector, criteria).items() if count}
    bands = [(each, narrowed) for each in told if (narrowed := of_band(criteria, each))]
    kinds = {each: types(asked, detector, narrowed) for each, narrowed in bands}
    own = asked.place.account_id
    whose = {
        each: _accounts(asked, detector, narrowed) if administers or not own else {own: told[each]}
        for each, narrowed in bands
    }
    return Counts(told, named(told, kinds), named(told, whose))


def _accounts(asked: Asked, detector: str, criteria: Criteria) -> dict[str, int]:
    told = _groups(asked, detector, criteria, "ACCOUNT", "GroupedByAccount")
    return {str(each["AccountId"]): int(each["TotalFindings"]) for each in told}


def _groups(asked: Asked, detector: str, criteria: Criteria, by: str, holds: str) -> list[dict[str, Any]]:
    answer = asked.ask(
        "get_findings_statistics",
        "FindingStatistics",
        DetectorId=detector,
        FindingCriteria={"Criterion": criteria},
        GroupBy=by,
        MaxResults=_MOST,
    )
    return list(answer["FindingStatistics"].get(holds) or ())
