"""The table: which calls are sensitive, how bad each is, and in which words.

A row is an API's event source and event name as CloudTrail writes them (Lambda's carry a date), the
severity when it worked, and the words; `when` looks at the call itself. The first row that sees
something wins. The names make the EventBridge pattern, whose length AWS limits to 2,048 characters.
"""

from bot.core.severity import Severity
from bot.sources.cloudtrail.conditions import (
    blind_selectors,
    features_off,
    is_,
    lambda_for_strangers,
    lifted_block,
    new_key,
    no_mfa,
    public_acl,
    root_signs_in,
    shared,
    world,
)
from bot.sources.cloudtrail.policies import attached, grants, opens
from bot.sources.cloudtrail.rule import Rule

_CRITICAL, _HIGH, _MEDIUM, _LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
_SIGNIN, _TRAIL, _S3 = "signin.amazonaws.com", "cloudtrail.amazonaws.com", "s3.amazonaws.com"
_DUTY, _CONFIG, _IAM = "guardduty.amazonaws.com", "config.amazonaws.com", "iam.amazonaws.com"
_EC2, _RDS, _KMS = "ec2.amazonaws.com", "rds.amazonaws.com", "kms.amazonaws.com"
_LAMBDA, _ORG = "lambda.amazonaws.com", "organizations.amazonaws.com"

_BUCKET, _TRAILS, _KEY = ("bucketName",), ("name", "trailName"), ("keyId",)
_USER, _ROLE, _GROUP = ("userName",), ("roleName",), ("groupName",)
_VOLUMES = ("createVolumePermission", "add")

SIGN_INS: tuple[Rule, ...] = (
    Rule(_SIGNIN, "ConsoleLogin", _HIGH, "sign in to the console", when=root_signs_in),
    Rule(_SIGNIN, "ConsoleLogin", _HIGH, "sign in to the console without MFA", when=no_mfa),
)

BLINDING: tuple[Rule, ...] = (
    Rule(_TRAIL, "StopLogging", _CRITICAL, "stop the trail {}", _TRAILS),
    Rule(_TRAIL, "DeleteTrail", _CRITICAL, "delete the trail {}", _TRAILS),
    Rule(_TRAIL, "UpdateTrail", _MEDIUM, "change the trail {}", _TRAILS),
    Rule(_TRAIL, "PutEventSelectors", _MEDIUM, "change what the trail {} records", _TRAILS, blind_selectors),
    Rule(_TRAIL, "DeleteEventDataStore", _HIGH, "delete the event data store {}", ("eventDataStore",)),
    Rule(_DUTY, "DeleteDetector", _CRITICAL, "switch GuardDuty off", ("detectorId",)),
    Rule(_DUTY, "UpdateDetector", _CRITICAL, "switch GuardDuty off", ("detectorId",), is_("enable", False)),
    Rule(_DUTY, "UpdateDetector", _HIGH, "weaken GuardDuty", ("detectorId",), features_off),
    Rule(_DUTY, "DisassociateFromAdministratorAccount", _HIGH, "leave GuardDuty's administrator account"),
    Rule(_DUTY, "DisassociateFromMasterAccount", _HIGH, "leave GuardDuty's administrator account"),
    Rule(_DUTY, "DisassociateMembers", _HIGH, "remove accounts from GuardDuty's administrator"),
    Rule(_DUTY, "DeleteMembers", _HIGH, "remove accounts from GuardDuty's administrator"),
    Rule(_DUTY, "StopMonitoringMembers", _HIGH, "stop GuardDuty's view of member accounts"),
    Rule(
        _DUTY,
        "CreateFilter",
        _MEDIUM,
        "silence GuardDuty findings by the filter {}",
        ("name",),
        is_("action", "ARCHIVE", "What it matches is archived unseen"),
    ),
    Rule(_DUTY, "CreateIPSet", _MEDIUM, "set addresses that GuardDuty trusts", ("name",)),
    Rule(_DUTY, "UpdateIPSet", _MEDIUM, "change the addresses that GuardDuty trusts", ("name",)),
    Rule(
        _CONFIG,
        "StopConfigurationRecorder",
        _HIGH,
        "stop the Config recorder {}",
        ("configurationRecorderName",),
    ),
    Rule(
        _CONFIG,
        "DeleteConfigurationRecorder",
        _HIGH,
        "delete the Config recorder {}",
        ("configurationRecorderName",),
    ),
    Rule(
        _CONFIG,
        "DeleteDeliveryChannel",
        _HIGH,
        "delete the delivery channel {} of Config",
        ("deliveryChannelName",),
    ),
    Rule(_EC2, "DeleteFlowLogs", _HIGH, "delete flow logs"),
    Rule("securityhub.amazonaws.com", "DisableSecurityHub", _HIGH, "switch Security Hub off"),
    Rule(_ORG, "LeaveOrganization", _CRITICAL, "leave the organization"),
    Rule(_ORG, "DisablePolicyType", _HIGH, "switch a kind of organization policy off"),
    Rule("account.amazonaws.com", "EnableRegion", _MEDIUM, "enable the region {}", ("RegionName",)),
)

