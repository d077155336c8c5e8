"""What S3 gives back in words of its own is the same; what lets somebody else in, or out, is not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.approval.same import same

READ = {
    "Sid": "Shop",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::x/*",
}
PARTNERS = READ | {"Sid": "Two", "Principal": {"AWS": ["111122223333", "444455556666"]}}
TLS = READ | {"Sid": "Tls", "Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": False}}}


def policy(*statements, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)} | more)


@pytest.mark.parametrize(
    ("put", "given_back"),
    [
        (policy(READ, PARTNERS), policy(PARTNERS, READ)),
        (policy(READ), policy(READ, Statement=READ)),
        (policy(READ), policy(READ | {"Action": ["s3:GetObject"]})),
        (
            policy(PARTNERS),
            policy(
                PARTNERS
                | {"Principal": {"AWS": ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:root"]}}
            ),
        ),
        (policy(TLS), policy(TLS | {"Condition": {"Bool": {"aws:SecureTransport": "false"}}})),
        (policy(READ), json.dumps(json.loads(policy(READ)), indent=4)),
    ],
)
def test_a_policy_in_other_words_is_the_same(put, given_back):
    assert same("policy", put, given_back)


@pytest.mark.parametrize(
    "other",
    [
        policy(READ, PARTNERS | {"Principal": {"AWS": "111122223333"}}),
        policy(READ, PARTNERS | {"Principal": {"AWS": ["111122223333", "arn:aws:iam::444455556666:user/x"]}}),
        policy(READ, PARTNERS | {"Effect": "Deny"}),
        policy(READ, PARTNERS | {"Sid": "Three"}),
        policy(READ, PARTNERS, PARTNERS),
        policy(READ, PARTNERS, Version="2008-10-17"),
        policy(READ),
        policy(READ, PARTNERS)[:-1],
        "[]",
        "null",
        "1",
        None,
    ],
)
def test_another_policy_is_another(other):
    assert not same("policy", policy(READ, PARTNERS), other)
    assert not same("policy", other, policy(READ, PARTNERS))


def test_a_condition_on_a_root_is_not_one_on_an_account():
    with_root, with_id = (
        policy(READ | {"Condition": {"StringLike": {"aws:PrincipalArn": value}}})
        for value in ("arn:aws:iam::111122223333:root", "111122223333")
    )

    assert not same("policy", with_root, with_id)


def test_what_nobody_can_read_is_the_same_as_itself_only():
    assert same("policy", "{", "{")
    assert not same("policy", "{", "}")


OWNER = {"ID": "a" * 64}
FULL = {"Grantee": {"Type": "CanonicalUser", **OWNER}, "Permission": "FULL_CONTROL"}
ALL = {
    "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"},
    "Permission": "READ",
}


def acl(*grants, owner=OWNER):
    return json.dumps({"Owner": owner, "Grants": list(grants)})


def test_an_acl_is_its_owner_and_its_grants_in_any_order_whatever_people_are_called():
    named = {
        "Grantee": {"Type": "CanonicalUser", "DisplayName": "ops", **OWNER},
        "Permission": "FULL_CONTROL",
    }

    assert same("acl", acl(FULL, ALL), acl(ALL, named, owner=OWNER | {"DisplayName": "ops"}))
    assert not same("acl", acl(FULL, ALL), acl(FULL))
    assert not same("acl", acl(FULL, ALL), acl(FULL, ALL | {"Permission": "WRITE"}))
    assert not same("acl", acl(FULL), acl(FULL, owner={"ID": "b" * 64}))
    assert not same("acl", acl(FULL), None)


def test_no_block_and_one_with_nothing_on_are_the_same():
    off = json.dumps({"BlockPublicAcls": False})

    assert same("block", None, off)
    assert not same("block", off, json.dumps({"BlockPublicAcls": True}))


values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["Statement", "Principal", "AWS", "Grants", "Owner", "x"]), inner, max_size=3))  # fmt: skip


@given(st.sampled_from(["block", "acl", "policy"]), values, values)
def test_whatever_is_said_is_the_same_both_ways(setting, one, other):
    first, second = json.dumps(one), json.dumps(other)

    assert same(setting, first, second) == same(setting, second, first)
    assert same(setting, first, json.dumps(one, indent=1)) in (True, False)
    assert same(setting, first, first)
