"""JSON in strings is opened however it was packed; any other text stays as it is."""

import json
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.configuration.opened import DEEPEST, opened

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_a_policy_in_a_string_is_opened_wherever_it_stands():
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}
    held = {"BucketPolicy": json.dumps({"policyText": json.dumps(policy)})}

    assert opened(held) == {"BucketPolicy": {"policyText": policy}}


def test_a_percent_encoded_document_of_iam_is_opened():
    trust = {
        "Statement": [{"Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]
    }

    assert opened({"assumeRolePolicyDocument": quote(json.dumps(trust))}) == {
        "assumeRolePolicyDocument": trust
    }


def test_an_acl_that_is_encoded_twice_is_opened():
    acl = {"grantSet": None, "grantList": [{"grantee": "AllUsers", "permission": "Read"}]}

    assert opened(json.dumps(json.dumps(acl))) == acl


@pytest.mark.parametrize(
    "text",
    [
        "123",
        "true",
        "null",
        '"quoted"',
        "10.0.0.0/8",
        "::/0",
        "[::1]",
        "arn:aws:iam::111122223333:role/x",
        "{not json",
        '{"a":',
        "%7Bnot json",
        "100%25",
        "%",
        "{{resolve:ssm:name}}",
        "",
        "   ",
        "[" * 100_000,
        "\ud800{",
    ],
)
def test_a_text_that_holds_no_object_stays_a_text(text):
    assert opened({"value": [text]}) == {"value": [text]}


def test_a_document_nested_deeper_than_is_looked_into_stays_the_text_it_came_as():
    deep = "[" * 500 + "]" * 500

    assert opened({"value": deep}) == {"value": deep}
    assert isinstance(opened("[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)), list)


def test_what_was_nested_deep_before_it_came_does_not_stop_it():
    deep: object = "end"
    for _ in range(5_000):
        deep = [deep]

    assert isinstance(opened(deep), list)


def test_a_value_of_300_kb_is_opened_at_once():
    statements = [{"Sid": f"S{n}", "Action": ["s3:GetObject"] * 20, "Resource": "*"} for n in range(1_000)]
    text = json.dumps(json.dumps({"policyText": json.dumps({"Statement": statements})}))
    assert len(text) > 300_000
    begun = time.process_time()

    assert opened(text)["policyText"]["Statement"][999]["Sid"] == "S999"
    assert time.process_time() - begun < 1


@given(JSON)
def test_opening_what_is_open_changes_nothing(value):
    assert opened(opened(value)) == opened(value)


@given(st.dictionaries(st.text(), JSON, max_size=4) | st.lists(JSON, max_size=4))
def test_a_document_is_the_same_however_often_it_was_encoded(value):
    once = json.dumps(value)

    assert opened(once) == opened(json.dumps(once)) == opened(quote(once)) == opened(value)


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_stops_it(text):
    opened(text)
    opened("{" + text)
    opened("%7B" + text)
