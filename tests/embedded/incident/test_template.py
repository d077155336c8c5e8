"""Templates say what the record said, with the holes filled and nothing else touched."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.incident.template import Template

plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: "<<" not in text)
records = st.dictionaries(
    plain, plain | st.integers(-(2**53), 2**53) | st.none() | st.lists(plain, max_size=3)
)


@given(records)
def test_a_record_without_holes_stays_as_it_is(record):
    assert Template(record).record({}) == record


def test_holes_are_filled_within_text_and_as_bare_numbers():
    template = Template({"key": "a/<<key>>%s", "bytes": "<<#bytes>>"})

    assert orjson.loads(template.fill({"key": "b", "bytes": 5})) == {"key": "a/b%s", "bytes": 5}


def test_a_hole_without_a_value_is_an_error():
    with pytest.raises(KeyError, match="time"):
        Template({"eventTime": "<<time>>"}).fill({})
