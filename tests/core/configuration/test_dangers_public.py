"""What everybody can reach is flagged however it is written; what only ourselves can reach never is."""

import json

import pytest

from bot.core.configuration.dangers import flags
from tests.core.configuration.items import FUNCTION, ROLE, group, item, rule

KEY = "AWS::KMS::Key"
PUBLIC = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": "*",
}
PRIVATE = PUBLIC | {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def codes(old, new):
    return [flag.code for flag in flags(old, new)]


def words(old, new):
    return [flag.words for flag in flags(old, new)]


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trusting(*principals, condition=None):
    said = {"Effect": "Allow", "Action": "sts:AssumeRole", **({"Condition": condition} if condition else {})}
    return item(
        ROLE, {"assumeRolePolicyDocument": policy(*(said | {"Principal": one} for one in principals))}
    )


@pytest.mark.parametrize("address", ["0:0:0:0:0:0:0:0/0", "::/0"])
def test_every_address_is_every_address_however_it_is_written(address):
    opened = group(rule(ipv6Ranges=[{"cidrIpv6": address}]))

    assert words(group(), opened) == ["port 22 open to the internet"]


def test_what_ipv4_reached_before_and_ipv6_reaches_now_was_opened():
    before = rule(cidrs=["0.0.0.0/0"])

    assert codes(group(before), group(rule(ipv6Ranges=[{"cidrIpv6": "::/0"}]))) == ["open-to-the-internet"]
    both = group(rule(cidrs=["0.0.0.0/0"], ipv6Ranges=[{"cidrIpv6": "::/0"}]))
    assert words(group(), both) == ["port 22 open to the internet"]


def test_the_internet_in_parts_is_the_internet():
    halves = group(rule(cidrs=["0.0.0.0/1", "128.0.0.0/1"]))

    assert words(group(), halves) == [
        "port 22 open to much of the internet (0.0.0.0/1), port 22 open to much of the internet (128.0.0.0/1)"
    ]


@pytest.mark.parametrize(
    "private",
    [
        *(rule(cidrs=[one]) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "203.0.113.7/32")),
        rule(ipv6Ranges=[{"cidrIpv6": "fc00::/7"}]),
        rule(prefixListIds=[{"prefixListId": "pl-0a1b2c3d"}]),
        rule("-1", userIdGroupPairs=[{"groupId": "sg-1"}]),
        rule(cidrs=["garbage"]),
    ],
)
def test_what_is_open_to_ourselves_is_not_flagged(private):
    assert codes(group(), group(private)) == []


def test_a_prefix_list_that_holds_every_address_is_flagged():
    kind = "AWS::EC2::PrefixList"
    old, new = (item(kind, {"entries": [{"cidr": cidr}]}) for cidr in ("10.0.0.0/8", "0.0.0.0/0"))

    assert codes(old, new) == ["list-of-everybody"]


_SHARED = [
    ("AWS::SQS::Queue", "Policy"),
    ("AWS::SNS::Topic", "Policy"),
    ("AWS::KMS::Key", "Policy"),
    (FUNCTION, "Policy"),
    ("AWS::SecretsManager::Secret", "ResourcePolicy"),
    ("AWS::ECR::Repository", "RepositoryPolicyText"),
]


@pytest.mark.parametrize(("kind", "field"), _SHARED)
def test_a_policy_that_becomes_public_is_flagged_whatever_it_is_of(kind, field):
    private, public = (item(kind, {field: policy(one)}) for one in (PRIVATE, PUBLIC))

    assert words(private, public) == ["the policy lets everybody use it"]
    assert codes(public, private) == []


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        # What AWS itself writes into the policies of its own keys, topics and file systems.
        ("AWS::KMS::Key", {"StringEquals": {"kms:CallerAccount": "111122223333"}}),
        ("AWS::SNS::Topic", {"StringEquals": {"AWS:SourceOwner": "111122223333"}}),
        ("AWS::EFS::FileSystem", {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}),
        ("AWS::SQS::Queue", {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}}),
    ],
)
def test_everybody_under_a_condition_that_only_ours_meet_is_not_public(kind, condition):
    kept = item(kind, {"Policy": policy(PUBLIC | {"Condition": condition})})

    assert codes(item(kind, {"Policy": policy(PRIVATE)}), kept) == []


def test_a_condition_that_anybody_meets_keeps_nobody_out():
    condition = {"StringEquals": {"kms:CallerAccount": "*"}}
    public = item(KEY, {"Policy": policy(PUBLIC | {"Condition": condition})})

    assert codes(item(KEY, {}), public) == ["public-policy"]


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("AWS::EC2::VPCEndpoint", {}),
        ("AWS::OpenSearch::Domain", {"VPCOptions": {"VPCId": "vpc-1"}}),
        ("AWS::ApiGateway::RestApi", {"endpointConfiguration": {"types": ["PRIVATE"]}}),
    ],
)
def test_everybody_in_a_vpc_is_not_the_public(kind, held):
    assert codes(item(kind, held), item(kind, held | {"policy": policy(PUBLIC)})) == []


def test_an_external_id_is_told_of_a_role_that_anybody_may_assume():
    ours = trusting({"AWS": "arn:aws:iam::111122223333:root"})
    knowing = trusting({"AWS": "*"}, condition={"StringEquals": {"sts:ExternalId": "x"}})
    anybody = trusting({"AWS": "*"})

    assert words(ours, knowing) == ["everybody with an AWS account who knows the external id may assume it"]
    assert words(ours, anybody) == ["everybody with an AWS account may assume it"]
    assert words(knowing, anybody) == ["everybody with an AWS account may assume it"]
    assert words(anybody, knowing) == []


def test_everything_may_be_written_as_two_stars():
    everything = policy({"Effect": "Allow", "Action": "*:*", "Resource": "*"})
    given = item(ROLE, {"rolePolicyList": [{"policyName": "x", "policyDocument": everything}]})

    assert words(item(ROLE, {}), given) == ["allowed everything"]


def test_an_address_that_anybody_may_call_a_function_by_is_flagged():
    old, new = (item("AWS::Lambda::Url", {"AuthType": said}) for said in ("AWS_IAM", "NONE"))

    assert codes(old, new) == ["public-url"]
