"""What stands in JSON values, and how it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.trail.authorship.values import documents, field, pairs, specific, tags, texts

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BlockPublicAcls", "blockPublicAcls"),
        ("DBInstanceClass", "dBInstanceClass"),
        ("enablePerformanceInsights", "performanceInsightsEnabled"),
        ("newDBInstanceIdentifier", "dBInstanceIdentifier"),
        ("SSEAlgorithm", "sseAlgorithm"),
        ("securityGroupIds", "securityGroupId"),
    ],
)
def test_two_services_names_of_one_field_are_one(one, other):
    assert field(one) == field(other)


@pytest.mark.parametrize(
    ("one", "other"), [("cidrIp", "cidrIpv6"), ("publicIp", "privateIp"), ("enabled", "status")]
)
def test_names_of_two_fields_are_two(one, other):
    assert field(one) != field(other)


def test_a_value_under_a_carrier_belongs_to_the_field_around_it():
    assert pairs({"instanceType": {"value": "m5.Large"}}) == {("instancetype", "m5.large")}
    assert pairs({"a": {"items": [True, 3.0, None]}}) == {("a", "true"), ("a", "3")}


def test_only_what_says_enough_by_itself_is_looked_for():
    assert specific({"true", "enabled", "22", "1.5", "tcp", "ab", "2026-01-01T00:00:00Z", "sg-0abc"}) == {
        "tcp",
        "sg-0abc",
    }


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"tagSet": {"items": [{"key": "a", "value": "1"}, {"key": "b"}]}}, {"a": "1", "b": None}),
        ({"tags": {"a": "1", "b": True}}, {"a": "1", "b": "true"}),
        ({"tags": [{"Key": "a", "Value": "1"}]}, {"a": "1"}),
        ({"tags": {"items": [{"key": "a", "value": ""}]}}, {"a": ""}),
        ({"Tagging": {"xmlns": "x", "TagSet": {"Tag": {"Key": "a", "Value": True}}}}, {"a": "true"}),
        ({"tagKeys": ["a", "b"]}, {"a": None, "b": None}),
        ({"tagKeys": {"items": ["a"]}}, {"a": None}),
        ({"resourceName": "x"}, {}),
        (None, {}),
    ],
)
def test_tags_are_read_from_every_form(request_, expected):
    assert dict(tags(request_)) == expected


def test_documents_are_the_same_whatever_their_order():
    one = {"Statement": [{"Action": ["b", "a"], "Effect": "Allow"}, {"Effect": "Deny"}]}
    other = {"policy": {"statement": [{"effect": "Deny"}, {"Effect": "Allow", "Action": ["a", "b"]}]}}

    assert documents(one) == documents(other)
    assert documents({"Statement": "text"}) == frozenset()


@given(anything)
def test_no_value_is_too_odd(value):
    assert isinstance(texts(value), frozenset)
    assert isinstance(pairs(value), frozenset)
    assert isinstance(documents(value), frozenset)
    dict(tags(value))
