"""A template in the policy that is there: nothing else of it is touched, and twice is once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policies.merge import MOST, merged
from bot.errors import BadRequest
from tests.commands.s3.small_s3 import allow
from tests.core.policies.wanted import full
from tests.core.policies.written import listed, older, policies, statements, templates

TLS = full("tls-only")
(NEW,) = TLS.statements
SITE = allow(sid="Site")


def of(size):
    """A statement that makes a policy of this many bytes, without blanks, beside the template's."""
    bare = merged({"Statement": [allow(sid="Long", Resource="")]}, TLS).size
    return allow(sid="Long", Resource="x" * (size - bare))


def test_without_a_policy_it_is_the_whole_of_it():
    assert merged(None, TLS).document == {"Version": "2012-10-17", "Statement": [NEW]}


def test_a_single_statement_that_is_no_list_is_kept():
    whole = merged({"Id": "Mine", "Statement": SITE}, TLS)

    assert whole.document == {"Id": "Mine", "Statement": [SITE, NEW]}


def test_a_policy_without_a_version_gets_none():
    """By older rules its variables are plain text; a version would change what it says."""
    assert "Version" not in merged({"Statement": [SITE]}, TLS).document


def test_an_older_form_of_the_template_is_replaced_where_it_stands():
    old = {**NEW, "Resource": "arn:aws:s3:::acme-x/*"}

    whole = merged({"Statement": [old, SITE, old]}, TLS)

    assert whole.document["Statement"] == [NEW, SITE]
    assert whole.replaced == ("NoroshiTlsOnly",)


def test_the_present_form_stays_as_it_is_written_and_nothing_is_replaced():
    same = {**NEW, "Action": ["s3:*"], "Condition": {"Bool": {"aws:SecureTransport": False}}}

    whole = merged({"Statement": [same, SITE]}, TLS)

    assert whole.document["Statement"] == [same, SITE]
    assert whole.replaced == ()


def test_the_same_statement_under_another_name_is_not_added_again():
    same = {**NEW, "Sid": "HttpsOnly", "Resource": NEW["Resource"][::-1]}

    assert merged({"Statement": [same]}, TLS).document["Statement"] == [same]


@given(policies(statements, older), templates)
def test_twice_is_once(policy, template):
    once = merged(json.dumps(policy), template)
    twice = merged(once.text, template)

    assert twice.document == once.document
    assert twice.replaced == ()


@given(policies(statements, older), templates)
def test_what_is_not_the_templates_stays_as_it_is_and_in_its_order(policy, template):
    whole = merged(json.dumps(policy), template).document

    foreign = [one for one in listed(policy) if one.get("Sid") not in template.sids]
    assert [one for one in whole["Statement"] if one.get("Sid") not in template.sids] == foreign
    assert {name: value for name, value in whole.items() if name != "Statement"} == {
        name: value for name, value in policy.items() if name != "Statement"
    }


@given(policies(statements, older), templates, templates)
def test_templates_do_not_touch_one_anothers(policy, one, other):
    both = merged(merged(policy, one).document, other).document["Statement"]
    turned = merged(merged(policy, other).document, one).document["Statement"]

    assert sorted(map(json.dumps, both)) == sorted(map(json.dumps, turned))


@given(policies(statements, older), templates)
def test_the_text_is_the_document(policy, template):
    whole = merged(policy, template)

    assert json.loads(whole.text) == whole.document


@pytest.mark.parametrize(
    "present", ["{", "[]", "null", '{"Version": "2012-10-17"}', '{"Statement": [], "Statement": []}', b"\xff"]
)
def test_a_policy_that_cannot_be_read_is_not_added_to(present):
    with pytest.raises(BadRequest) as caught:
        merged(present, TLS)

    assert caught.value.message.startswith("I can't add to the policy that is there: ")


def test_statements_that_are_none_are_left_for_access_analyzer_to_find():
    assert merged({"Statement": ["?", None, SITE]}, TLS).document["Statement"] == ["?", None, SITE, NEW]


def test_a_policy_of_the_most_that_s3_takes_is_put_without_blanks():
    whole = merged({"Statement": [of(MOST)]}, TLS)

    assert whole.size == len(whole.text.encode()) == MOST
    assert "\n" in merged({"Statement": [of(1000)]}, TLS).text


def test_a_policy_that_gets_too_long_is_refused_with_its_size():
    with pytest.raises(BadRequest) as caught:
        merged({"Statement": [of(MOST + 1)]}, TLS)

    assert "20,481 bytes; S3 takes 20,480" in caught.value.message


@given(st.sampled_from(["é", "日本", "\ud800", '"', "\n"]))
def test_any_letter_gets_through_and_counts_by_its_bytes(letter):
    whole = merged({"Statement": [allow(sid=letter)]}, TLS)

    assert json.loads(whole.text) == whole.document
    assert whole.size < len(whole.text.encode())
