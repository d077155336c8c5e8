"""Calls that make new ways in: sign-ins to be known of, keys, passwords, users, rights."""

from bot.core.severity import Severity
from bot.sources.cloudtrail.conditions import new_key, no_mfa, root_signs_in
from bot.sources.cloudtrail.policies import attached, grants, opens
from bot.sources.cloudtrail.rule import Rule

_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_SIGNIN, _IAM = "signin.amazonaws.com", "iam.amazonaws.com"
_USER, _ROLE, _GROUP = ("userName",), ("roleName",), ("groupName",)

SIGN_INS: tuple[Rule, ...] = (
    Rule(_SIGNIN, "ConsoleLogin", _HIGH, "sign in to the console", when=root_signs_in),
    Rule(_SIGNIN, "ConsoleLogin", _HIGH, "sign in to the console without MFA", when=no_mfa),
)

CREDENTIALS: tuple[Rule, ...] = (
    Rule(_IAM, "CreateAccessKey", _MEDIUM, "create an access key for {themselves}", _USER, new_key),
    Rule(_IAM, "CreateLoginProfile", _MEDIUM, "give {themselves} a console password", _USER),
    Rule(_IAM, "UpdateLoginProfile", _MEDIUM, "change the console password for {themselves}", _USER),
    Rule(_IAM, "CreateUser", _LOW, "create the user {}", _USER),
    Rule(_IAM, "DeactivateMFADevice", _MEDIUM, "disable the MFA device for {themselves}", _USER),
    Rule(_IAM, "DeleteVirtualMFADevice", _MEDIUM, "delete the MFA device {}", ("serialNumber",)),
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
        "role-open",
        whole=True,
    ),
    Rule(_IAM, "AddUserToGroup", _LOW, "add the user {} to a group", _USER),
    Rule(_IAM, "DeleteRolePermissionsBoundary", _MEDIUM, "lift the limits of the role {}", _ROLE),
    Rule(_IAM, "DeleteUserPermissionsBoundary", _MEDIUM, "lift the limits of the user {}", _USER),
)
