"""The contract's row of `guardduty list` and `guardduty show`."""

from typing import Any

from bot.core.findings.finding import Finding
from bot.core.findings.telling import telling

COLUMNS = (
    *("finding_id", "type", "severity", "severity_label", "title", "resource", "account_id", "region"),
    *("first_seen", "last_seen", "count", "archived", "sample"),
)


def row(finding: Finding) -> dict[str, Any]:
    """One finding; None is unknown."""
    told = telling(finding)
    return {
        "finding_id": finding.id,
        "type": finding.type,
        "severity": finding.severity,
        "severity_label": told.severity.value,
        "title": told.title,
        "resource": told.resource,
        "account_id": finding.account_id,
        "region": finding.region,
        "first_seen": told.first_seen,
        "last_seen": told.last_seen,
        "count": told.count,
        "archived": finding.service.archived,
        "sample": told.sample,
    }
