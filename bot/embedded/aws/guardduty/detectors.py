"""Detectors: on, suspended, or not there, and which of their protections are on.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.guardduty.models import Detector

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.asking import Asking

FOUNDATIONS = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS")
"""What no detector goes without."""
AGENTS = ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT")
PROTECTIONS = {
    "S3_DATA_EVENTS": True,
    "EKS_AUDIT_LOGS": True,
    "EBS_MALWARE_PROTECTION": True,
    "RDS_LOGIN_EVENTS": True,
    "EKS_RUNTIME_MONITORING": False,
    "LAMBDA_NETWORK_LOGS": True,
    "RUNTIME_MONITORING": False,
}
"""The protection plans, and whether a new detector has them on."""


class Detectors(Asking):
    """What it answers about the detector of an account and region."""

    def create_detector(self) -> ActionResult:
        """Make it; there is one at most."""
        asked, backend, now = self.asked(), self.guardduty_backend, self.findings.clock()
        if backend.detectors:
            raise BadRequest(
                "The request is rejected because a detector already exists for the current account."
            )
        every = asked.get("FindingPublishingFrequency") or "SIX_HOURS"
        made = backend.create_detector(bool(asked["Enable"]), every, {}, asked.get("Tags") or {}, [])
        detector = backend.detectors[made]
        detector.created_at = detector.updated_at = now
        switch(detector, asked.get("Features") or (), now)
        return ActionResult({"DetectorId": made})

    def get_detector(self) -> ActionResult:
        """All there is to know of it."""
        detector = self.guardduty_backend.detectors[self.asked()["DetectorId"]]
        told = {each["Name"]: each for each in features(detector)}
        return ActionResult(
            {
                "CreatedAt": _instant(detector.created_at),
                "UpdatedAt": _instant(detector.updated_at),
                "FindingPublishingFrequency": detector.finding_publish_freq,
                "ServiceRole": detector.service_role,
                "Status": _status(on=detector.enabled),
                "Tags": detector.tags,
                "Features": list(told.values()),
                "DataSources": _data_sources({name: each["Status"] for name, each in told.items()}),
            }
        )

    def update_detector(self) -> ActionResult:
        """Switch it, or parts of it, on or off; how often repeats are told is the administrator's to say."""
        asked, now = self.asked(), self.findings.clock()
        every = asked.get("FindingPublishingFrequency")
        if self.findings.organization.is_member(self.place()):
            every = None
        detector = self.guardduty_backend.detectors[asked["DetectorId"]]
        detector.update(asked.get("Enable"), every, None, None)
        switch(detector, asked.get("Features") or (), now)
        detector.updated_at = now
        return EmptyResult()


def features(detector: Detector) -> list[dict[str, Any]]:
    """Every protection with its status, in the order in which AWS tells them."""
    kept = {each["Name"]: each for each in detector.features}
    plain = [{"Name": name, "Status": "ENABLED", "UpdatedAt": detector.created_at} for name in FOUNDATIONS]
    return plain + [
        kept.get(name) or _feature(name, detector.created_at, on=on) for name, on in PROTECTIONS.items()
    ]


def switch(detector: Detector, asked: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Switch protections (`Name`, `Status`) on or off; raises BadRequest for one that there is not."""
    kept = {each["Name"]: each for each in detector.features}
    for each in asked:
        if each["Name"] not in PROTECTIONS or each.get("Status") not in {"ENABLED", "DISABLED"}:
            raise BadRequest("The request is rejected because the parameter features has an invalid value.")
        kept[each["Name"]] = _feature(each["Name"], now, on=each["Status"] == "ENABLED")
    detector.features = list(kept.values())


def _feature(name: str, at: datetime, *, on: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"Name": name, "Status": _status(on=on), "UpdatedAt": at}
    agents = {"RUNTIME_MONITORING": AGENTS, "EKS_RUNTIME_MONITORING": AGENTS[:1]}.get(name, ())
    if agents:
        told["AdditionalConfiguration"] = [
            {"Name": each, "Status": "DISABLED", "UpdatedAt": at} for each in agents
        ]
    return told


def _data_sources(status: dict[str, str]) -> dict[str, Any]:
    """The older way to say some of the same."""
    scans = {"EbsVolumes": {"Status": status["EBS_MALWARE_PROTECTION"]}}
    return {
        "CloudTrail": {"Status": status["CLOUD_TRAIL"]},
        "DNSLogs": {"Status": status["DNS_LOGS"]},
        "FlowLogs": {"Status": status["FLOW_LOGS"]},
        "S3Logs": {"Status": status["S3_DATA_EVENTS"]},
        "Kubernetes": {"AuditLogs": {"Status": status["EKS_AUDIT_LOGS"]}},
        "MalwareProtection": {"ScanEc2InstanceWithFindings": scans},
    }


def _status(*, on: bool) -> str:
    return "ENABLED" if on else "DISABLED"


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"
