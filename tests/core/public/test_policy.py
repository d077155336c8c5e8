"""Every row of the reference's table of policies (s3-public.md §8), told with names of our own."""

import json

import pytest

from bot.core.public.policy import openings, statements
from tests.core.public.policies import (
    NOT,
    POINTS,
    PUBLIC,
    ROLE,
    TABLE,
    UNKNOWN,
    VPC,
    allow,
    ip,
    policy,
    verdict,
)


@pytest.mark.parametrize(("said", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_statement_is_public_by_the_meaning_that_aws_documents(said, expected):
    assert verdict(policy(said)) == expected


def test_everybody_but_somebody_is_public():
    said = allow()
    said["NotPrincipal"] = {"AWS": said.pop("Principal") and ROLE}

    assert verdict(policy(said)) == PUBLIC


def test_a_deny_beside_an_allow_is_not_counted():
    deny = allow(Effect="Deny", condition={"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}})

    assert verdict(policy(allow(), deny)) == PUBLIC


def test_one_public_statement_makes_the_policy_public():
    assert verdict(policy(allow({"AWS": ROLE}), allow())) == PUBLIC


def test_naming_an_access_point_narrows_nothing_behind_an_access_point():
    assert verdict(policy(allow(condition=POINTS)), through_access_point=True) == PUBLIC


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:eu-west-1:*:accesspoint/till",
        "arn:aws:s3:eu-west-1::accesspoint/*",
        "arn:aws:s3:eu-west-1:444455556666:*",
        "arn:aws:s3:eu-west-1:444455556666:accesspoint/${aws:username}",
    ],
)
def test_access_points_of_no_fixed_account_save_nothing(arn):
    assert verdict(policy(allow(condition={"StringLike": {"s3:DataAccessPointArn": arn}}))) == PUBLIC


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:sourcevpc": "vpc-0a1"}},
        {"ForAnyValue:StringEquals": {"AWS:SOURCEVPC": ["vpc-0a1", "vpc-0a2"]}},
        {"stringequals": {"aws:SourceAccount": 444455556666}},
    ],
)
def test_case_sets_and_bare_numbers_change_nothing(condition):
    assert verdict(policy(allow(condition=condition))) == NOT


@pytest.mark.parametrize(
    "said",
    [
        allow(condition="always"),
        allow(condition={"StringEquals": "vpc-0a1"}),
        allow(condition={"StringEquals": {"aws:SourceVpc": []}}),
        allow(condition={"StringEquals": {"aws:SourceVpc": {"a": 1}}}),
        allow(condition={"DateEquals": {"aws:SourceVpc": "vpc-0a1"}}),
        allow(condition={"StringEquals": {"aws:SourceIp": "198.51.100.7"}}),
        allow(condition=ip("198.51.100.256")),
        allow(
            condition={
                "ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-acme"},
                "Null": {"aws:principalorgid": False},
            }
        ),
        allow({"AWS": []}),
        allow({"AWS": 444455556666}),
        allow({"Planet": "mars"}),
        allow(None),
        allow(Effect="allow"),
        "Allow",
        None,
    ],
    ids=repr,
)
def test_what_cannot_be_decided_is_unknown(said):
    assert verdict(policy(said)) == UNKNOWN


@pytest.mark.parametrize(
    "document",
    [
        "{",
        "[]",
        "7",
        b"\xff",
        7,
        {},
        {"Version": "2012-10-17"},
        "[" * 100_000,
        '{"Statement": [], "Statement": []}',
    ],
)
def test_a_policy_that_cannot_be_read_is_unknown_with_the_reason(document):
    (opening,) = openings(document)

    assert (opening.is_certain, opening.number) == (False, 0)
    assert opening.why.startswith("the policy ")


@pytest.mark.parametrize("document", [None, "", {"Statement": []}])
def test_no_policy_opens_nothing(document):
    assert openings(document) == ()


def test_a_text_one_statement_as_an_object_and_no_version_are_read():
    assert (
        verdict(json.dumps({"Statement": allow(), "Comment": "unknown keys are nobody's business"})) == PUBLIC
    )


def test_an_opening_says_what_everybody_may_do_and_why_nothing_saves_it():
    (opening,) = openings(
        policy(allow(Sid="Wide", condition=ip("0.0.0.0/0"), Action=["s3:GetObject", "s3:Put*"]))
    )

    assert (opening.sid, opening.who, opening.is_certain) == ("Wide", "everybody", True)
    assert opening.access == ("write", "admin", "read")
    assert opening.why == (
        "it lets in everybody: IpAddress aws:SourceIp doesn't save it, 0.0.0.0/0 is broader than /8"
    )


def test_each_statement_says_what_saves_it():
    one, other = statements(policy(allow(condition=VPC), allow({"AWS": ROLE})))

    assert one.why == "StringEquals aws:SourceVpc saves it: a fixed VPC: vpc-0a1"
    assert other.why == f"it names {ROLE}, and nobody else"
    assert [one.number, other.number] == [1, 2]
