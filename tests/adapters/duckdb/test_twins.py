"""Copies get the numbers that sorting all calls would give them."""

import duckdb
import pytest
import sqlglot

from bot.adapters.duckdb.twins import number_twins_alone

_EVENTS = [(1, "b"), (1, "a"), (1, "c"), (2, "x"), (None, "q"), (None, "p"), (3, None)]
_NUMBER = "row_number() OVER (PARTITION BY call_number ORDER BY told) AS copy"


def _rewritten(sql):
    tree = sqlglot.parse_one(sql, read="athena")
    number_twins_alone(tree)
    return tree.sql("duckdb")


@pytest.fixture
def asked():
    with duckdb.connect() as database:
        database.execute("CREATE TABLE events (call_number BIGINT, told VARCHAR)")
        database.executemany("INSERT INTO events VALUES (?, ?)", _EVENTS)
        yield lambda sql: sorted(database.execute(sql).fetchall(), key=str)


@pytest.mark.parametrize("of", ["events", "events e", "one"])
def test_each_copy_has_the_number_it_would_have(asked, of):
    sql = f"WITH one AS (SELECT * FROM events) SELECT * FROM (SELECT *, {_NUMBER} FROM {of}) ORDER BY told"
    quick = _rewritten(sql)
    assert "SEMI JOIN" in quick
    assert asked(quick) == asked(sql)


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT call_number, {_NUMBER} FROM events",
        f"SELECT *, {_NUMBER} FROM events WHERE told = 'a'",
        f"SELECT DISTINCT *, {_NUMBER} FROM events",
        f"SELECT *, {_NUMBER} FROM events LIMIT 2",
        f"SELECT *, {_NUMBER} FROM (SELECT * FROM events)",
        f"SELECT *, {_NUMBER.replace('call_number', 'call_number, told')} FROM events",
        f"SELECT *, {_NUMBER.replace('call_number', 'told')} FROM events",
        "SELECT *, count(*) OVER (PARTITION BY call_number) AS copy FROM events",
    ],
)
def test_what_is_another_question_stays_as_it_is(sql):
    assert _rewritten(sql) == sqlglot.parse_one(sql, read="athena").sql("duckdb")
