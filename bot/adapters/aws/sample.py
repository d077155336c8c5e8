"""Has GuardDuty make a sample finding, which then goes the way of every finding.

Docs: GuardDuty API reference, CreateSampleFindings (it answers with nothing, so the sample is looked for);
GuardDuty user guide, EventBridge: a new finding is sent within minutes, a repeated one only every
FindingPublishingFrequency, six hours unless said otherwise. So each sample is of a type that has none yet.
"""

import time
from collections.abc import Callable
from typing import Any

import boto3

from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import client
from bot.core.alert import Finding
from bot.errors import AccessDenied, NotConfigured, Upstream

TYPES = (
    "Recon:EC2/PortProbeUnprotectedPort",
    "UnauthorizedAccess:EC2/SSHBruteForce",
    "UnauthorizedAccess:EC2/RDPBruteForce",
    "Policy:IAMUser/RootCredentialUsage",
    "Stealth:IAMUser/PasswordPolicyChange",
    "Stealth:IAMUser/CloudTrailLoggingDisabled",
    "Stealth:S3/ServerAccessLoggingDisabled",
    "Policy:S3/BucketBlockPublicAccessDisabled",
)
"""All of them low, so that nobody is woken."""

_LISTED_AFTER = 20


def send_sample(session: boto3.Session, *, pause: Callable[[float], object] = time.sleep) -> Finding:
    """Make a sample in the session's account and region, and give it as soon as GuardDuty lists it.

    `pause` takes seconds. Raises NotConfigured where GuardDuty is not on, AccessDenied, Throttled, Upstream.
    """
    guardduty = client("guardduty", session=session)
    detector, region = _detector(guardduty), str(guardduty.meta.region_name)
    kind = next((kind for kind in TYPES if not _ids(guardduty, detector, kind)), None)
    if kind is None:
        raise Upstream(
            f"Every kind of sample that I send is in GuardDuty in {region} already, and it sends repeats too late.",
            "Set AWS_REGION to another region where GuardDuty is on; findings go after 90 days.",
        )
    _create(guardduty, detector, kind)
    for _ in range(_LISTED_AFTER):
        if ids := _ids(guardduty, detector, kind):
            return _finding(guardduty, detector, ids[0])
        pause(1)
    raise Upstream(
        f"GuardDuty said that it made a sample of {kind}, but does not list it.", "Try again in a minute."
    )


def _detector(guardduty: Any) -> str:
    """There is at most one a region (docs: GuardDuty user guide, Concepts)."""
    region = guardduty.meta.region_name
    with asking("guardduty:ListDetectors", "which detector there is"):
        found = guardduty.list_detectors()["DetectorIds"]
    if not found:
        raise NotConfigured(
            f"GuardDuty is not on in {region}, so it can't send a sample.",
            f"aws guardduty create-detector --enable --region {region} (or set AWS_REGION to where it is on)",
        )
    detector = str(found[0])
    with asking("guardduty:GetDetector", "whether it is on"):
        on = guardduty.get_detector(DetectorId=detector)["Status"] == "ENABLED"
    if not on:
        raise NotConfigured(
            f"GuardDuty is suspended in {region}, so it can't send a sample.",
            f"aws guardduty update-detector --enable --detector-id {detector} --region {region}",
        )
    return detector


def _create(guardduty: Any, detector: str, kind: str) -> None:
    try:
        with asking("guardduty:CreateSampleFindings", "for a sample finding"):
            guardduty.create_sample_findings(DetectorId=detector, FindingTypes=[kind])
    except AccessDenied as error:
        hint = (
            f"Allow {error.action} to whoever runs this, or run it as somebody who may; the bot needs it not."
        )
        raise AccessDenied(error.message, hint, action=error.action) from error


def _ids(guardduty: Any, detector: str, kind: str) -> list[str]:
    """Findings of the type, newest first, archived ones too."""
    with asking("guardduty:ListFindings", "for samples"):
        found = guardduty.list_findings(
            DetectorId=detector,
            FindingCriteria={"Criterion": {"type": {"Equals": [kind]}}},
            SortCriteria={"AttributeName": "createdAt", "OrderBy": "DESC"},
        )
    return [str(each) for each in found["FindingIds"]]


def _finding(guardduty: Any, detector: str, finding_id: str) -> Finding:
    with asking("guardduty:GetFindings", "for the sample"):
        (found,) = guardduty.get_findings(DetectorId=detector, FindingIds=[finding_id])["Findings"]
    return Finding(str(found["AccountId"]), str(found["Region"]), finding_id)
