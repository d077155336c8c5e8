"""A group's rules and a policy's statements have one normal form, however they are written."""

import json
from urllib.parse import quote

from inline_snapshot import snapshot

from bot.core.configuration.normal import normal
from tests.core.configuration.items import BUCKET, ROLE, group, item, rule


def test_a_groups_rules_are_by_door_and_peer_each_once():
    held = group(
        rule(cidrs=["0.0.0.0/0", {"cidrIp": "10.0.0.0/8", "description": "office"}]),
        rule("-1", userIdGroupPairs=[{"groupId": "sg-0ffe", "userId": "111122223333"}]),
        rule("icmp", 8, -1, ["10.0.0.0/8"]),
        outbound=[rule("-1", ipv6Ranges=[{"cidrIpv6": "::/0"}], prefixListIds=[{"prefixListId": "pl-1"}])],
    )

    assert normal(held)["configuration"] == snapshot(
        {
            "groupId": "sg-0a1b2c",
            "groupName": "web-prod",
            "ipPermissions": {
                "all traffic": {
                    "sg-0ffe": {"ipProtocol": "-1", "groupId": "sg-0ffe", "userId": "111122223333"}
                },
                "icmp type 8": {
                    "10.0.0.0/8": {"ipProtocol": "icmp", "fromPort": 8, "toPort": -1, "cidrIp": "10.0.0.0/8"}
                },
                "tcp 22": {
                    "0.0.0.0/0": {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "0.0.0.0/0"},
                    "10.0.0.0/8": {
                        "ipProtocol": "tcp",
                        "fromPort": 22,
                        "toPort": 22,
                        "cidrIp": "10.0.0.0/8",
                        "description": "office",
                    },
                },
            },
            "ipPermissionsEgress": {
                "all traffic": {
                    "::/0": {"ipProtocol": "-1", "cidrIpv6": "::/0"},
                    "pl-1": {"ipProtocol": "-1", "prefixListId": "pl-1"},
                }
            },
        }
    )


def test_addresses_that_only_the_older_field_has_are_not_lost():
    old = group(rule(ipRanges=["10.0.0.0/8"], ipv4Ranges=[{"cidrIp": "10.1.0.0/16"}]))

    assert list(normal(old)["configuration"]["ipPermissions"]["tcp 22"]) == ["10.0.0.0/8", "10.1.0.0/16"]


def test_rules_of_one_door_in_two_permissions_are_one_set():
    apart = group(rule(cidrs=["10.0.0.0/8"]), rule(cidrs=["10.1.0.0/16"]))

    assert normal(apart) == normal(group(rule(cidrs=["10.1.0.0/16", "10.0.0.0/8"])))


def test_a_field_of_a_rule_that_is_not_known_yet_is_kept():
    (held,) = normal(group(rule(cidrs=["10.0.0.0/8"], newField="x")))["configuration"]["ipPermissions"][
        "tcp 22"
    ].values()

    assert held["newField"] == "x"


def test_permissions_in_another_shape_are_a_set_like_any_other():
    odd = normal(group({"ipProtocol": "tcp", "ipv4Ranges": "all"}, {"ipProtocol": ["tcp"]}))

    assert len(odd["configuration"]["ipPermissions"]) == 2


def test_a_policys_statements_are_by_sid_and_their_parts_sorted():
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Images",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": ["b", "a"],
            },
            {"Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": ["s3:*"], "Resource": "*"},
        ],
    }
    said = {"BucketPolicy": json.dumps({"policyText": json.dumps(policy)})}

    assert normal(item(BUCKET, supplementary=said))["supplementaryConfiguration"] == snapshot(
        {
            "BucketPolicy": {
                "policyText": {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Deny s3:* d7417013": {
                            "Effect": "Deny",
                            "Principal": {"AWS": ["111122223333"]},
                            "Action": ["s3:*"],
                            "Resource": ["*"],
                        },
                        "Images": {
                            "Sid": "Images",
                            "Effect": "Allow",
                            "Principal": "*",
                            "Action": ["s3:GetObject"],
                            "Resource": ["a", "b"],
                        },
                    },
                }
            }
        }
    )


def test_one_statement_that_is_no_list_is_read_like_a_list_of_one():
    one = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trusts = [quote(json.dumps({"Statement": said})) for said in (one, [one])]

    first, second = (normal(item(ROLE, {"assumeRolePolicyDocument": trust})) for trust in trusts)
    assert first == second


def test_policies_of_a_role_are_by_arn_and_by_name():
    held = {
        "attachedManagedPolicies": [
            {"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "policyName": "ReadOnlyAccess"}
        ],
        "rolePolicyList": [{"policyName": "inline", "policyDocument": quote('{"Statement": []}')}],
    }

    assert normal(item(ROLE, held))["configuration"] == snapshot(
        {
            "attachedManagedPolicies": {
                "arn:aws:iam::aws:policy/ReadOnlyAccess": {
                    "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                    "policyName": "ReadOnlyAccess",
                }
            },
            "rolePolicyList": {"inline": {"policyName": "inline", "policyDocument": {}}},
        }
    )
