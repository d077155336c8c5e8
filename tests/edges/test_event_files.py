"""Files of events, as people save them; nothing in them is left out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edges.event_files import Saved, _messages, saved
from bot.errors import BadRequest, NotFound

ONE = '{"a": 1}'
PRETTY = json.dumps({"a": {"b": 1}}, indent=2)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("plain words", ["plain words"]),
        ("AWS Budget\nTwo lines", ["AWS Budget\nTwo lines"]),
        (ONE, [ONE]),
        ('[{"a": 1}, {"b": 2}]', [ONE, '{"b": 2}']),
        ('["{\\"a\\": 1}"]', [ONE]),
        (json.dumps({"Messages": [{"Body": "{}"}, {"Body": "x"}]}), ["{}", "x"]),
        (json.dumps({"Messages": ["x", {"b": 2}]}), ["x", '{"b": 2}']),
        (json.dumps({"Body": "x", "MessageId": "m"}), ["x"]),
        (json.dumps([{"Body": "x"}, {"Body": "y"}]), ["x", "y"]),
        (f'{ONE}\n\n{{"b": 2}}\n', [ONE, '{"b": 2}']),
        (f'{ONE}\r\n{{"b": 2}}\r\n', [ONE, '{"b": 2}']),
        (f"{PRETTY}\n{PRETTY}", ['{"a": {"b": 1}}'] * 2),
        (f"{ONE}{ONE}", [ONE] * 2),
        ("[]", []),
    ],
)
def test_a_file_holds_one_message_or_many(tmp_path, content, messages):
    file = tmp_path / "events.json"
    file.write_bytes(content.encode())

    assert saved(file) == Saved(tuple(messages))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_may_be_in_any_unicode(tmp_path, encoding):
    file = tmp_path / "events.json"
    file.write_bytes('{"a": "狼煙"}'.encode(encoding))

    assert [json.loads(body) for body in saved(file).bodies] == [{"a": "狼煙"}]


def test_a_file_that_is_no_text_teaches(tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\xff\xfe")

    with pytest.raises(BadRequest, match="can't be read as text"):
        saved(file)


@pytest.mark.parametrize("content", ["", " \n "])
def test_an_empty_file_teaches(tmp_path, content):
    file = tmp_path / "empty.json"
    file.write_text(content)

    with pytest.raises(BadRequest, match=r"empty\.json is empty"):
        saved(file)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"half": ', "is no whole JSON: Expecting value: line 1"),
        ("[1, 2", "is no whole JSON: "),
        ('{\n  "a": 1,\n}', "is no whole JSON: "),
        (f"{PRETTY}\n{{", "is no whole JSON: "),
        ("[" * 100_000, "nests deeper"),
        (f"{ONE}\n{'[' * 100_000}", "nests deeper"),
        (f"{PRETTY}\n{'[' * 100_000}", "nests deeper"),
    ],
)
def test_a_broken_file_is_one_message_of_text_and_says_where_it_is_broken(tmp_path, content, says):
    file = tmp_path / "half.json"
    file.write_text(content)

    assert saved(file).bodies == (content,)
    assert saved(file).faults[0].startswith(f"half.json {says}")


def test_a_broken_line_costs_no_other(tmp_path):
    file = tmp_path / "half.jsonl"
    file.write_text(f'{ONE}\n\n{{"b": \n{ONE}')

    assert saved(file).bodies == (ONE, '{"b": ', ONE)
    assert [fault.partition(": ")[0] for fault in saved(file).faults] == [
        "half.jsonl is no whole JSON in line 3"
    ]


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    for place in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(NotFound):
            saved(place)


values = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Messages", "Body", "x"]), inner, max_size=2)
    ),
    max_leaves=8,
)


@given(st.lists(values, max_size=4))
def test_no_message_of_an_array_is_left_out(many):
    whole = [value for value in many if value != [] and not _hollow(value)]

    assert len(_messages(many)) >= len(whole)


def _hollow(value):
    """An array or an envelope with nothing in it."""
    inner = (
        value["Messages"] if isinstance(value, dict) and isinstance(value.get("Messages"), list) else value
    )
    return isinstance(inner, list) and all(_hollow(each) for each in inner)
