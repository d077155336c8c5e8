"""AWS's managed rules, as far as the stand-in truly evaluates them: on a resource's newest item.

https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

Item = Mapping[str, Any]

_SSH = 22
_ANYBODY = {"0.0.0.0/0", "::/0"}
_BLOCKS = ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of one account and region, which is evaluated whenever a resource of its type changes."""

    name: str
    identifier: str
    """What AWS calls the managed rule."""
    description: str
    resource_type: str
    complies: Callable[[Item], bool]

    def evaluates(self, item: Item) -> bool:
        """Whether the rule is about this resource."""
        return bool(item["resourceType"] == self.resource_type)

    def ident(self, place: tuple[str, str]) -> str:
        """Its id in an account and region."""
        return f"config-rule-{sha256(f'{place}/{self.name}'.encode()).hexdigest()[:6]}"

    def arn(self, place: tuple[str, str]) -> str:
        """Its ARN in an account and region."""
        account_id, region = place
        return f"arn:aws:config:{region}:{account_id}:config-rule/{self.ident(place)}"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a rule says of a resource since its newest item."""

    rule: Rule
    item: Item

    @property
    def compliance(self) -> str:
        """COMPLIANT or NON_COMPLIANT."""
        return "COMPLIANT" if self.rule.complies(self.item) else "NON_COMPLIANT"

    @property
    def captured(self) -> datetime:
        """When the item was captured that the rule looked at."""
        at: datetime = self.item["configurationItemCaptureTime"]
        return at

    def told(self) -> dict[str, Any]:
        """As GetComplianceDetails answers it; these rules annotate nothing."""
        invoked = self.captured + timedelta(seconds=21, milliseconds=317)
        return {
            "EvaluationResultIdentifier": {
                "EvaluationResultQualifier": {
                    "ConfigRuleName": self.rule.name,
                    "ResourceType": self.item["resourceType"],
                    "ResourceId": self.item["resourceId"],
                    "EvaluationMode": "DETECTIVE",
                },
                "OrderingTimestamp": self.captured,
            },
            "ComplianceType": self.compliance,
            "ResultRecordedTime": invoked + timedelta(milliseconds=842),
            "ConfigRuleInvokedTime": invoked,
        }


def ssh_is_restricted(item: Item) -> bool:
    """No rule of the group lets everybody reach port 22, alone or within a range."""
    return not any(
        _reaches_ssh(permission) and _ANYBODY & set(_sources(permission))
        for permission in item["configuration"]["ipPermissions"]
    )


def bucket_blocks_public_access(item: Item) -> bool:
    """All four of the bucket's own settings are on."""
    block = item["supplementaryConfiguration"].get("PublicAccessBlockConfiguration") or {}
    return all(block.get(name) for name in _BLOCKS)


def _reaches_ssh(permission: Mapping[str, Any]) -> bool:
    if permission["ipProtocol"] == "-1":
        return True
    if permission["ipProtocol"] != "tcp":
        return False  # others need not have ports
    return int(permission["fromPort"]) <= _SSH <= int(permission["toPort"])


def _sources(permission: Mapping[str, Any]) -> Iterator[str]:
    yield from (each["cidrIp"] for each in permission["ipv4Ranges"])
    yield from (each["cidrIpv6"] for each in permission["ipv6Ranges"])


RESTRICTED_SSH = Rule(
    "restricted-ssh",
    "INCOMING_SSH_DISABLED",
    "Checks if the incoming SSH traffic for the security groups is accessible.",
    "AWS::EC2::SecurityGroup",
    ssh_is_restricted,
)
BUCKET_LEVEL_BLOCK = Rule(
    "s3-bucket-level-public-access-prohibited",
    "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    "Checks if S3 buckets are publicly accessible.",
    "AWS::S3::Bucket",
    bucket_blocks_public_access,
)
