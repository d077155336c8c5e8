"""A statement is read as Athena reads it: values stay values, conditions stay their table's."""

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from bot.adapters.aws.athena_values import literal
from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import Partition
from bot.embedded.aws.athena.statement import Malformed, choose, needles, parse, paste, scans

KEYS = ("account", "region", "day")


def survivors(sql: str) -> list[str]:
    places = [Partition(("1", "r", f"2026/09/0{n}"), "b", "p") for n in range(1, 5)]
    (scan,) = scans(parse(sql), "noroshi")
    return [place.values[2][-1] for place in choose(scan, KEYS, places)]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_a_pasted_value_is_read_back_as_that_value_and_nothing_else(value):
    pasted = sqlglot.parse_one(
        paste("SELECT 1 FROM t WHERE a = ? AND b = 'q?'", [literal(value)]), read="trino"
    )

    texts = [each.this for each in pasted.find_all(exp.Literal) if each.is_string]
    assert sorted(texts) == sorted([value, "q?"])


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("day = '2026/09/02'", ["2"]),
        ("DAY > '2026/09/02'", ["3", "4"]),
        ("day > '2026/09/02' AND eventname = 'x'", ["3", "4"]),
        ("day > '2026/09/02' OR eventname = 'x'", ["1", "2", "3", "4"]),
        ("NOT day = '2026/09/02'", ["1", "3", "4"]),
        ("day IN (SELECT max(day) FROM u)", ["1", "2", "3", "4"]),
        ("region || day = 'r2026/09/04'", ["4"]),
        ("1 = 0", ["1", "2", "3", "4"]),
    ],
)
def test_conditions_on_partitions_alone_choose_partitions(where, left):
    if "SELECT" in where:
        first, _ = scans(parse(f"SELECT 1 FROM t WHERE {where}"), "noroshi")
        assert first.conditions == ()
    else:
        assert survivors(f"SELECT 1 FROM t WHERE {where}") == left


def test_another_tables_condition_chooses_nothing():
    read = scans(
        parse("SELECT 1 FROM t a JOIN u b ON a.x = b.x WHERE b.day = '2026/09/02' AND day = 'q'"), "noroshi"
    )

    assert [[part.sql() for part in scan.conditions] for scan in read] == [[], ["b.day = '2026/09/02'"]]


def test_the_name_of_a_with_is_no_table():
    read = scans(
        parse("WITH hit AS (SELECT * FROM t) SELECT * FROM hit JOIN hit AS again ON true"), "noroshi"
    )

    assert [(scan.database, scan.table) for scan in read] == [("noroshi", "t")]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("eventsource IN ('s3.amazonaws.com', 'x.y')", ("s3.amazonaws.com", "x.y")),
        ("day = 'd' AND eventname = 'GetObject'", ("GetObject",)),
        ("eventname = 'a\"b'", ()),
        ("eventname <> 'GetObject'", ()),
        ("eventname = 'a' OR eventname = 'b'", ()),
        ("eventname IN ('a', awsregion)", ()),
        ("lower(eventname) = 'getobject'", ()),
        ("useragent = 'x'", ()),
    ],
)
def test_what_every_record_must_hold_is_known_only_where_it_is_sure(where, found):
    assert needles(scans(parse(f"SELECT 1 FROM t WHERE {where}"), "noroshi")) == found


def test_nothing_is_sure_when_a_table_is_read_twice():
    sql = "SELECT 1 FROM t WHERE eventname = 'a' UNION ALL SELECT 1 FROM t WHERE eventname = 'b'"

    assert needles(scans(parse(sql), "noroshi")) == ()


def test_only_one_whole_query_is_a_statement():
    with pytest.raises(Malformed):
        parse("SELECT 1; SELECT 2")
    with pytest.raises(Failure, match="SELECT only"):
        parse("DELETE FROM t")


def test_a_comment_in_a_parameter_hides_nothing_of_the_statement():
    pasted = paste("SELECT 1 FROM t WHERE a = ? AND b = 'kept'", ["'x' -- gone"])

    assert pasted == "SELECT 1 FROM t WHERE a = 'x' AND b = 'kept'"
