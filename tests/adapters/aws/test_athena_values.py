"""Values as Athena's literals: quoted, sayable, and no longer than an execution parameter may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.aws.athena_values import LONGEST, literal
from bot.errors import BadRequest


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=(LONGEST - 2) // 2))
def test_a_literal_is_one_quoted_text_whatever_it_holds(value):
    written = literal(value)

    assert written[0] == written[-1] == "'"
    assert "'" not in written[1:-1].replace("''", "")
    assert written[1:-1].replace("''", "'") == value


@pytest.mark.parametrize("value", ["a\0b", "a\nb", "\x1b[31m", "\x7f", "\x85", "\ud800", "a\udfffb"])
def test_control_characters_and_halves_of_characters_are_refused(value):
    with pytest.raises(BadRequest, match="control characters"):
        literal(value)


def test_the_longest_parameter_counts_its_quotes():
    assert len(literal("x" * 1022)) == 1024
    assert len(literal("'" * 511)) == 1024


@pytest.mark.parametrize("value", ["x" * 1023, "'" * 512])
def test_what_is_longer_is_refused_in_words(value):
    with pytest.raises(BadRequest, match=r"too long to look for: 1,02[56] characters") as caught:
        literal(value)

    assert value[:40] in caught.value.message
    assert len(caught.value.message) < 200
