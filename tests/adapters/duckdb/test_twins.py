"""Of each call the record stands that sorting all calls would put first."""

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.duckdb.twins import number_twins_alone
from bot.trail.copies import NEEDED_ONCE, beside, once

_EVENTS = [(1, "b"), (1, "a"), (1, "c"), (2, "x"), (None, "q"), (None, "p"), (3, None)]
_NUMBER = "row_number() OVER (PARTITION BY call_number ORDER BY told) AS copy"
_FIRST = "copy = 1 OR call_number IS NULL"
_rows = st.lists(
    st.tuples(st.none() | st.integers(1, 3), *[st.none() | st.sampled_from("ab")] * 6), max_size=9
)


def _rewritten(sql):
    tree = sqlglot.parse_one(sql, read="athena")
    number_twins_alone(tree)
    return tree.sql("duckdb")


def _as_it_is(sql):
    return sqlglot.parse_one(sql, read="athena").sql("duckdb")


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as database:
        database.execute("CREATE TABLE events (call_number BIGINT, told VARCHAR)")
        database.executemany("INSERT INTO events VALUES (?, ?)", _EVENTS)
        texts = ", ".join(f'"{name}" VARCHAR' for name in NEEDED_ONCE[1:])
        database.execute(f"CREATE TABLE calls (call_number BIGINT, {texts})")
        yield database


def _asked(database, sql):
    return sorted(database.execute(sql).fetchall(), key=str)


@pytest.mark.parametrize("of", ["events", "events e", "one"])
def test_the_first_of_each_call_stands_and_all_calls_without_a_number(database, of):
    numbered = f"SELECT *, {_NUMBER} FROM {of}"
    sql = f"WITH one AS (SELECT * FROM events) SELECT call_number, told FROM (SELECT * FROM ({numbered}) WHERE {_FIRST})"
    quick = _rewritten(sql)
    assert "SEMI JOIN" in quick
    assert _asked(database, quick) == _asked(database, _as_it_is(sql))
    assert (1, "a") in _asked(database, quick)


@given(_rows)
def test_what_every_question_counts_stays_the_same(database, rows):
    database.execute("DELETE FROM calls")
    for row in rows:
        database.execute(f"INSERT INTO calls VALUES ({', '.join('?' * len(row))})", row)
    sql = (
        "WITH events AS (SELECT * FROM calls), standing AS (SELECT * FROM calls WHERE false),"
        f" once AS ({once()}) SELECT {', '.join(NEEDED_ONCE)} FROM once"
    )
    assert "SEMI JOIN" in _rewritten(sql)
    assert _asked(database, _rewritten(sql)) == _asked(database, _as_it_is(sql))
    beside_others = beside(sql, "standing")
    assert "LAG(" in _rewritten(beside_others)
    assert _asked(database, _rewritten(beside_others)) == _asked(database, _as_it_is(sql))


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT *, {_NUMBER} FROM events",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM events)",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM events) WHERE copy = 2 OR call_number IS NULL",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM events) WHERE copy = 1",
        f"SELECT told FROM (SELECT *, {_NUMBER} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM events) WHERE {_FIRST} LIMIT 2",
        f"SELECT * FROM (SELECT call_number, {_NUMBER} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM events WHERE told = 'a') WHERE {_FIRST}",
        f"SELECT * FROM (SELECT DISTINCT *, {_NUMBER} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER} FROM (SELECT * FROM events)) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER.replace('BY call_number', 'BY call_number, told')} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER.replace('call_number', 'told')} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, {_NUMBER.replace(' ORDER BY told', '')} FROM events) WHERE {_FIRST}",
        f"SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY call_number) AS copy FROM events) WHERE {_FIRST}",
    ],
)
def test_what_is_another_question_stays_as_it_is(sql):
    wrapped = f"WITH one AS ({sql}) SELECT * FROM one"
    assert _rewritten(wrapped) == _as_it_is(wrapped)
