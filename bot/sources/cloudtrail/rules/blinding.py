"""Calls that blind us: trails, detectors, recorders, logs switched off or narrowed."""

from bot.core.severity import Severity
from bot.sources.cloudtrail.conditions import blind_selectors, features_off, is_, narrower, no_insights
from bot.sources.cloudtrail.logs import of_logs, short_lived
from bot.sources.cloudtrail.rule import Rule

_CRITICAL, _HIGH, _MEDIUM, _LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
_TRAIL, _DUTY, _CONFIG = "cloudtrail.amazonaws.com", "guardduty.amazonaws.com", "config.amazonaws.com"
_EC2, _ORG, _S3 = "ec2.amazonaws.com", "organizations.amazonaws.com", "s3.amazonaws.com"
_HUB = "securityhub.amazonaws.com"
_TRAILS, _RECORDER, _BUCKET = ("name", "trailName"), ("configurationRecorderName",), ("bucketName",)
_ARCHIVES = is_("action", "ARCHIVE", "What it matches is archived unseen")

TRAILS: tuple[Rule, ...] = (
    Rule(_TRAIL, "StopLogging", _CRITICAL, "stop the trail {}", _TRAILS, brings="trail-off"),
    Rule(_TRAIL, "DeleteTrail", _CRITICAL, "delete the trail {}", _TRAILS, brings="trail-off"),
    Rule(_TRAIL, "UpdateTrail", _MEDIUM, "change the trail {}", _TRAILS),
    Rule(_TRAIL, "PutEventSelectors", _MEDIUM, "change what the trail {} records", _TRAILS, blind_selectors),
    Rule(
        _TRAIL, "PutInsightSelectors", _LOW, "switch the insights of the trail {} off", _TRAILS, no_insights
    ),
    Rule(_TRAIL, "DeleteEventDataStore", _HIGH, "delete the event data store {}", ("eventDataStore",)),
    Rule(_S3, "DeleteBucket", _HIGH, "delete the log bucket {}", _BUCKET, of_logs),
    Rule(_S3, "PutBucketLifecycle", _HIGH, "let the logs in the bucket {} expire", _BUCKET, short_lived),
    Rule(
        _S3, "DeleteBucketEncryption", _MEDIUM, "remove the encryption of the log bucket {}", _BUCKET, of_logs
    ),
    Rule(_EC2, "DeleteFlowLogs", _HIGH, "delete flow logs"),
)

DETECTORS: tuple[Rule, ...] = (
    Rule(_DUTY, "DeleteDetector", _CRITICAL, "switch GuardDuty off", brings="guardduty-off"),
    Rule(
        _DUTY,
        "UpdateDetector",
        _CRITICAL,
        "switch GuardDuty off",
        when=is_("enable", False),
        brings="guardduty-off",
    ),
    Rule(_DUTY, "UpdateDetector", _HIGH, "weaken GuardDuty", when=features_off),
    Rule(_DUTY, "DisassociateFromAdministratorAccount", _HIGH, "leave GuardDuty's administrator account"),
    Rule(_DUTY, "DisassociateFromMasterAccount", _HIGH, "leave GuardDuty's administrator account"),
    Rule(_DUTY, "DisassociateMembers", _HIGH, "remove accounts from GuardDuty's administrator"),
    Rule(_DUTY, "DeleteMembers", _HIGH, "remove accounts from GuardDuty's administrator"),
    Rule(_DUTY, "StopMonitoringMembers", _HIGH, "stop GuardDuty's view of member accounts"),
    Rule(_DUTY, "CreateFilter", _MEDIUM, "silence GuardDuty findings by the filter {}", ("name",), _ARCHIVES),
    Rule(
        _DUTY,
        "UpdateFilter",
        _MEDIUM,
        "silence GuardDuty findings by the filter {}",
        ("filterName",),
        _ARCHIVES,
    ),
    Rule(_DUTY, "CreateIPSet", _MEDIUM, "set addresses that GuardDuty trusts", ("name",)),
    Rule(_DUTY, "UpdateIPSet", _MEDIUM, "change the addresses that GuardDuty trusts", ("name",)),
    Rule(_DUTY, "DeletePublishingDestination", _MEDIUM, "stop GuardDuty's export of findings"),
    Rule(_HUB, "DisableSecurityHub", _HIGH, "switch Security Hub off", brings="securityhub-off"),
    Rule(_HUB, "BatchDisableStandards", _MEDIUM, "switch standards of Security Hub off"),
    Rule(
        "access-analyzer.amazonaws.com",
        "DeleteAnalyzer",
        _MEDIUM,
        "delete the analyzer {}",
        ("analyzerName",),
    ),
)

RECORDERS: tuple[Rule, ...] = (
    Rule(
        _CONFIG,
        "StopConfigurationRecorder",
        _HIGH,
        "stop the Config recorder {}",
        _RECORDER,
        brings="config-off",
    ),
    Rule(
        _CONFIG,
        "DeleteConfigurationRecorder",
        _HIGH,
        "delete the Config recorder {}",
        _RECORDER,
        brings="config-off",
    ),
    Rule(_CONFIG, "PutConfigurationRecorder", _MEDIUM, "narrow what Config records", when=narrower),
    Rule(
        _CONFIG,
        "DeleteDeliveryChannel",
        _HIGH,
        "delete the delivery channel {} of Config",
        ("deliveryChannelName",),
    ),
    Rule(_CONFIG, "DeleteConfigRule", _LOW, "delete the Config rule {}", ("configRuleName",)),
    Rule(_ORG, "LeaveOrganization", _CRITICAL, "leave the organization"),
    Rule(
        _ORG,
        "RemoveAccountFromOrganization",
        _HIGH,
        "remove the account {} from the organization",
        ("accountId",),
    ),
    Rule(_ORG, "DisablePolicyType", _HIGH, "switch a kind of organization policy off"),
    Rule(_ORG, "DetachPolicy", _MEDIUM, "detach an organization policy from the target {}", ("targetId",)),
    Rule("account.amazonaws.com", "EnableRegion", _MEDIUM, "enable the region {}", ("RegionName",)),
)

BLINDING: tuple[Rule, ...] = (*TRAILS, *DETECTORS, *RECORDERS)
