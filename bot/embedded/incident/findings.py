"""What GuardDuty finds of the theft, in the shape of its events and in the shape of its API.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.embedded.incident.chance import guid
from bot.embedded.incident.evidence import (
    bitcoin_domain_asked,
    credentials_compromised,
    payroll_exfiltrated,
    port_probed,
    tor_caller,
)
from bot.embedded.incident.story import Incident

# These hold data under names of its own choosing; the API leaves LoginAttributes as it is, too.
_MAPS = {"affectedResources", "profiles", "behavior"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One finding: when GuardDuty sends it, and its `detail` in camelCase."""

    at: datetime
    detail: Json

    @property
    def id(self) -> str:
        """32 hex digits, the same for a seed."""
        return str(self.detail["id"])

    @property
    def type(self) -> str:
        """As in `Exfiltration:S3/AnomalousBehavior`."""
        return str(self.detail["type"])

    @property
    def account_id(self) -> str:
        """The account in which it happened."""
        return str(self.detail["accountId"])

    @property
    def region(self) -> str:
        """The region of the detector that found it."""
        return str(self.detail["region"])

    @property
    def severity(self) -> float:
        """GuardDuty's number: 9 and up is critical, 7 high, 4 medium."""
        return float(self.detail["severity"])


def findings(incident: Incident) -> list[Finding]:
    """All findings in the order in which the demo sends them: first that payroll leaves the house.

    `Finding.at` tells when each occurred; the caller from Tor, for one, was seen an hour before.
    """
    told = (payroll_exfiltrated, tor_caller, port_probed, bitcoin_domain_asked, credentials_compromised)
    return [Finding(*tell(incident)) for tell in told]


def eventbridge(finding: Finding) -> Json:
    """The finding as the event that a rule hands to its target."""
    return {
        "version": "0",
        "id": guid(finding.id[:24]),
        "detail-type": "GuardDuty Finding",
        "source": "aws.guardduty",
        "account": finding.account_id,
        "time": f"{finding.at:%Y-%m-%dT%H:%M:%SZ}",
        "region": finding.region,
        "resources": [],
        "detail": finding.detail,
    }


def guardduty_api(finding: Finding) -> Json:
    """The finding as GetFindings returns it: the same, in PascalCase."""
    api: Json = _pascal(finding.detail)
    return api


def _pascal(value: Any) -> Any:
    if isinstance(value, list):
        return [_pascal(member) for member in value]
    if not isinstance(value, dict):
        return value
    return {
        name[:1].upper() + name[1:]: inner if name in _MAPS else _pascal(inner)
        for name, inner in value.items()
    }
