"""What a row looks for in a call: the shapes AWS writes, loosened and tightened."""

import json

import pytest

from bot.sources.cloudtrail.rule import UNSEEN
from tests.sources.cloudtrail.calls import call, fired, lines

EC2_NEW = {
    "ModifySecurityGroupRulesRequest": {
        "GroupId": "sg-1",
        "SecurityGroupRule": {
            "SecurityGroupRule": {"CidrIpv6": "::/0", "FromPort": 3389, "ToPort": 3389, "IpProtocol": "tcp"},
            "tag": 1,
        },
    }
}


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("ModifySecurityGroupRules", EC2_NEW, ("high", "Port 3389/tcp from anywhere (::/0)")),
        (
            "AuthorizeSecurityGroupIngress",
            {
                "groupId": "sg-1",
                "cidrIp": "0.0.0.0/0",
                "ipProtocol": "tcp",
                "fromPort": 22,
                "toPort": 25,
                "ipPermissions": {},
            },
            ("high", "Ports 22-25/tcp from anywhere (0.0.0.0/0)"),
        ),
        (
            "AuthorizeSecurityGroupIngress",
            {
                "ipPermissions": {
                    "items": [{"ipProtocol": "-1", "ipv6Ranges": {"items": [{"cidrIpv6": "::/0"}]}}]
                }
            },
            ("high", "Every port from anywhere (::/0)"),
        ),
        (
            "AuthorizeSecurityGroupIngress",
            {"cidrIp": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443},
            ("medium", "Port 443/tcp from anywhere (0.0.0.0/0)"),
        ),
        (
            "AuthorizeSecurityGroupIngress",
            {"cidrIp": "192.0.2.0/24", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22},
            None,
        ),
        ("AuthorizeSecurityGroupIngress", None, ("medium", UNSEEN.words)),
        (
            "ModifySnapshotAttribute",
            {"snapshotId": "snap-1", "createVolumePermission": {"add": {"items": [{"group": "all"}]}}},
            ("high", "Everyone may copy it"),
        ),
        (
            "ModifyImageAttribute",
            {"imageId": "ami-1", "launchPermission": {"add": {"items": [{"userId": "444455556666"}]}}},
            ("medium", "Shared with account 444455556666"),
        ),
        (
            "ModifyImageAttribute",
            {"imageId": "ami-1", "launchPermission": {"remove": {"items": [{"group": "all"}]}}},
            None,
        ),
    ],
)
def test_ec2s_shapes_are_all_read(name, parameters, said):
    found = fired(call("ec2", name, parameters))

    assert (found and (found.severity.value, lines(found)[1])) == said


