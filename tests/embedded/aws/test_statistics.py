"""Row groups are ruled out by statistics as Trino rules them out, and never when a row might be in them."""

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.aws.athena.statistics import Chunk, may_hold

TEXT = Chunk(10, "b", "d", 0, 100, "BYTE_ARRAY")
NUMBER = Chunk(10, "5", "20", 3, 100, "INT64")
NULLS = Chunk(10, None, None, 100, 100, "BYTE_ARRAY")
GROUP = {"t": [TEXT], "n": [NUMBER], "nothing": [NULLS], "pair": [TEXT, TEXT]}


def holds(condition: str) -> bool:
    return may_hold(sqlglot.parse_one(condition, read="trino"), GROUP)


@pytest.mark.parametrize(
    ("condition", "may"),
    [
        ("t = 'c'", True),
        ("t = 'a'", False),
        ("'e' = t", False),
        ("t > 'd'", False),
        ("t >= 'd'", True),
        ("'b' > t", False),
        ("'b' >= t", True),
        ("t BETWEEN 'e' AND 'f'", False),
        ("t BETWEEN 'd' AND 'f'", True),
        ("t IN ('a', 'e')", False),
        ("t IN ('a', 'c')", True),
        ("(t = 'a' OR t > 'x')", False),
        ("t = 'a' OR t = 'c'", True),
        ("t = 'a' OR n = 1", True),
        ("t IS NULL", False),
        ("n IS NULL", True),
        ("t IS NOT NULL", True),
        ("nothing IS NOT NULL", False),
        ("nothing = 'x'", False),
        ("nothing IS NULL", True),
        ("n < 5", False),
        ("n <= 5", True),
        ("n = 100", False),
        ("n = '100'", True),
        ("n > 19.5", True),
        ("pair = 'zzz'", True),
        ("lower(t) = 'a'", True),
        ("NOT coalesce(t = 'c', false)", True),
        ("t = other", True),
        ("elsewhere = 'x'", True),
        ("t LIKE 'zzz%'", True),
    ],
)
def test_statistics_rule_out(condition, may):
    assert holds(condition) is may


VALUES = st.lists(st.none() | st.text("ab\u00e9\ud7ff\U0001f600", max_size=3), min_size=1, max_size=5)
CONDITIONS = st.sampled_from(
    [
        "v = ?",
        "v > ?",
        "v >= ?",
        "v < ?",
        "v <= ?",
        "v IN (?, 'a')",
        "v BETWEEN 'a' AND ?",
        "v IS NULL",
        "v IS NOT NULL",
    ]
)


@given(VALUES, CONDITIONS, st.text("ab\u00e9\ud7ff\U0001f600", max_size=3))
def test_no_row_that_meets_the_condition_is_ruled_out(values, condition, literal):
    known = sorted(value for value in values if value is not None)
    ends = (known[0], known[-1]) if known else (None, None)
    chunk = Chunk(1, *ends, len(values) - len(known), len(values), "BYTE_ARRAY")
    sql = condition.replace("?", f"'{literal}'")

    found = duckdb.execute(f"SELECT count(*) FROM (SELECT unnest(?::VARCHAR[]) AS v) WHERE {sql}", [values])

    if found.fetchall()[0][0]:
        assert may_hold(sqlglot.parse_one(sql, read="trino"), {"v": [chunk]})
