"""The bot's SQL is Trino's, by a grammar that is not the one the duckdb engine reads it with."""

import os
import re

import pytest

from commands.trail import trail
from tests.trail.grammar.trino import missing, trino_grammar
from tests.trail.statements import QUESTIONS, STATEMENTS


@pytest.fixture(scope="module")
def faults():
    if lacking := missing():
        if os.environ.get("CI"):  # noqa: TID251 - only the environment says that this is CI
            pytest.fail(f"CI must have Trino's grammar: {lacking}")
        pytest.skip(lacking)
    with trino_grammar() as grammar:
        yield grammar


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_is_trinos(faults, name):
    assert faults(STATEMENTS[name]) == []


@pytest.mark.parametrize("name", [name for name in STATEMENTS if name.endswith("; raw, by hand")])
def test_a_statement_that_lacks_its_end_is_found_fault_with(faults, name):
    whole = STATEMENTS[name]

    assert faults(whole[: whole.rindex("SELECT") + len("SELECT")])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT eventid FROM cloudtrail WHERE",
        "SELECT eventid, FROM cloudtrail",
        "SELECT eventid FROM cloudtrail WHERE (day = ?",
        "SELECT eventid FROM cloudtrail WHERE region IN ()",
        "SELECT 'eventid FROM cloudtrail",
        "SELECT eventid FROM cloudtrail /* where",
        "SELECT 1 SELECT 2",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
    ],
)
def test_a_broken_statement_is_found_fault_with(faults, sql):
    assert faults(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT eventid::int FROM cloudtrail",
        "SELECT list_filter(resources, LAMBDA r : r IS NOT NULL) FROM cloudtrail",
        "SELECT [r.arn FOR r IN resources] FROM cloudtrail",
        "SELECT {'arn': eventid} FROM cloudtrail",
        "SELECT * EXCLUDE (eventid) FROM cloudtrail",
        "SELECT eventid FROM cloudtrail WHERE eventname ILIKE 'get%'",
        "SELECT eventid FROM cloudtrail QUALIFY row_number() OVER () = 1",
        "SELECT eventname, count(*) FROM cloudtrail GROUP BY ALL",
        "SELECT eventid FROM cloudtrail WHERE day = $1",
        "FROM cloudtrail",
    ],
)
def test_what_only_duckdb_takes_is_found_fault_with(faults, sql):
    assert faults(sql)


@pytest.mark.parametrize("name", ["`eventid`", "1st", '""'])
def test_a_name_that_trino_refuses_is_found_fault_with(faults, name):
    assert faults(f"SELECT {name} FROM cloudtrail") == [f"1:7 Trino refuses the name {name}"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT eventid FROM cloudtrail WHERE day BETWEEN ? AND ? AND region IN (?, ?) LIMIT ?",
        "SELECT filter(resources, r -> starts_with(r.arn, ?)) FROM cloudtrail",
        'SELECT \'`day` "" ? ; --\' AS "a name", timestamp FROM cloudtrail -- in its own place',
    ],
)
def test_what_trino_takes_has_no_fault(faults, sql):
    assert faults(sql) == []


def test_a_fault_says_where_and_what(faults):
    assert faults("SELECT eventid\nFROM cloudtrail WHERE day = = ?") == [
        "2:28 no viable alternative at input '= ='"
    ]


def test_every_question_of_trail_has_its_statement_read():
    read = {re.split(r"[ ,]", name)[0] for name in QUESTIONS}

    assert set(trail.asks()) - {"coverage"} <= read
