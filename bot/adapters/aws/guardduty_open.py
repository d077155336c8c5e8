"""How many of GuardDuty's findings are open in an account and region, by severity: one request, however many.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindingsStatistics.html
"""

from typing import Any

from bot.adapters.aws.errors import asking
from bot.core.findings.bands import band
from bot.core.severity import Severity

_NOT_ARCHIVED = {"Criterion": {"service.archived": {"Equals": ["false"]}}}
_MOST = 100


def open_findings(guardduty: Any) -> dict[Severity, int] | None:
    """Counts of what the region's detector holds and nobody archived; None where there is no detector.

    An administrator's detector holds its members' findings too. Raises AccessDenied, Throttled, Upstream.
    """
    with asking("guardduty:ListDetectors", "which detector there is"):
        detectors = guardduty.list_detectors()["DetectorIds"]
    if not detectors:
        return None
    with asking("guardduty:GetFindingsStatistics", "how many findings are open"):
        told = guardduty.get_findings_statistics(
            DetectorId=detectors[0], FindingCriteria=_NOT_ARCHIVED, GroupBy="SEVERITY", MaxResults=_MOST
        )
    counts = dict.fromkeys(Severity, 0)
    for each in told["FindingStatistics"].get("GroupedBySeverity") or ():
        counts[band(float(each["Severity"]))] += int(each["TotalFindings"])
    del counts[Severity.INFO]  # GuardDuty has none
    return counts
