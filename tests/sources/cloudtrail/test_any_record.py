"""Whatever a record holds, it is told, let go by decision, or refused; real ones without gaps."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.alert import show
from bot.core.event import Event
from bot.core.text import plain
from bot.sources.cloudtrail import alert, source
from bot.sources.cloudtrail.rules import RULES
from tests.sources.cloudtrail.calls import call

REAL = Path(__file__).parents[4] / "shared/data/cloudtrail"


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["*", "0.0.0.0/0", "all"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(RULES),
    st.dictionaries(
        st.sampled_from(
            ["requestParameters", "responseElements", "userIdentity", "errorCode", "eventTime", "eventID"]
        ),
        ANY,
    ),
    st.data(),
)
def test_any_shape_of_a_call_is_read_or_refused(rule, changes, data):
    """Parameters that the rules look at, holding anything: an alert, a decision, or a ValidationError."""
    looked = ("bucketPolicy", "policyDocument", "x-amz-acl", "PublicAccessBlockConfiguration", *rule.resource)
    parameters = data.draw(st.dictionaries(st.sampled_from(looked), ANY))
    detail = {
        "eventSource": rule.event_source,
        "eventName": rule.event_name,
        "requestParameters": parameters,
    } | changes
    try:
        found = alert(Event("aws.x", source.detail_types[0], detail))
    except ValidationError:
        return
    if found:
        assert found.title
        assert show(found)


def test_parameters_nested_without_end_are_not_followed():
    deep = {"cidrIp": "0.0.0.0/0"}
    for _ in range(100):
        deep = {"items": [deep]}
    assert alert(call("ec2", "AuthorizeSecurityGroupIngress", deep)) is None


def records(value):
    if isinstance(value, dict) and "eventSource" in value and "eventName" in value:
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from records(inner)


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")
def test_every_real_sensitive_call_is_told_without_gaps():
    files = [
        file
        for folder in (
            "eventbridge-c7n",
            "detonation-stratus",
            "panther-rule-tests",
            "traildiscover",
            "awsdocs",
        )
        for file in sorted((REAL / folder).iterdir())
        if file.suffix in {".json", ".cloudtrail"}
    ]
    found = []
    for file in files:
        for detail in records(json.loads(file.read_text())):
            event = Event("aws.x", source.detail_types[0], copy.deepcopy(detail), account_id="111122223333")
            if one := alert(event):
                found.append(one)

    assert len(found) > 100
    for one in found:
        text = " ".join(
            [one.title, *(plain(line) for section in show(one).sections for line in section.lines)]
        )
        assert not [gap for gap in ("None", "null", "{}", "{", "  ") if gap in text], text
        assert all(plain(line).strip() for line in one.story)
