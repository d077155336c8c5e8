"""Values that differ are the same ones, whenever they are told apart."""

from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb.dialect import to_duckdb

_GATHERED = "array_sort(array_agg(DISTINCT x) FILTER (WHERE x IS NOT NULL))"
_rows = st.lists(st.tuples(st.integers(0, 2), st.none() | st.sampled_from(["", "a", "b", "é", "B", "ab"])))


def _translated(what):
    sql = f"SELECT g, {what} AS gathered FROM t GROUP BY g"
    return to_duckdb(sql, table="t", parameters=0, now=datetime(2026, 9, 8, tzinfo=UTC)).sql


@given(_rows)
def test_each_value_is_gathered_once_and_in_order(rows):
    with duckdb.connect() as database:
        database.execute("CREATE TABLE t (g BIGINT, x VARCHAR)")
        for row in rows:
            database.execute("INSERT INTO t VALUES (?, ?)", row)
        found = dict(database.execute(_translated(_GATHERED)).fetchall())
    values = {group: {x for g, x in rows if g == group and x is not None} for group, _ in rows}
    assert found == {group: sorted(some, key=str.encode) if some else None for group, some in values.items()}


def test_no_value_is_told_apart_by_a_plan_of_its_own():
    assert "DISTINCT" not in _translated(_GATHERED).replace("LIST_DISTINCT", "")


@pytest.mark.parametrize(
    "what",
    [
        "array_sort(array_agg(DISTINCT x))",
        "array_sort(array_agg(DISTINCT x) FILTER (WHERE y IS NOT NULL))",
        "array_sort(array_agg(DISTINCT x) FILTER (WHERE x IS NULL))",
        "array_agg(DISTINCT x) FILTER (WHERE x IS NOT NULL)",
        "count(DISTINCT x) FILTER (WHERE x IS NOT NULL)",
    ],
)
def test_what_is_another_question_stays_as_it_is(what):
    assert "LIST_DISTINCT" not in _translated(what)
    assert "DISTINCT x" in _translated(what)
