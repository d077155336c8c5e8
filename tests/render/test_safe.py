import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.safe import clean, escape, hidden, size
from tests.render.hostile import CORPUS

_any = st.text(st.characters(exclude_categories=[])) | st.sampled_from(list(CORPUS.values()))


@given(_any, st.none() | st.integers(0, 200))
def test_nothing_hidden_is_left(text, limit):
    assert not any(map(hidden, clean(text, limit)))


@given(_any, st.integers(0, 200), st.booleans())
def test_the_limit_holds_in_utf16_units(text, limit, lines):
    assert size(clean(text, limit, lines=lines)) <= limit


@given(_any)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_ascii_stays_as_it_is(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gpj\u202eexe", "gpj⟨U+202E⟩exe"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("a\u2028b", "a⟨U+2028⟩b"),
        ("a\ud800b", "a⟨U+D800⟩b"),
        ("a\U000e0041b", "a⟨U+E0041⟩b"),
        ("a\u3164b", "a⟨U+3164⟩b"),
        ("a\r\nb\rc\nd", "a⏎b⏎c⏎d"),
        ("a\tb", "a b"),
        ("東京 café 🔥", "東京 café 🔥"),
    ],
)
def test_what_hides_is_made_visible(text, shown):
    assert clean(text) == shown


def test_line_breaks_stay_where_lines_are_wanted():
    assert clean("a\r\nb\nc\x1b", lines=True) == "a\nb\nc⟨U+001B⟩"


def test_a_cut_says_how_long_it_was():
    assert clean("A" * 10_240, 60) == "A" * 39 + "… (10,240 characters)"


def test_a_cut_in_a_small_place_is_an_ellipsis():
    assert clean("A" * 10_240, 10) == "A" * 9 + "…"


def test_a_cut_leaves_no_half_of_a_mark():
    assert clean("aaa" + "\u202e" * 9, 10) == "aaa…"


@given(_any)
def test_escape_leaves_nothing_live_and_can_be_undone(text):
    escaped = escape(text)

    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_escape_touches_exactly_three_characters():
    assert escape("<&>\"'*_~`") == "&lt;&amp;&gt;\"'*_~`"
