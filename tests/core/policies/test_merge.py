"""A template in the policy that is there: nothing else of it is touched, and twice is once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policies.merge import MOST, merged
from bot.core.policies.proposal import propose
from bot.core.policies.template import Template, Wanted
from bot.core.policies.templates import TEMPLATES, filled
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict
from bot.errors import AccessDenied, BadRequest, Upstream
from tests.commands.s3.small_s3 import REFUSED, allow, judged

WANTED = Wanted(
    "acme-x",
    "111122223333",
    distribution="E1A2B3C4D5E6F7",
    endpoint="vpce-0a1b2c3d4e5f60718",
    organization="o-a1b2c3d4e5",
    networks=("203.0.113.0/24",),
)
TLS = filled("tls-only", WANTED)
SITE = allow(sid="Site")

statements = st.fixed_dictionaries(
    {
        "Sid": st.text("abcXYZ", min_size=1, max_size=4),
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Principal": st.sampled_from(["*", {"AWS": "111122223333"}]),
        "Action": st.sampled_from(["s3:GetObject", ["s3:PutObject", "s3:ListBucket"]]),
        "Resource": st.just("arn:aws:s3:::acme-x/*"),
    }
)
policies = st.fixed_dictionaries(
    {"Version": st.just("2012-10-17"), "Statement": st.lists(statements, max_size=5)}
)
templates = st.sampled_from([filled(name, WANTED) for name in TEMPLATES])


def test_without_a_policy_it_is_the_whole_of_it():
    assert merged(None, TLS).document == {"Version": "2012-10-17", "Statement": [*TLS.statements]}


def test_a_single_statement_that_is_no_list_is_kept():
    whole = merged({"Id": "Mine", "Statement": SITE}, TLS)

    assert whole.document["Statement"] == [SITE, *TLS.statements]
    assert whole.document["Id"] == "Mine"


def test_a_policy_without_a_version_gets_none():
    """By older rules its variables are plain text; a version would change what it says."""
    assert "Version" not in merged({"Statement": [SITE]}, TLS).document


def test_an_older_form_of_the_template_is_replaced():
    older = {**TLS.statements[0], "Resource": "arn:aws:s3:::acme-x/*"}

    whole = merged({"Statement": [older, SITE]}, TLS)

    assert whole.document["Statement"] == [SITE, *TLS.statements]
    assert whole.replaced == ("NoroshiTlsOnly",)


def test_the_same_statement_under_another_name_is_not_added_again():
    same = {**TLS.statements[0], "Sid": "HttpsOnly", "Action": ["s3:*"]}

    assert merged({"Statement": [same]}, TLS).document["Statement"] == [same]


@given(policies, templates)
def test_what_is_there_stays_and_twice_is_once(policy, template):
    once = merged(json.dumps(policy), template)

    assert merged(once.text, template).document == once.document
    assert [one for one in once.document["Statement"] if one in policy["Statement"]] == policy["Statement"]


@given(policies, templates)
def test_no_template_makes_a_bucket_public(policy, template):
    before = judged("acme-x", policy=policy)

    after = propose(template, before).after

    assert not (before.verdict.judgement == "not-public" and after.judgement != "not-public")


@given(st.permutations([SITE, allow("s3:PutObject", "Put"), allow(sid="Vpc", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}})]))  # fmt: skip
def test_the_order_of_what_is_there_decides_nothing(listed):
    assert propose(TLS, judged("acme-x", *listed)).after.access == ("write", "read")


@pytest.mark.parametrize(
    "present", ["{", "[]", '{"Version": "2012-10-17"}', '{"Statement": [], "Statement": []}']
)
def test_a_policy_that_cannot_be_read_is_not_added_to(present):
    with pytest.raises(BadRequest):
        merged(present, TLS)


def test_a_policy_that_gets_too_long_is_refused_with_its_size():
    long = [allow(sid=f"S{n}", Condition={"StringLike": {"aws:Referer": "x" * 500}}) for n in range(35)]

    with pytest.raises(BadRequest) as caught:
        merged({"Statement": long}, TLS)

    assert f"{MOST:,}" in caught.value.message


def test_what_aws_would_not_show_is_not_overwritten():
    with pytest.raises(AccessDenied) as caught:
        propose(TLS, judged("acme-x", policy=REFUSED))
    assert caught.value.action == "s3:GetBucketPolicy"

    with pytest.raises(Upstream):
        propose(TLS, judged("acme-x", policy=Unread("throttled")))


def test_the_verdict_after_is_of_the_policy_to_come_not_of_what_aws_said_of_the_old_one():
    nothing = Template("x", (), "", "", "")

    proposal = propose(nothing, judged("acme-x", SITE, aws_says=False))

    assert proposal.after == verdict(judged("acme-x", SITE).facts)
