"""How many of GuardDuty's findings are open in an account and region, by severity: one request, however many."""

from typing import Any

from bot.adapters.aws.findings_asked import Asked
from bot.adapters.aws.findings_counted import by_severity
from bot.adapters.aws.pace import Pace, Tally
from bot.core.configuration.item import Place
from bot.core.findings.criteria import criteria
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity


def open_findings(guardduty: Any) -> dict[Severity, int] | None:
    """Counts of what the region's detector holds and nobody archived; None where there is no detector.

    `guardduty` is boto3's client. An administrator's detector holds its members' findings too. Raises AccessDenied,
    Throttled, Upstream.
    """
    asked = Asked(Place("", guardduty.meta.region_name), guardduty, Pace(), Tally())
    detectors = asked.ask("list_detectors", "DetectorIds")["DetectorIds"]
    return by_severity(asked, str(detectors[0]), criteria(Wanted())) if detectors else None