OPENING: tuple[Rule, ...] = (
    Rule(_S3, "PutBucketPolicy", _HIGH, "open the bucket {} by its policy", _BUCKET, opens("bucketPolicy")),
    Rule(_S3, "DeleteBucketPolicy", _LOW, "delete the policy of the bucket {}", _BUCKET),
    Rule(_S3, "PutBucketAcl", _HIGH, "open the bucket {} by its ACL", _BUCKET, public_acl),
    Rule(
        _S3,
        "PutBucketPublicAccessBlock",
        _HIGH,
        "weaken the public access block of the bucket {}",
        _BUCKET,
        lifted_block,
    ),
    Rule(
        _S3,
        "DeleteBucketPublicAccessBlock",
        _HIGH,
        "delete the public access block of the bucket {}",
        _BUCKET,
    ),
    Rule(
        _S3,
        "PutAccountPublicAccessBlock",
        _HIGH,
        "weaken the account's public access block",
        when=lifted_block,
    ),
    Rule(_S3, "DeleteAccountPublicAccessBlock", _HIGH, "delete the account's public access block"),
    Rule(
        _EC2,
        "AuthorizeSecurityGroupIngress",
        _HIGH,
        "open the security group {} to the internet",
        ("groupId", "groupName"),
        world,
    ),
    Rule(_EC2, "ModifySecurityGroupRules", _HIGH, "open a security group to the internet", when=world),
    Rule(
        _EC2,
        "ModifySnapshotAttribute",
        _HIGH,
        "share the snapshot {}",
        ("snapshotId",),
        shared(*_VOLUMES),
    ),
    Rule(
        _EC2,
        "ModifyImageAttribute",
        _HIGH,
        "share the image {}",
        ("imageId",),
        shared("launchPermission", "add"),
    ),
    Rule(_EC2, "DisableSnapshotBlockPublicAccess", _MEDIUM, "allow public snapshots"),
    Rule(_EC2, "DisableImageBlockPublicAccess", _MEDIUM, "allow public images"),
    Rule(
        _RDS,
        "ModifyDBSnapshotAttribute",
        _HIGH,
        "share the database snapshot {}",
        ("dBSnapshotIdentifier",),
        shared("valuesToAdd"),
    ),
    Rule(
        _RDS,
        "ModifyDBClusterSnapshotAttribute",
        _HIGH,
        "share the database snapshot {}",
        ("dBClusterSnapshotIdentifier",),
        shared("valuesToAdd"),
    ),
    Rule(
        _RDS,
        "ModifyDBInstance",
        _HIGH,
        "open the database {} to the internet",
        ("dBInstanceIdentifier",),
        is_("publiclyAccessible", True),
    ),
    Rule(
        _LAMBDA,
        "AddPermission20150331v2",
        _MEDIUM,
        "open the function {}",
        ("functionName",),
        lambda_for_strangers,
    ),
    Rule(
        _LAMBDA,
        "CreateFunctionUrlConfig",
        _HIGH,
        "open the address of the function {} to anyone",
        ("functionName",),
        is_("authType", "NONE"),
    ),
    Rule(_KMS, "DisableKey", _HIGH, "disable the key {}", _KEY),
    Rule(_KMS, "ScheduleKeyDeletion", _HIGH, "schedule the key {} for deletion", _KEY),
    Rule(_KMS, "PutKeyPolicy", _MEDIUM, "open the key {} by its policy", _KEY, opens("policy")),
)

CREDENTIALS: tuple[Rule, ...] = (
    Rule(_IAM, "CreateAccessKey", _MEDIUM, "create an access key for {themselves}", _USER, new_key),
    Rule(_IAM, "CreateLoginProfile", _MEDIUM, "give {themselves} a console password", _USER),
    Rule(_IAM, "UpdateLoginProfile", _MEDIUM, "change the console password for {themselves}", _USER),
    Rule(_IAM, "CreateUser", _LOW, "create the user {}", _USER),
    Rule(_IAM, "DeactivateMFADevice", _MEDIUM, "disable the MFA device for {themselves}", _USER),
    Rule(_IAM, "UploadSigningCertificate", _MEDIUM, "upload a signing certificate for {themselves}", _USER),
    Rule(_IAM, "CreateSAMLProvider", _HIGH, "add the identity provider {}", ("name",)),
    Rule(_IAM, "UpdateSAMLProvider", _HIGH, "change the identity provider {}", ("sAMLProviderArn",)),
    Rule(_IAM, "CreateOpenIDConnectProvider", _MEDIUM, "add the identity provider {}", ("url",)),
    Rule(_IAM, "AttachUserPolicy", _LOW, "give the user {} a policy", _USER, attached),
    Rule(_IAM, "AttachRolePolicy", _LOW, "give the role {} a policy", _ROLE, attached),
    Rule(_IAM, "AttachGroupPolicy", _LOW, "give the group {} a policy", _GROUP, attached),
    Rule(_IAM, "PutUserPolicy", _LOW, "give the user {} permissions", _USER, grants),
    Rule(_IAM, "PutRolePolicy", _LOW, "give the role {} permissions", _ROLE, grants),
    Rule(_IAM, "PutGroupPolicy", _LOW, "give the group {} permissions", _GROUP, grants),
    Rule(_IAM, "CreatePolicyVersion", _LOW, "change the policy {}", ("policyArn",), grants),
    Rule(_IAM, "SetDefaultPolicyVersion", _LOW, "change the version of the policy {}", ("policyArn",)),
    Rule(
        _IAM,
        "UpdateAssumeRolePolicy",
        _HIGH,
        "open the role {} to others",
        _ROLE,
        opens("policyDocument"),
    ),
    Rule(_IAM, "AddUserToGroup", _LOW, "add the user {} to a group", _USER),
    Rule(_IAM, "DeleteRolePermissionsBoundary", _MEDIUM, "lift the limits of the role {}", _ROLE),
    Rule(_IAM, "DeleteUserPermissionsBoundary", _MEDIUM, "lift the limits of the user {}", _USER),
)

RULES: tuple[Rule, ...] = (*SIGN_INS, *BLINDING, *OPENING, *CREDENTIALS)
