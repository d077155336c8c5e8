"""A cheap look at a message's text never says calm of what is critical."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.guardduty import calm
from tests.sources.guardduty.findings import FIRES


def event(severity):
    return FIRES | {"detail": FIRES["detail"] | {"severity": severity}}


def wrapped(said, times, **form):
    """As SNS brings it: a text in JSON, again and again."""
    text = json.dumps(said, **form)
    for _ in range(times):
        text = json.dumps({"Type": "Notification", "Message": text}, **form)
    return text


@given(
    number=st.floats(9, 10) | st.integers(9, 10),
    times=st.integers(0, 3),
    form=st.sampled_from([{}, {"indent": 2}, {"separators": (",", ":")}]),
)
def test_a_critical_finding_is_never_calm(number, times, form):
    assert not calm(wrapped(event(number), times, **form))


@pytest.mark.parametrize("number", [1, 2.5, 4, 7, 8.9])
@pytest.mark.parametrize("times", [0, 1])
def test_another_finding_is_calm(number, times):
    assert calm(wrapped(event(number), times))


@pytest.mark.parametrize("text", ["", "what is this?", json.dumps({"detail-type": "AWS Health Event"})])
def test_what_is_no_finding_is_not_calm(text):
    assert not calm(text)
