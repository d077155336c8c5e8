"""What a template would change, and who gets in then."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policies.proposal import propose
from bot.core.public.block import NONE, Flags
from bot.core.public.meaning import Unread
from bot.errors import AccessDenied, BadRequest, Upstream
from tests.commands.s3.small_s3 import REFUSED, allow, judged
from tests.core.policies.wanted import full
from tests.core.policies.written import older, policies, statements, templates

TLS = full("tls-only")
SITE = allow(sid="Site")
VPC = allow(sid="Vpc", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}})
NO_NEW = Flags(frozenset({"BlockPublicPolicy"}))
blocks = st.sets(st.sampled_from(["BlockPublicPolicy", "RestrictPublicBuckets"])).map(
    lambda on: Flags(frozenset(on))
)
words = st.sampled_from([True, False, Unread("AWS refused", "s3:GetBucketPolicyStatus")])


@given(policies(statements), templates, words, blocks)
def test_no_template_makes_a_bucket_public_nor_its_verdict_unknown(policy, template, aws_says, block):
    before = judged("acme-x", policy=policy, aws_says=aws_says, bucket_block=block)

    after = propose(template, before).after

    assert after.judgement == before.verdict.judgement
    assert after.access == before.verdict.access


@given(policies(statements, older), templates)
def test_to_replace_an_older_form_opens_nothing_either(policy, template):
    before = judged("acme-x", policy=policy)

    assert set(propose(template, before).after.access) <= set(before.verdict.access)


@pytest.mark.parametrize("listed", [*permutations([SITE, VPC, allow("s3:PutObject", "Put")])])
def test_the_order_of_what_is_there_decides_nothing(listed):
    assert propose(TLS, judged("acme-x", *listed)).after.access == ("write", "read")


def test_what_aws_calls_public_stays_so_where_all_of_it_stays():
    """To say that it is closed then would be a promise that nobody can keep."""
    before = judged("acme-x", VPC, aws_says=True)
    assert before.verdict.judgement == "public"

    assert propose(TLS, before).after.judgement == "public"


def test_what_aws_said_of_a_statement_that_is_replaced_counts_no_more():
    opened = {**TLS.statements[0], "Effect": "Allow"}

    assert propose(TLS, judged("acme-x", opened, aws_says=True)).after.judgement == "not-public"


def test_a_public_policy_is_refused_where_new_ones_are_blocked():
    refused = propose(TLS, judged("acme-x", SITE, bucket_block=NO_NEW)).refused_by

    assert refused == "BlockPublicPolicy of the bucket's block"
    assert propose(TLS, judged("acme-x", VPC, aws_says=True, account_block=NO_NEW)).refused_by
    assert not propose(TLS, judged("acme-x", VPC, bucket_block=NO_NEW)).refused_by
    assert not propose(TLS, judged("acme-x", SITE, bucket_block=NONE)).refused_by


def test_what_differs_is_told_as_config_tells_it():
    (change,) = propose(TLS, judged("acme-x", SITE)).changes

    assert (change.kind, change.after["Effect"]) == ("added", "Deny")


def test_what_aws_would_not_show_is_not_overwritten():
    with pytest.raises(AccessDenied) as caught:
        propose(TLS, judged("acme-x", policy=REFUSED))
    assert caught.value.action == "s3:GetBucketPolicy"

    with pytest.raises(Upstream):
        propose(TLS, judged("acme-x", policy=Unread("throttled")))


def test_a_directory_buckets_policy_is_of_another_service_and_is_not_written():
    with pytest.raises(BadRequest) as caught:
        propose(TLS, judged("acme-x--use1-az4--x-s3"))

    assert "s3express" in caught.value.message
