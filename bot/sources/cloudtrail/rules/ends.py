"""Calls that end what another row brought about: the trail logs again, the key is enabled again."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.conditions import is_
from bot.sources.cloudtrail.rule import Seen, named

_EC2, _KMS, _LAMBDA = "ec2.amazonaws.com", "kms.amazonaws.com", "lambda.amazonaws.com"
_KEY, _FUNCTION = ("keyId",), ("functionName",)


@dataclass(frozen=True, slots=True)
class End:
    """A kind of call, the state that it ends (a rule's `brings`) and a few words of why all is well."""

    event_source: str
    event_name: str
    ends: str
    words: str
    resource: tuple[str, ...] = ()
    when: Callable[[Call], Seen | None] | None = None

    def sees(self, call: Call) -> bool:
        """Whether this call, having worked, is of this kind."""
        mine = (call.event_source, call.event_name) == (self.event_source, self.event_name)
        return mine and not call.failed and (self.when is None or self.when(call) is not None)

    def of(self, call: Call) -> str | None:
        """The thing it was done to."""
        return named(call, self.resource)


ENDS: tuple[End, ...] = (
    End("cloudtrail.amazonaws.com", "StartLogging", "trail-off", "the trail logs again", ("name",)),
    End("guardduty.amazonaws.com", "CreateDetector", "guardduty-off", "GuardDuty is on again"),
    End(
        "guardduty.amazonaws.com",
        "UpdateDetector",
        "guardduty-off",
        "GuardDuty is on again",
        when=is_("enable", True),
    ),
    End("securityhub.amazonaws.com", "EnableSecurityHub", "securityhub-off", "Security Hub is on again"),
    End(
        "config.amazonaws.com",
        "StartConfigurationRecorder",
        "config-off",
        "Config records again",
        ("configurationRecorderName",),
    ),
    End(_EC2, "DeleteSecurityGroup", "opened", "the security group is deleted", ("groupId", "groupName")),
    End(_EC2, "EnableSnapshotBlockPublicAccess", "snapshots-open", "public snapshots are blocked again"),
    End(_EC2, "EnableImageBlockPublicAccess", "images-open", "public images are blocked again"),
    End(_EC2, "EnableEbsEncryptionByDefault", "disks-unencrypted", "new disks are encrypted again"),
    End(
        "rds.amazonaws.com",
        "ModifyDBInstance",
        "database-open",
        "the database is private again",
        ("dBInstanceIdentifier",),
        is_("publiclyAccessible", False),
    ),
    End(_LAMBDA, "DeleteFunctionUrlConfig", "function-open", "the function's address is gone", _FUNCTION),
    End(
        _LAMBDA,
        "UpdateFunctionUrlConfig",
        "function-open",
        "the function asks who calls",
        _FUNCTION,
        is_("authType", "AWS_IAM"),
    ),
    End(
        "secretsmanager.amazonaws.com",
        "DeleteResourcePolicy",
        "secret-policy",
        "the secret's policy is gone",
        ("secretId",),
    ),
    End(
        "ecr.amazonaws.com",
        "DeleteRepositoryPolicy",
        "repository-policy",
        "the repository's policy is gone",
        ("repositoryName",),
    ),
    End(_KMS, "EnableKey", "key-disabled", "the key is enabled again", _KEY),
    End(_KMS, "CancelKeyDeletion", "key-deletion", "the key will not be deleted", _KEY),
)
