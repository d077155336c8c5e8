"""Every row of the reference's table of policies (s3-public.md §8), told with names of our own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.meaning import judgement
from bot.core.public.policy import openings, statements

PUBLIC, NOT, UNKNOWN = "public", "not-public", "unknown"
ROLE = "arn:aws:iam::444455556666:role/ledger"
VPC = {"StringEquals": {"aws:SourceVpc": "vpc-0a1"}}
POINTS = {"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:444455556666:accesspoint/*"}}


def allow(principal="*", condition=None, **more):
    said = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme/*",
    }
    return said | ({"Condition": condition} if condition is not None else {}) | more


def policy(*said):
    return {"Version": "2012-10-17", "Statement": list(said)}


def verdict(document, **how):
    return judgement(openings(document, **how))


def ip(*ranges):
    return {"IpAddress": {"aws:SourceIp": list(ranges) if len(ranges) > 1 else ranges[0]}}


TABLE = [
    ("everybody", allow(), PUBLIC),
    ("everybody as an AWS principal", allow({"AWS": "*"}), PUBLIC),
    ("everybody among others", allow({"AWS": [ROLE, "*"]}), PUBLIC),
    ("any VPC", allow(condition={"StringLike": {"aws:SourceVpc": "vpc-*"}}), PUBLIC),
    ("one VPC", allow(condition=VPC), NOT),
    ("one endpoint", allow(condition={"StringEquals": {"aws:SourceVpce": "vpce-0a1"}}), NOT),
    (
        "one endpoint, if any",
        allow(condition={"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0a1"}}),
        PUBLIC,
    ),
    ("all but one endpoint", allow(condition={"StringNotEquals": {"aws:SourceVpce": "vpce-0a1"}}), PUBLIC),
    ("some endpoint", allow(condition={"Null": {"aws:SourceVpce": "false"}}), PUBLIC),
    ("a narrow range", allow(condition=ip("198.51.100.0/24")), NOT),
    ("every address", allow(condition=ip("0.0.0.0/0")), PUBLIC),
    ("every address in halves", allow(condition=ip("0.0.0.0/1", "128.0.0.0/1")), PUBLIC),
    ("an eighth of a thousandth", allow(condition=ip("52.0.0.0/8")), NOT),
    ("broader than /8", allow(condition=ip("16.0.0.0/7")), PUBLIC),
    ("a private range", allow(condition=ip("10.0.0.0/8")), NOT),
    ("an IPv6 /32", allow(condition=ip("2001:db8::/32")), NOT),
    ("a broad IPv6 range", allow(condition=ip("2000::/3")), PUBLIC),
    ("all but a range", allow(condition={"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}}), PUBLIC),
    ("a narrow range or all", allow(condition=ip("198.51.100.0/24", "0.0.0.0/0")), PUBLIC),
    ("one organization", allow(condition={"StringEquals": {"aws:PrincipalOrgID": "o-acme"}}), NOT),
    ("any organization", allow(condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}), PUBLIC),
    (
        "principals of one account",
        allow(condition={"StringEquals": {"aws:PrincipalAccount": "444455556666"}}),
        UNKNOWN,
    ),
    (
        "roles of one account",
        allow(condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}}),
        UNKNOWN,
    ),
    (
        "a role of any account",
        allow(condition={"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Root"}}),
        PUBLIC,
    ),
    ("TLS", allow(condition={"Bool": {"aws:SecureTransport": "true"}}), PUBLIC),
    ("a referer", allow(condition={"StringLike": {"aws:Referer": "https://acme.example/*"}}), PUBLIC),
    ("a user agent", allow(condition={"StringEquals": {"aws:UserAgent": "hush"}}), PUBLIC),
    ("a canned ACL", allow(condition={"StringEquals": {"s3:x-amz-acl": "private"}}), PUBLIC),
    ("a prefix", allow(condition={"StringEquals": {"s3:prefix": "open/"}}), PUBLIC),
    ("a tag of the object", allow(condition={"StringEquals": {"s3:ExistingObjectTag/open": "yes"}}), PUBLIC),
    ("until a day", allow(condition={"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}), PUBLIC),
    ("one source account", allow(condition={"StringEquals": {"aws:SourceAccount": "444455556666"}}), NOT),
    (
        "one source",
        allow(condition={"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:till"}}),
        NOT,
    ),
    ("any bucket as a source", allow(condition={"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}), PUBLIC),
    (
        "one account's access points",
        allow(condition={"StringEquals": {"s3:DataAccessPointAccount": "444455556666"}}),
        NOT,
    ),
    ("any access point of an account", allow(condition=POINTS), NOT),
    ("sessions of a role", allow(condition={"StringLike": {"aws:userid": "AROAACME:*"}}), PUBLIC),
    ("one user's id", allow(condition={"StringEquals": {"aws:userid": "AIDAACME"}}), NOT),
    ("a policy variable", allow(condition={"StringLike": {"aws:userid": "${aws:username}"}}), PUBLIC),
    ("a principal by variable", allow({"AWS": "arn:aws:iam::444455556666:user/${aws:username}"}), PUBLIC),
    (
        "all values, or none",
        allow(condition={"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-acme"}}),
        PUBLIC,
    ),
    ("one VPC over TLS", allow(condition=VPC | {"Bool": {"aws:SecureTransport": "true"}}), NOT),
    ("one VPC or any", allow(condition={"StringEquals": {"aws:SourceVpc": ["vpc-0a1", "vpc-*"]}}), PUBLIC),
    ("a foreign account", allow({"AWS": "arn:aws:iam::777788889999:root"}), NOT),
    ("a foreign account's number", allow({"AWS": "777788889999"}), NOT),
    ("a canonical user", allow({"CanonicalUser": "0a1b2c"}), NOT),
    (
        "one distribution",
        allow(
            {"Service": "cloudfront.amazonaws.com"},
            {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::444455556666:distribution/E1"}},
        ),
        NOT,
    ),
    ("a service", allow({"Service": "logging.s3.amazonaws.com"}), NOT),
    ("a role that is gone", allow({"AWS": "AROAGONE"}), NOT),
    ("a Deny alone", allow(Effect="Deny"), NOT),
    ("write only", allow(Action="s3:PutObject"), PUBLIC),
    ("an action that is none", allow(Action="s3:Teleport"), PUBLIC),
    ("one prefix only", allow(Resource="arn:aws:s3:::acme/open/*"), PUBLIC),
    ("people of an identity provider", allow({"Federated": "login.acme.example"}), PUBLIC),
]


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


PIECES = st.sampled_from([row[1] for row in TABLE])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition", "Sid", "Resource"]
)
VALUES = (
    JSON
    | st.sampled_from(["Allow", "Deny", "*"])
    | st.dictionaries(
        st.sampled_from(["AWS", "IpAddress", "StringLike", "Null", "ForAllValues:StringEqualsIfExists"]),
        JSON | st.dictionaries(st.sampled_from(["aws:SourceIp", "aws:SourceVpc", "aws:PrincipalArn"]), JSON),
    )
)
ODD = st.dictionaries(NAMES, VALUES)


@given(st.lists(PIECES | ODD, max_size=4), PIECES | ODD)
def test_to_add_a_statement_never_makes_a_public_policy_private(some, more):
    order = [NOT, UNKNOWN, PUBLIC]

    assert order.index(verdict(policy(*some, more))) >= order.index(verdict(policy(*some)))


@given(
    st.lists(PIECES | ODD, max_size=4).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some)))
)
def test_the_order_of_statements_never_matters(both):
    some, others = (openings(policy(*each)) for each in both)

    assert sorted(map(repr, statements_of(some))) == sorted(map(repr, statements_of(others)))


def statements_of(found):
    return [(one.sid, one.access, one.why, one.who, one.is_certain) for one in found]


@given(
    JSON
    | ODD
    | st.builds(lambda said: {"Statement": said}, JSON | ODD | st.lists(ODD))
    | st.text()
    | st.binary()
)
def test_nothing_is_raised_whatever_the_policy_is(document):
    assert verdict(document) in {PUBLIC, NOT, UNKNOWN}
    statements(document)
