import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.public.meaning import fits, narrowest, widest, written
from bot.core.public.policy import openings

JUDGEMENTS = st.lists(st.sampled_from(["public", "unknown", "not-public"]), min_size=1)


@given(JUDGEMENTS)
def test_one_way_in_is_enough_and_one_closed_door_is_too(some):
    assert ("public" in some) == (widest(some) == "public")
    assert ("not-public" in some) == (narrowest(some) == "not-public")
    assert widest(["unknown", "not-public"]) == narrowest(["unknown", "public"]) == "unknown"


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_takes_what_its_plain_expression_takes(pattern, value):
    plain = pattern.replace("*", ".*").replace("?", ".")

    assert fits(value, pattern) == bool(re.fullmatch(plain, value))


@pytest.mark.parametrize("pattern", ["*?" * 30 + "z", "*e" * 30 + "z", "*" * 20_000 + "z"])
def test_no_pattern_takes_for_ever(pattern):
    assert not fits("e" * 70, pattern)


def test_what_is_nested_without_end_is_not_spelled_out():
    value = []
    for _ in range(sys.getrecursionlimit() * 2):
        value = [value]
    said = {"Effect": value, "Principal": {"AWS": [value]}, "Sid": value, "Action": value}

    assert written(value) == "(not a plain value)"
    assert openings(
        {"Statement": [said, {"Effect": "Allow", "NotPrincipal": value, "Condition": {"Null": value}}]}
    )
