"""What a fix changes, whole: what is put, and what is put back."""

import json

import pytest

from bot.core.approval.change import Change
from bot.core.approval.wanted import WANTS, change
from bot.core.policies.templates import TEMPLATES
from bot.core.public.block import Flags
from bot.core.public.meaning import Unread
from bot.core.text import plain
from bot.errors import AccessDenied, BadRequest, Upstream
from tests.commands.s3.small_s3 import REFUSED, allow, judged

EVERYBODY = {
    "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"},
    "Permission": "READ",
}
OWNER = {"Grantee": {"Type": "CanonicalUser", "ID": "a" * 64}, "Permission": "FULL_CONTROL"}
ACL = {"Owner": {"ID": "a" * 64}, "Grants": [OWNER, EVERYBODY]}
GIVEN = {
    "policy:vpc-endpoint": "vpce-0a1b2c3d4e5f60718",
    "policy:organization": "o-a1b2c3d4e5",
    "policy:ip-range": "203.0.113.0/24",
    "policy:cloudfront": "E1A2B3C4D5E6F7",
}
PUBLIC = judged("acme-x", allow(), bucket_block=Flags(frozenset({"IgnorePublicAcls"})))


def test_a_block_keeps_what_is_on_and_turns_on_what_closes_it():
    made = change("block", PUBLIC)

    assert {name for name, on in json.loads(made.after).items() if on} == {
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    }
    assert {name for name, on in json.loads(made.before).items() if on} == {"IgnorePublicAcls"}
    assert made.costs


def test_no_block_and_one_with_nothing_on_are_the_same():
    made = change("block", judged("acme-x", allow()))

    assert made.before is None
    assert made.is_before(json.dumps(dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls"), False)))
    assert not made.is_before(json.dumps({"BlockPublicAcls": True}))


def test_an_acl_loses_everybodys_grants_and_nothing_else():
    made = change("acl", judged("acme-x", acl=ACL))

    assert json.loads(made.after) == {"Owner": ACL["Owner"], "Grants": [OWNER]}
    assert json.loads(made.before) == ACL


def test_a_policy_template_is_put_into_the_policy_that_is_there():
    made = change("policy:tls-only", PUBLIC)

    assert [one["Sid"] for one in json.loads(made.after)["Statement"]] == ["Wide", "NoroshiTlsOnly"]
    assert made.is_before(json.dumps(PUBLIC.facts.policy))
    assert any("locks out" in cost for cost in made.costs)


@pytest.mark.parametrize(
    ("wanted", "bucket"),
    [("block", judged("acme-x")), ("acl", judged("acme-x", acl={"Grants": [OWNER]})), ("nothing", PUBLIC)],
)
def test_where_there_is_nothing_to_do_nothing_is_asked_for(wanted, bucket):
    with pytest.raises(BadRequest):
        change(wanted, bucket)


def shown(made):
    return [plain(line) for line in made.shown]


def test_exactly_what_differs_is_shown():
    assert shown(change("block", PUBLIC)) == [
        "BlockPublicAcls is off, as now",
        "IgnorePublicAcls is on, as now",
        "BlockPublicPolicy is off, as now",
        "+ RestrictPublicBuckets is on",
    ]
    signed_in = EVERYBODY | {
        "Grantee": {"URI": EVERYBODY["Grantee"]["URI"].replace("AllUsers", "AuthenticatedUsers")}
    }
    acl = ACL | {"Grants": [OWNER, EVERYBODY, signed_in]}
    assert shown(change("acl", judged("acme-x", acl=acl))) == [
        "− everybody: READ",
        "− everybody with an AWS account: READ",
        "1 other grant as now",
    ]
    (line,) = shown(change("policy:tls-only", PUBLIC))
    assert line.startswith("+ policy: statement NoroshiTlsOnly denies s3:* to everybody")


def test_a_statement_that_words_shorten_is_there_as_it_is_put():
    made = change("policy:ip-range", PUBLIC, "203.0.113.0/24")

    assert "more" in " ".join(shown(made))
    assert json.loads(made.exact) in json.loads(made.after)["Statement"]


@pytest.mark.parametrize("wanted", WANTS)
def test_whatever_can_be_asked_for_can_be_filled_in(wanted):
    bucket = judged("acme-x", allow(), acl=ACL)

    made = change(wanted, bucket, GIVEN.get(wanted, ""))

    assert made.is_before(made.before)
    assert not made.is_after(made.before)
    assert made.shown
    assert made.then


@pytest.mark.parametrize("wanted", GIVEN)
def test_a_template_without_what_it_needs_says_so(wanted):
    with pytest.raises(BadRequest):
        change(wanted, PUBLIC)


def test_who_would_get_in_then_is_said_before_anybody_approves():
    assert change("block", PUBLIC).then == "It is not public."
    both = judged("acme-x", allow(), acl=ACL)
    assert change("acl", both).then == "It is still public: everybody may read."
    assert change("acl", judged("acme-x", acl=ACL)).then == "It is not public."
    assert change("policy:tls-only", PUBLIC).then == "It is still public: everybody may read."
    assert change("policy:tls-only", PUBLIC).first


def test_what_s3_would_refuse_is_not_asked_for():
    guarded = judged("acme-x", allow(), bucket_block=Flags(frozenset({"BlockPublicPolicy"})))

    with pytest.raises(BadRequest, match="S3 would refuse it: BlockPublicPolicy of the bucket's block"):
        change("policy:tls-only", guarded)


def test_a_policy_that_is_there_already_is_not_asked_for():
    there = json.loads(change("policy:tls-only", PUBLIC).after)

    with pytest.raises(BadRequest):
        change("policy:tls-only", judged("acme-x", policy=there))


@pytest.mark.parametrize("wanted", WANTS)
def test_what_nobody_can_read_is_not_changed_for_it_could_not_be_put_back(wanted):
    part = {"block": "bucket_block", "acl": "acl"}.get(wanted, "policy")

    with pytest.raises(AccessDenied):
        change(wanted, judged("acme-x", **{part: REFUSED}), GIVEN.get(wanted, ""))
    with pytest.raises(Upstream):
        change(wanted, judged("acme-x", **{part: Unread("throttled")}), GIVEN.get(wanted, ""))


def test_a_policy_that_s3_gives_back_in_its_own_words_is_the_same():
    def policy(principal, action):
        one = {
            "Sid": "A",
            "Effect": "Allow",
            "Principal": principal,
            "Action": action,
            "Resource": "arn:aws:s3:::x/*",
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [one]})

    put = policy({"AWS": ["444455556666"]}, ["s3:GetObject"])
    made = Change("policy", None, put, "")

    assert made.is_after(policy({"AWS": "arn:aws:iam::444455556666:root"}, "s3:GetObject"))
    assert not made.is_after(policy({"AWS": "arn:aws:iam::999900001111:root"}, "s3:GetObject"))
    assert not made.is_after(policy({"AWS": ["444455556666"]}, ["s3:PutObject"]))


def test_every_template_of_a_policy_can_be_asked_for_and_each_once():
    assert [name for name in WANTS if name.startswith("policy:")] == [f"policy:{name}" for name in TEMPLATES]
    assert len(set(WANTS.values())) == len(WANTS)
