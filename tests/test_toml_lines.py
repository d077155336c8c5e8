"""Where something stands in a TOML text, whichever way it is written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.toml_lines import line_of

TEXT = '''# [[alerts.routes]] is no header here
zone = "UTC"
words = """
[[alerts.routes]]
"""

[[alerts.routes]]
severity = "high"
channel = "#a"

[[ alerts . "routes" ]]  # with blanks
source = [
  "guardduty",
  "gaurdduty",
]
[alerts.more]
key = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("zone",), 2),
        (("words",), 3),
        (("alerts", "routes", 0), 7),
        (("alerts", "routes", 0, "channel"), 9),
        (("alerts", "routes", 1), 11),
        (("alerts", "routes", 1, "source"), 12),
        (("alerts", "routes", 1, "source", 1), 12),
        (("alerts", "routes", 1, "channel"), 11),
        (("alerts", "routes", 2), 7),
        (("alerts", "more", "key"), 17),
        (("nothing",), None),
        ((), None),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_line_is_where_it_begins_or_where_what_holds_it_does(path, line, ends):
    assert line_of(TEXT.replace("\n", ends), path) == line


def test_an_entry_of_an_array_stands_where_its_statement_begins():
    text = 'a = 1\nalerts.routes = [\n  {source = "x"},\n  {source = "y"},\n]\n'

    assert line_of(text, ("alerts", "routes", 1, "source")) == 2


def test_a_text_that_is_broken_after_it_still_has_its_line():
    assert line_of("a = 1\nb = [", ("a",)) == 1


@given(st.text(alphabet='[]{}=."#ab1\n ', max_size=40))
def test_any_text_at_all_is_looked_through(text):
    line = line_of(text, ("a", "b"))

    assert line is None or 1 <= line <= text.count("\n") + 1


@given(st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_every_table_of_a_list_has_the_line_of_its_own_header(blanks):
    text = "".join("\n" * blank + "[[list]]\nkey = 1\n" for blank in blanks)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line == "[[list]]"]

    assert [line_of(text, ("list", n)) for n in range(len(blanks))] == lines
    assert len(tomllib.loads(text)["list"]) == len(blanks)