def policy(**statement):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject"} | statement]}


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("PutBucketPolicy", {"bucketPolicy": policy(Principal="*")}, ("high", "Anyone may get object (s3)")),
        (
            "PutBucketPolicy",
            {"bucketPolicy": json.dumps(policy(Principal={"AWS": ["*"]}, Condition={"Bool": {}}))},
            ("medium", "Anyone may get object (s3), under conditions"),
        ),
        (
            "PutBucketPolicy",
            {"bucketPolicy": policy(Principal={"AWS": "arn:aws:iam::444455556666:root"})},
            ("medium", "Allows account 444455556666"),
        ),
        (
            "PutBucketPolicy",
            {"bucketPolicy": policy(Principal={"AWS": "arn:aws:iam::111122223333:role/own"})},
            None,
        ),
        ("PutBucketPolicy", {"bucketPolicy": policy(Effect="Deny", Principal="*")}, None),
        ("PutBucketPolicy", {}, ("medium", UNSEEN.words)),
        ("PutBucketAcl", {"x-amz-acl": ["public-read"]}, ("high", "Anyone may read")),
        ("PutBucketAcl", {"x-amz-acl": ["private"]}, None),
        (
            "PutBucketAcl",
            {
                "AccessControlPolicy": {
                    "AccessControlList": {
                        "Grant": [
                            {"Grantee": {"URI": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}}
                        ]
                    }
                }
            },
            ("high", "Grants access to anyone with an AWS account"),
        ),
        (
            "PutBucketAcl",
            {"x-amz-grant-read": ['uri="http://acs.amazonaws.com/groups/global/AllUsers"']},
            ("high", "Grants access to anyone"),
        ),
        (
            "PutBucketPublicAccessBlock",
            {
                "PublicAccessBlockConfiguration": {
                    "BlockPublicAcls": True,
                    "IgnorePublicAcls": "true",
                    "BlockPublicPolicy": False,
                    "RestrictPublicBuckets": "false",
                }
            },
            ("high", "No longer blocked: public policies, public access by policy"),
        ),
        (
            "PutBucketPublicAccessBlock",
            {
                "PublicAccessBlockConfiguration": dict.fromkeys(
                    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"),
                    True,
                )
            },
            None,
        ),
    ],
)
def test_a_bucket_is_told_when_it_is_loosened_and_not_when_it_is_tightened(name, parameters, said):
    found = fired(call("s3", name, {"bucketName": "acme-payroll"} | parameters))

    assert (found and (found.severity.value, lines(found)[1])) == said
    if found:
        assert [step.words for step in found.next_steps[:2]] == [
            ("s3", "explain", "acme-payroll", "--account", "111122223333"),
            ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:21:07Z"),
        ]


def test_what_may_have_opened_any_bucket_asks_which_are_public():
    (step, *_) = fired(call("s3", "DeleteAccountPublicAccessBlock", {})).next_steps

    assert step.words == ("s3", "public", "--account", "111122223333")


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        (
            "AttachUserPolicy",
            {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess", "userName": "ci"},
            ("high", "The policy is AdministratorAccess"),
        ),
        (
            "AttachUserPolicy",
            {"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "userName": "ci"},
            ("low", "The policy is ReadOnlyAccess"),
        ),
        (
            "AttachUserPolicy",
            {"policyArn": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", "userName": "ci"},
            (
                "high",
                "AWSCompromisedKeyQuarantineV3 is what AWS attaches when it found the user's key in public",
            ),
        ),
        (
            "PutRolePolicy",
            {"roleName": "r", "policyDocument": json.dumps(policy(Action="*", Resource="*"))},
            ("high", "It allows everything on everything"),
        ),
        (
            "PutRolePolicy",
            {"roleName": "r", "policyDocument": json.dumps(policy(Resource="*"))},
            ("low", "It allows get object (s3)"),
        ),
        ("PutUserPolicy", {"userName": "u", "policyDocument": json.dumps(policy(Effect="Deny"))}, None),
        (
            "UpdateAssumeRolePolicy",
            {"roleName": "r", "policyDocument": json.dumps(policy(Principal={"AWS": "444455556666"}))},
            ("medium", "Allows account 444455556666"),
        ),
        (
            "UpdateAssumeRolePolicy",
            {
                "roleName": "r",
                "policyDocument": json.dumps(policy(Principal={"Service": "ec2.amazonaws.com"})),
            },
            None,
        ),
    ],
)
def test_a_grant_is_as_bad_as_what_it_grants(name, parameters, said):
    found = fired(call("iam", name, parameters))

    assert (found and (found.severity.value, lines(found)[1])) == said


@pytest.mark.parametrize(
    ("principal", "said"),
    [
        ("*", ("high", "Anyone may call it")),
        ("444455556666", ("medium", "Account 444455556666 may call it")),
        ("arn:aws:iam::444455556666:root", ("medium", "Account 444455556666 may call it")),
        ("111122223333", None),
        ("s3.amazonaws.com", None),
    ],
)
def test_a_function_opened_to_strangers_is_told(principal, said):
    found = fired(call("lambda", "AddPermission20150331v2", {"functionName": "f", "principal": principal}))

    assert (found and (found.severity.value, lines(found)[1])) == said
