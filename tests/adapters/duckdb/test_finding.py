"""A needle is found where bytes.find finds it, however it is looked for."""

import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb import finding
from bot.adapters.duckdb.finding import findings

_texts = st.text("ab%2Fx\0", max_size=40).map(str.encode) | st.binary(max_size=20)
_ways = [finding.finding, lambda needle: partial(finding._in_python, needle)]


def _places(find):
    places, start = [], 0
    while (place := find(start)) >= 0:
        places.append(place)
        start = place + 1
    return places


@pytest.mark.parametrize("way", _ways, ids=["fast", "plain"])
@given(text=_texts, needle=st.text("ab\0", min_size=1, max_size=3).map(str.encode), start=st.integers(0, 50))
def test_every_place_is_found_from_wherever_the_search_begins(way, text, needle, start):
    assert way(needle)(text)(start) == text.find(needle, start)
    assert _places(way(needle)(text)) == [
        place.start() for place in re.finditer(b"(?=%s)" % re.escape(needle), text)
    ]


@given(_texts)
def test_percent_encoded_letters_are_found_together_with_what_is_no_letter(text):
    words, letters = findings([b"ab", b"%2F", b"%61"])
    assert _places(words(text)) == [place.start() for place in re.finditer(b"ab", text)]
    assert _places(letters(text)) == [place.start() for place in re.finditer(b"%(?:2F|61)", text)]


def test_a_text_outlives_whoever_made_it_while_it_is_searched():
    find = finding.finding(b"needle")(b"x" * 1_000_000 + b"needle")
    assert [find(0), find(1_000_000), find(1_000_001)] == [1_000_000, 1_000_000, -1]
