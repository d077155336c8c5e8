"""What was opened to everybody, and which protections went off; nothing else is flagged."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from bot.core.configuration.dangers import flags
from bot.core.configuration.revision import Flag
from tests.core.configuration.items import BUCKET, FUNCTION, NOON, ROLE, group, item, rule

DATABASE, KEY, TRAIL = "AWS::RDS::DBInstance", "AWS::KMS::Key", "AWS::CloudTrail::Trail"
PUBLIC = {
    "Sid": "Images",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::a/*",
}
PRIVATE = PUBLIC | {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def codes(old, new):
    return [flag.code for flag in flags(old, new)]


def words(old, new):
    return [flag.words for flag in flags(old, new)]


def bucket(**supplementary):
    return item(BUCKET, supplementary={name: json.dumps(held) for name, held in supplementary.items()})


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def role(*principals, **more):
    trusts = [{"Effect": "Allow", "Principal": one, "Action": "sts:AssumeRole"} for one in principals]
    return item(ROLE, {"assumeRolePolicyDocument": quote(policy(*trusts)), **more})


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        (rule(cidrs=["0.0.0.0/0"]), "port 22 open to the internet"),
        (rule(ipv6Ranges=[{"cidrIpv6": "::/0"}]), "port 22 open to the internet"),
        (rule("udp", 20, 25, ["0.0.0.0/0"]), "ports 20-25 (udp) open to the internet"),
        (rule("-1", cidrs=["0.0.0.0/0"]), "every port open to the internet"),
        (rule("tcp", 0, 65535, ["0.0.0.0/0"]), "every port open to the internet"),
        (rule("icmp", -1, -1, ["0.0.0.0/0"]), "icmp open to the internet"),
    ],
)
def test_a_door_that_opens_to_everybody_is_flagged_with_its_port(opened, said):
    assert flags(group(), group(opened)) == (Flag("open-to-the-internet", said),)


def test_doors_that_open_at_once_are_one_flag():
    new = group(rule(cidrs=["0.0.0.0/0"]), rule("tcp", 3389, cidrs=["0.0.0.0/0"]))

    assert words(group(), new) == ["port 22, port 3389 open to the internet"]


def test_what_stood_open_before_is_not_flagged_again():
    old, new = (
        group(rule(cidrs=["0.0.0.0/0"])),
        group(rule(cidrs=["0.0.0.0/0", "10.0.0.0/8"]), rule("tcp", 443)),
    )

    assert flags(old, new) == flags(new, old) == ()


def test_going_out_to_everybody_is_no_danger():
    assert flags(group(), group(outbound=[rule("-1", cidrs=["0.0.0.0/0"])])) == ()


def test_the_first_item_is_flagged_where_the_resource_is_new_or_it_is_not_said():
    opened = group(rule(cidrs=["0.0.0.0/0"]), status="ResourceDiscovered")

    assert codes(None, opened) == ["open-to-the-internet"]
    assert codes(None, replace(opened, created_at=NOON - timedelta(hours=1))) == ["open-to-the-internet"]
    assert codes(None, replace(opened, created_at=NOON - timedelta(days=2))) == []


def test_what_is_made_again_is_new():
    assert codes(item(status="ResourceDeleted"), group(rule(cidrs=["0.0.0.0/0"]))) == ["open-to-the-internet"]


def test_a_deletion_and_an_unknown_state_are_no_dangers():
    opened = group(rule(cidrs=["0.0.0.0/0"]))

    assert flags(opened, item(status="ResourceDeleted")) == ()
    assert flags(group(), group(rule(cidrs=["0.0.0.0/0"]), status="ResourceNotRecorded")) == ()
    assert flags(item(status="ResourceNotRecorded"), opened) == ()


def test_a_bucket_policy_that_becomes_public_is_flagged_with_what_it_lets_everybody_do():
    old, new = (bucket(BucketPolicy={"policyText": policy(one)}) for one in (PRIVATE, PUBLIC))

    assert flags(old, new) == (Flag("public-policy", "the policy lets everybody read"),)
    assert flags(new, old) == flags(new, new) == ()
    assert codes(bucket(BucketPolicy={"policyText": None}), new) == ["public-policy"]


def test_what_block_public_access_stops_is_flagged_when_it_no_longer_does():
    public = {"policyText": policy(PUBLIC)}
    stopped, off = (
        bucket(BucketPolicy=public, PublicAccessBlockConfiguration={"restrictPublicBuckets": on})
        for on in (True, False)
    )

    assert words(bucket(BucketPolicy={"policyText": policy(PRIVATE)}), stopped) == []
    assert codes(stopped, off) == ["public-policy", "public-access-block-off"]
    assert codes(off, stopped) == []


def test_a_public_policy_that_lets_more_is_flagged_again():
    old, new = (
        bucket(BucketPolicy={"policyText": policy(PUBLIC | {"Action": acts})})
        for acts in (["s3:GetObject"], ["s3:*"])
    )

    assert words(old, new) == ["the policy lets everybody do everything"]


@pytest.mark.parametrize(
    "resource_type", [KEY, FUNCTION, "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::ECR::Repository"]
)
def test_policies_of_other_resources_are_judged_too(resource_type):
    old, new = (
        item(resource_type, {"policy": policy(one | {"Action": "*", "Resource": "*"})})
        for one in (PRIVATE, PUBLIC)
    )

    assert words(old, new) == ["the policy lets everybody use it"]
    assert words(item(resource_type), item(resource_type, supplementary={"Policy": policy(PUBLIC)})) != []


def test_a_role_that_anybody_may_assume_is_flagged_and_a_federated_one_is_not():
    service = {"Service": "ec2.amazonaws.com"}
    github = {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}

    assert words(role(service), role({"AWS": "*"})) == ["everybody with an AWS account may assume it"]
    assert words(role(service), role(service, github, {"AWS": "444455556666"})) == []


def test_a_role_that_a_condition_may_keep_closed_is_not_flagged():
    trust = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
    doubtful = trust | {"Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}
    closed, opened = (
        item(ROLE, {"assumeRolePolicyDocument": quote(policy(one))}) for one in (doubtful, trust)
    )

    assert flags(role({"Service": "ec2.amazonaws.com"}), closed) == ()
    assert codes(closed, opened) == ["public-trust"]


def test_being_given_everything_is_flagged():
    admin = [
        {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess", "policyName": "AdministratorAccess"}
    ]
    inline = [
        {
            "policyName": "x",
            "policyDocument": quote(policy({"Effect": "Allow", "Action": "*", "Resource": ["*"]})),
        }
    ]

    assert words(role(), role(attachedManagedPolicies=admin)) == ["given AdministratorAccess"]
    assert words(role(), role(rolePolicyList=inline)) == ["allowed everything"]


def test_an_acl_that_is_opened_to_everybody_is_flagged():
    def acl(*grantees):
        return json.dumps({"grantList": [{"grantee": one, "permission": "Read"} for one in grantees]})

    mine, everybody, anyone = (
        bucket(AccessControlList=acl({"id": "ab12"}, *more))
        for more in ([], ["AllUsers"], ["AuthenticatedUsers"])
    )

    assert words(mine, everybody) == ["the ACL lets everybody list"]
    assert words(mine, anyone) == ["the ACL lets everybody with an AWS account list"]
    assert flags(everybody, mine) == ()


def test_a_route_to_the_internet_is_flagged():
    local = {"destinationCidrBlock": "10.0.0.0/16", "gatewayId": "local"}
    out = {"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}
    old, new = (item("AWS::EC2::RouteTable", {"routes": routes}) for routes in ([local], [local, out]))

    assert words(old, new) == ["routes to the internet"]


def test_a_snapshot_that_everybody_may_restore_is_flagged():
    def snapshot(*accounts):
        held = [{"attributeName": "restore", "attributeValues": list(accounts)}]
        return item("AWS::RDS::DBSnapshot", supplementary={"DBSnapshotAttributes": json.dumps(held)})

    assert words(snapshot("444455556666"), snapshot("all")) == ["everybody may restore the snapshot"]
