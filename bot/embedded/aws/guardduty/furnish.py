"""GuardDuty at Acme: prod administers it, staging is its member, and not everything is on everywhere."""

from bot.embedded.aws.guardduty.detectors import switch
from bot.embedded.aws.guardduty.organization import Place, detector_of
from bot.embedded.aws.stand_in import AwsStandIn
from bot.embedded.incident import Incident

_OFF_AT_HOME = ("LAMBDA_NETWORK_LOGS",)
_OFF_IN_STAGING = ("EBS_MALWARE_PROTECTION", "LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS")
_SUSPENDED = "us-east-1"


def detectors(incident: Incident) -> dict[Place, str]:
    """The ids of all detectors: staging has none in the region where Acme never ran anything."""
    prod = {(incident.prod.id, region): incident.detector_id(region) for region in incident.regions}
    staging = {
        (incident.staging.id, region): incident.hexadecimal(f"detector/staging/{region}", 32)
        for region in incident.regions
        if region != incident.gpu_region
    }
    return prod | staging


def furnish_guardduty(stand_in: AwsStandIn, incident: Incident) -> None:
    """Make prod the administrator, once the detectors are there; suspend one of staging's, and switch parts off."""
    stand_in.findings.organization.delegate(incident.prod.id, incident.staging.id)
    at_home, now = incident.home_region, stand_in.clock()
    for account_id, off in ((incident.prod.id, _OFF_AT_HOME), (incident.staging.id, _OFF_IN_STAGING)):
        if detector := detector_of((account_id, at_home)):
            switch(detector, [{"Name": name, "Status": "DISABLED"} for name in off], now)
    if suspended := detector_of((incident.staging.id, _SUSPENDED)):
        suspended.enabled = False
