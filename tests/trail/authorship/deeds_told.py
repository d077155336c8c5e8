"""What can be done to resources in the generated archive: the call as CloudTrail writes it, and its effect on the state.

A state is what Config would say: configuration, supplementary configuration, tags. An effect changes one, whatever it is
by then.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

State = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One call and what it does."""

    event: str
    request: dict[str, Any]
    effect: Callable[[State], None]
    response: dict[str, Any] | None = None
    source: str = "ec2.amazonaws.com"
    more: dict[str, Any] = field(default_factory=dict)

    def done_to(self, state: State) -> State:
        changed = copy.deepcopy(state)
        self.effect(changed)
        return changed


def _doc(rng):
    action = rng.choice(["s3:GetObject", "s3:ListBucket", "sqs:SendMessage", "sts:AssumeRole"])
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": f"S{rng.randrange(9999)}", "Effect": "Allow", "Action": action, "Resource": "*"}
        ],
    }


# -- security groups


def _permission(port, cidr):
    return {
        "fromPort": port,
        "toPort": port,
        "ipProtocol": "tcp",
        "ipRanges": [cidr],
        "ipv4Ranges": [{"cidrIp": cidr}],
        "ipv6Ranges": [],
        "prefixListIds": [],
        "userIdGroupPairs": [],
    }


def group_rule(rng, name):
    port, cidr = rng.choice([22, 80, 443, 3306]), rng.choice(["0.0.0.0/0", "10.0.0.0/8", "192.0.2.0/24"])
    side = rng.choice(["Ingress", "Ingress", "Ingress", "Egress"])
    held = "ipPermissions" if side == "Ingress" else "ipPermissionsEgress"
    adds = rng.random() < 0.6
    one = _permission(port, cidr)

    def effect(state):
        rules = [rule for rule in state["configuration"][held] if rule != one]
        state["configuration"][held] = sorted([*rules, one] if adds else rules, key=json.dumps)

    request = {"groupId": name} | rng.choice(
        [
            {
                "ipPermissions": {
                    "items": [
                        {
                            "ipProtocol": "tcp",
                            "fromPort": port,
                            "toPort": port,
                            "groups": {},
                            "ipv6Ranges": {},
                            "prefixListIds": {},
                            "ipRanges": {"items": [{"cidrIp": cidr}]},
                        }
                    ]
                }
            },
            {"ipPermissions": {}, "ipProtocol": "tcp", "fromPort": port, "toPort": port, "cidrIp": cidr},
        ]
    )
    if not adds and rng.random() < 0.2:
        request = {
            "groupId": name,
            "securityGroupRuleIds": {"items": [{"securityGroupRuleId": f"sgr-{rng.randrange(10**9):017}"}]},
        }
    verb = "AuthorizeSecurityGroup" if adds else "RevokeSecurityGroup"
    return Act(f"{verb}{side}", request, effect, {"_return": True})


def ec2_tags(rng, name):
    key, value = rng.choice(["Team", "Env", "Cost"]), rng.choice(["a", "b", "c", "d"])
    others = [f"vol-{rng.randrange(10**9):017}" for _ in range(rng.choice([0, 0, 3]))]
    items = [{"resourceId": one} for one in (*others, name)]

    def effect(state):
        state["tags"][key] = value

    request = {"resourcesSet": {"items": items}, "tagSet": {"items": [{"key": key, "value": value}]}}
    return Act("CreateTags", request, effect, {"_return": True})


# -- instances


def instance_setting(rng, name):
    kind = rng.choice(["instanceType", "disableApiTermination", "sourceDestCheck"])
    value = (
        rng.choice(["m5.large", "m5.xlarge", "t3.micro"])
        if kind == "instanceType"
        else rng.choice([True, False])
    )

    def effect(state):
        state["configuration"][kind] = value

    return Act(
        "ModifyInstanceAttribute", {"instanceId": name, kind: {"value": value}}, effect, {"_return": True}
    )


def instance_state(rng, name):
    event, code, said = rng.choice([("StopInstances", 80, "stopped"), ("StartInstances", 16, "running")])

    def effect(state):
        state["configuration"]["state"] = {"code": code, "name": said}

    return Act(event, {"instancesSet": {"items": [{"instanceId": name}]}, "force": False}, effect)


def instance_metadata(rng, name):
    tokens = rng.choice(["required", "optional"])

    def effect(state):
        state["configuration"]["metadataOptions"] = {"httpTokens": tokens, "httpEndpoint": "enabled"}

    wrapped = {"ModifyInstanceMetadataOptionsRequest": {"InstanceId": name, "HttpTokens": tokens}}
    return Act("ModifyInstanceMetadataOptions", wrapped, effect)


# -- buckets


def _bucket(event, name, effect, **request):
    arns = [{"type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{name}", "accountId": "111122223333"}]
    host = {"bucketName": name, "Host": f"{name}.s3.eu-west-1.amazonaws.com"}
    return Act(event, host | request, effect, source="s3.amazonaws.com", more={"resources": arns})


def bucket_policy(rng, name):
    document = _doc(rng)

    def put(state):
        state["supplementary"]["BucketPolicy"] = {"policyText": document}

    def delete(state):
        state["supplementary"]["BucketPolicy"] = {"policyText": None}

    if rng.random() < 0.25:
        return _bucket("DeleteBucketPolicy", name, delete, policy="")
    return _bucket("PutBucketPolicy", name, put, bucketPolicy=document, policy="")


def bucket_block(rng, name):
    flags = {
        key: rng.choice([True, False]) for key in ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy")
    }

    def effect(state):
        said = {key[0].lower() + key[1:]: value for key, value in flags.items()}
        state["supplementary"]["PublicAccessBlockConfiguration"] = said

    return _bucket(
        "PutBucketPublicAccessBlock",
        name,
        effect,
        PublicAccessBlockConfiguration=flags | {"xmlns": "x"},
        publicAccessBlock="",
    )


def bucket_versions(rng, name):
    status = rng.choice(["Enabled", "Suspended"])

    def effect(state):
        state["supplementary"]["BucketVersioningConfiguration"] = {
            "status": status,
            "isMfaDeleteEnabled": None,
        }

    return _bucket("PutBucketVersioning", name, effect, VersioningConfiguration={"Status": status})


def bucket_encryption(rng, name):
    how = rng.choice(["AES256", "aws:kms"])

    def effect(state):
        rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": how}}
        state["supplementary"]["ServerSideEncryptionConfiguration"] = {"rules": [rule]}

    said = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": how}}}
    return _bucket("PutBucketEncryption", name, effect, ServerSideEncryptionConfiguration=said, encryption="")


def bucket_tags(rng, name):
    tags = {
        key: rng.choice(["a", "b", "c"]) for key in rng.sample(["Team", "Env", "Cost"], rng.choice([1, 2]))
    }

    def effect(state):
        state["tags"] = dict(tags)

    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    said = {"TagSet": {"Tag": listed if len(listed) > 1 else listed[0]}}
    return _bucket("PutBucketTagging", name, effect, Tagging=said, tagging="")
