import gzip
import json
from zlib import crc32

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.duckdb import structure
from bot.adapters.duckdb.records import Broken, parse
from bot.adapters.duckdb.sieve import Sieve
from bot.adapters.duckdb.structure import looks_like_a_log, marks_are_records

NEEDLE = "acme-pay"


def log(*records):
    return json.dumps({"Records": records}, separators=(",", ":")).encode()


def event(**fields):
    return {"eventVersion": "1.11", "eventName": "GetObject", "eventSource": "s3.amazonaws.com", **fields}


def sifted(text, *needles):
    return [record for record, _ in Sieve(needles).sift(text).records]


def holds(value, needle):
    match value:
        case str():
            try:  # JSON in a text, as some write requestParameters
                inner = json.loads(value)
            except ValueError:
                inner = None
            return needle in value or (
                isinstance(inner, dict | list | str) and inner != value and holds(inner, needle)
            )
        case dict():
            return any(needle in key or holds(item, needle) for key, item in value.items())
        case list():
            return any(holds(item, needle) for item in value)
    return False


# Values that try to look like structure: marks, brackets, quotes, backslashes, the needle in pieces.
texts = st.sampled_from(
    [
        "",
        NEEDLE,
        "acme",
        "-pay",
        "{",
        "}",
        "]}",
        '{"eventVersion"',
        '"',
        "\\",
        "},{",
        "\n",
        "é",
        "[x]",
        "vV",
        "\x01",
        "%61cme",
        "%2Facme",
        "%6",
    ]
) | st.lists(st.sampled_from([NEEDLE, '"', "\\", "{", "}", "[", "]", "v", "V", "/"]), max_size=6).map("".join)
keys = st.sampled_from(["eventVersion", "eventID", NEEDLE, "serverVersion", "Records", "a", "vV"]) | texts
values = st.recursive(
    texts | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
calls = st.builds(event, requestParameters=values, userAgent=texts)
nested = st.builds(
    lambda first, inner: event(requestParameters={"list": [first, *inner]}, eventID="outer"),
    st.dictionaries(st.just("x"), texts) | texts | st.just({}),
    st.lists(st.builds(event, key=texts), min_size=1, max_size=4),
)
records = calls | nested | st.dictionaries(keys, values, max_size=4)


def shuffled(record, order):
    names = sorted(record, key=lambda name: crc32(f"{order}{name}".encode()))
    return {name: record[name] for name in names}


@st.composite
def files(draw):
    found = draw(st.lists(records, max_size=6))
    if draw(st.booleans()):
        order = draw(st.integers(0, 5))
        found = [shuffled(one, order) for one in found]
    container = draw(
        st.sampled_from([lambda some: {"Records": some}, list, lambda some: {"Records": some, "z": [{}]}])
    )
    written = json.dumps(
        container(found),
        separators=draw(st.sampled_from([(",", ":"), (", ", ": ")])),
        indent=draw(st.sampled_from([None, None, None, 1])),
        ensure_ascii=draw(st.booleans()),
    )
    if draw(st.booleans()):  # any letter may be written as an escape
        letter = draw(st.sampled_from("aepy-/"))
        written = written.replace(letter, f"\\u{ord(letter):04x}", draw(st.integers(1, 4)))
    return written.encode()


def as_json(found):
    return sorted(orjson.dumps(one, option=orjson.OPT_SORT_KEYS) for one in found)


@given(files())
@example(log(event(requestParameters={"list": [{"x": 1}, event(k=NEEDLE), event(k=NEEDLE), event()]})))
@example(log({"first": 1, **event()}, event(requestParameters={"l": [{}, event(k=NEEDLE), event()]})))
def test_the_sieve_gives_records_of_the_file_and_every_one_that_holds_the_needle(text):
    try:
        everything = parse(text)
    except Broken:
        return
    kept = as_json(sifted(text, NEEDLE))
    every = as_json(everything)
    assert all(kept.count(one) <= every.count(one) for one in kept)
    wanted = as_json([one for one in everything if holds(one, NEEDLE)])
    assert all(kept.count(one) == every.count(one) for one in wanted)


@given(files())
def test_the_sieve_gives_every_record_that_holds_one_of_several_needles(text):
    try:
        everything = parse(text)
    except Broken:
        return
    kept = as_json(sifted(text, NEEDLE, "%61", "%6D"))
    every = as_json(everything)
    assert all(kept.count(one) <= every.count(one) for one in kept)
    wanted = as_json([one for one in everything if holds(one, NEEDLE) or holds(one, "%61")])
    assert all(kept.count(one) == every.count(one) for one in wanted)


def test_percent_encoded_letters_are_needles_as_others():
    names = ["%61cme", "%2Facme", "acme%2D", "acm%65", "%6", "100%"]
    text = log(*[event(eventID=f"{number}", key=name) for number, name in enumerate(names)], event())
    assert [one["eventID"] for one in sifted(text, "nothing", "%61", "%2D")] == ["0", "2"]
    assert [one["eventID"] for one in sifted(text, "%65")] == ["3"]


def test_records_without_the_needle_are_not_even_parsed():
    text = log(event(eventID="1", key=NEEDLE), event(eventID="2"), event(eventID="3", key=f"x{NEEDLE}x"))
    assert [one["eventID"] for one in sifted(text, NEEDLE)] == ["1", "3"]
    assert [one["eventID"] for one in sifted(text, "nothing")] == []
    assert [one["eventID"] for one in sifted(text, "nothing", NEEDLE)] == ["1", "3"]
    assert len(sifted(text)) == 3


@pytest.mark.parametrize(
    "fields",
    [{"resources": [{"arn": NEEDLE}]}, {"resources": [{"ARN": NEEDLE}, {"type": "x", "arn": "y"}]}],
)
def test_a_resources_key_in_lower_case_is_left_to_the_parser(fields):
    text = log(event(eventID="1", **fields), event(eventID="2", key=NEEDLE), event())
    found = Sieve([NEEDLE]).sift(text, parsed=False).records
    assert [record is None for record, _ in found] == [False, True]


def test_a_key_written_in_escapes_is_left_to_the_parser():
    text = log(event(key=NEEDLE), event(key=NEEDLE), event()).replace(b"userAgent", b"x")
    odd = text.replace(b'"key"', rb'"k\u0065z"', 1)
    found = Sieve(["acm"]).sift(odd, parsed=False).records
    assert [record is None for record, _ in Sieve(["acm"]).sift(text, parsed=False).records] == [True, True]
    assert [record is None for record, _ in found] == [False, True]


def test_the_bytes_kept_are_those_of_the_file():
    written = [event(eventID="1", key=NEEDLE, number=1.50), event(), event(eventID="2", key=NEEDLE)]
    text = log(*written)
    for parsed in (True, False):
        kept = [one for _, one in Sieve([NEEDLE]).sift(text, parsed=parsed).records]
        assert [json.loads(one) for one in kept] == [written[0], written[2]]
        assert all(one in text for one in kept)


@pytest.mark.parametrize(
    "written",
    [rb"\u0061cme-pay", rb"acme\u002dpay", rb"acme\u002Dpay", rb"\\u0061cme-pay"],
)
def test_an_escape_that_stands_for_a_letter_of_the_needle_hides_nothing(written):
    text = log(event(eventID="1", key="HERE"), event(eventID="2")).replace(b"HERE", written)
    assert "1" in [one["eventID"] for one in sifted(text, NEEDLE)]


def test_a_slash_may_be_escaped():
    text = log(event(key="a/b")).replace(b"a/b", rb"a\/b")
    assert len(sifted(text, "a/b")) == 1


def test_a_needle_that_json_escapes_keeps_every_record():
    text = log(event(key='say "x"'), event())
    assert len(sifted(text, 'say "x"')) == 2


def test_a_needle_that_is_part_of_the_mark_keeps_every_record():
    assert len(sifted(log(event(), event()), "Version")) == 2


@pytest.mark.parametrize(
    "parameters",
    [
        {"eventVersion": "x"},
        [{"eventVersion": "x"}],
        [{"a": "}]}"}, {"eventVersion": "x"}, {"eventVersion": "y"}],
        {"s": "]}}", "l": [{}, event(), event(), {"s": "{{["}]},
    ],
)
def test_a_mark_inside_a_record_is_seen(parameters):
    text = log(event(requestParameters=parameters), event())
    assert looks_like_a_log(text)
    assert not marks_are_records(text)


@pytest.mark.parametrize(
    "parameters",
    [
        None,
        {"s": '{"eventVersion"'},
        {"s": "}]}"},
        {"s": '\\"{'},
        {"serverVersion": {"serverVersion": 1}},
        {"e": "\\"},
    ],
)
def test_what_only_looks_like_a_mark_or_a_bracket_is_no_hindrance(parameters):
    assert marks_are_records(log(event(requestParameters=parameters), event()))


def test_what_is_known_to_be_closed_stays_little():
    for batch in range(3):
        many = {b"{%d:%d}" % (batch, number) for number in range(15_000)}
        structure._remember(structure._KNOWN, many, structure._KNOWN_AT_MOST)
        assert marks_are_records(log(event(requestParameters={"l": [{}] * batch}), event()))
        assert len(structure._KNOWN) < 40_000
    assert not marks_are_records(log(event(requestParameters={"l": [{}, event(), event()]}), event()))


def test_a_file_is_proven_once_and_another_never_by_it():
    text, nested = log(event()), log(event(requestParameters=[{}, event()]), event())
    assert marks_are_records(text, b"proven")
    assert marks_are_records(nested, b"proven")  # that is, nobody looks
    assert not marks_are_records(nested, b"another")
    assert not marks_are_records(nested, b"another")
    assert not marks_are_records(nested)


def test_a_file_that_was_asked_before_gives_the_same_records():
    text = log(
        event(eventID="1", key=NEEDLE, list=[{}, event(eventID="2", key=NEEDLE)]), event(eventID="other")
    )
    stored = gzip.compress(text)
    found = [Sieve(needles).sift(text, stored=stored).records for needles in ([NEEDLE], ["other"], [NEEDLE])]
    assert [[record["eventID"] for record, _ in kept] for kept in found] == [["1"], ["other"], ["1"]]
