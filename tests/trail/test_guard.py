"""What of a person's own SQL is taken, and that no name ever stands in the bot's."""

import re
import threading
from datetime import UTC, datetime

import pytest
from sqlglot.dialects.trino import Trino
from sqlglot.tokens import TokenType

from bot.adapters.aws.athena_values import literal
from bot.core.span import Span
from bot.errors import BadRequest
from bot.trail import questions
from bot.trail.events import STORED
from bot.trail.rows import Asked, rows
from bot.trail.sources import Part, Sources
from bot.trail.sql import own
from bot.trail.statement import statement
from bot.trail.table import COLUMNS
from bot.trail.who_accessed import who_accessed
from tests.trail.hostile_sql import DEEP, NAMES, REFUSED

SPAN = Span(datetime(2026, 9, 1, 3, tzinfo=UTC), datetime(2026, 9, 8, 15, tzinfo=UTC))
TABLE = "noroshi.cloudtrail"
DAYS = SPAN.publish_days()
FORMS = {
    "raw": Sources(Part(TABLE, DAYS)),
    "compact too": Sources(Part(TABLE, DAYS[-2:]), compact=Part("noroshi.cloudtrail_compact", DAYS[:-2])),
}


def taken(sql, limit=1000):
    return own(sql, SPAN, TABLE, limit)


def sent(sql):
    return taken(sql).query.sql.removesuffix(" LIMIT 1000")


@pytest.mark.parametrize("why", REFUSED)
def test_a_hostile_statement_is_refused_in_words_with_a_way_out(why):
    with pytest.raises(BadRequest) as error:
        taken(REFUSED[why])

    assert error.value.message
    assert error.value.hint


@pytest.mark.parametrize("what", DEEP)
def test_what_is_too_long_or_too_deep_is_refused_in_words(what):
    with pytest.raises(BadRequest):
        taken(DEEP[what])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "lower(" * 12 + "at" + ")" * 12 + " FROM events",
        "SELECT at FROM events WHERE " + " OR ".join(f"event_name = 'e{n}'" for n in range(80)),
        "SELECT at" + " || at" * 80 + " FROM events",
    ],
)
def test_the_deepest_that_is_taken_can_be_read_again_within_a_statement(sql):
    """Engines read the whole statement anew, and their recursion has the same bounds as ours."""
    from bot.adapters.duckdb.dialect import to_duckdb  # noqa: PLC0415 - beside the test that wants it

    whole = statement(taken(sql).query, FORMS["raw"])
    done = []

    def read():
        done.append(to_duckdb(whole.sql, table=TABLE, parameters=len(whole.parameters), now=SPAN.until))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

    assert done


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT event_name, COUNT(*) AS calls FROM events GROUP BY 1 HAVING COUNT(*) > 3 ORDER BY 2 DESC",
        "SELECT DISTINCT principal FROM events WHERE event_name IN ('GetObject', 'PutObject')",
        "SELECT at FROM events WHERE principal LIKE '%o''hara\\_%' ESCAPE '\\'",
        "SELECT at AS \"a \"\" name\" FROM events WHERE at BETWEEN '2026-09-01' AND '2026-09-02'",
        "SELECT JSON_EXTRACT_SCALAR(request, '$[\"x-amz-copy-source\"]') AS source FROM events",
        "SELECT r FROM events CROSS JOIN UNNEST(resources) AS t(r)",
        "SELECT FILTER(resources, r -> r LIKE '%payroll%') AS some FROM events",
        "SELECT COUNT(*) FILTER(WHERE error_code = 'AccessDenied') AS refused FROM events",
        "SELECT at, ROW_NUMBER() OVER (PARTITION BY principal ORDER BY at DESC) AS nth FROM events",
        "SELECT useridentity.sessioncontext.sessionissuer.arn FROM cloudtrail",
        "WITH a AS (SELECT at FROM events), b AS (SELECT at FROM a) SELECT at FROM b",
        "SELECT at FROM events UNION ALL SELECT eventtime FROM cloudtrail",
        "SELECT e.at FROM events AS e JOIN cloudtrail AS c ON e.event_id = c.eventid",
        "SELECT at FROM events WHERE principal IN (SELECT principal FROM events WHERE event_name = 'x')",
        "SELECT CASE WHEN read_only = 'false' THEN 'write' ELSE 'read' END AS kind FROM events",
        "SELECT SUBSTR(at, 1, 10) AS day, APPROX_DISTINCT(principal) AS people FROM events GROUP BY 1",
        "SELECT at FROM events WHERE at > CAST(CURRENT_DATE AS VARCHAR)",
        "SELECT MAX_BY(source_ip, at) AS last, ARRAY_AGG(DISTINCT region) AS regions FROM events",
        "SELECT at FROM events WHERE event_name = '; DROP TABLE x -- ?'",
        "SELECT at FROM events ORDER BY at DESC OFFSET 5",
    ],
)
def test_a_usual_statement_is_sent_as_it_was_said(sql):
    assert sent(sql) == sql


@pytest.mark.parametrize(
    ("said", "is_sent"),
    [
        ("select at from events;", "SELECT at FROM events"),
        ("SELECT eventid FROM noroshi.cloudtrail", "SELECT eventid FROM cloudtrail"),
        ('SELECT eventid FROM "Noroshi"."CloudTrail" c', "SELECT eventid FROM cloudtrail AS c"),
        ('SELECT at FROM "EVENTS"', "SELECT at FROM events"),
        ("SELECT now() AS n, at FROM events", "SELECT CURRENT_TIMESTAMP AS n, at FROM events"),
    ],
)
def test_the_text_is_written_anew(said, is_sent):
    assert sent(said) == is_sent


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT at FROM events",
        "WITH mine AS (SELECT at FROM events WHERE at < '2020') SELECT at FROM mine",
        "SELECT eventtime FROM cloudtrail WHERE eventtime < '2020'",
        "SELECT at FROM events UNION ALL SELECT eventtime FROM cloudtrail",
    ],
)
def test_every_reading_is_bounded_in_time_whatever_the_statement_says(form, sql):
    whole = statement(taken(sql).query, FORMS[form])

    named = whole.sql[: whole.sql.index(taken(sql).query.sql.removeprefix("WITH "))]
    assert TABLE not in whole.sql[len(named) :]
    readings = len(re.findall(r"FROM noroshi\.", named))
    assert readings >= 1
    assert len(re.findall(r">= \? AND \S.*? < \?", named)) == readings
    assert named.count("BETWEEN ? AND ?") >= readings
    assert whole.sql.count("?") == len(whole.parameters)
    assert {"2026-09-01T03:00:00", "2026-09-08T15:00:00"} <= set(whole.parameters)


@pytest.mark.parametrize(
    ("sql", "columns", "records"),
    [
        ("SELECT at FROM events WHERE principal = 'x'", ("at", "principal"), ()),
        ("SELECT * FROM events", STORED, ()),
        ("SELECT e.* FROM events e", STORED, ()),
        ("SELECT * FROM (SELECT at FROM events) AS x", ("at",), ()),
        ("WITH x AS (SELECT at FROM events) SELECT * FROM x", ("at",), ()),
        ("SELECT count(*) FROM events", STORED[:1], ()),
        ("SELECT useridentity.arn FROM cloudtrail", (), ("useridentity",)),
        ("SELECT * FROM cloudtrail", (), tuple(COLUMNS)),
        ("SELECT at, eventid FROM events JOIN cloudtrail ON true", ("at",), ("eventid",)),
        ("SELECT a.at FROM events a JOIN events b USING (call_id)", ("at", "call_id"), ()),
        ("SELECT at AS request FROM events", ("at",), ()),
    ],
)
def test_only_the_columns_that_are_used_are_read(sql, columns, records):
    relation = taken(sql).query.relation

    assert (relation.columns, relation.records) == (columns, records)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT pricipal FROM events", "There is no column pricipal in events. Did you mean principal"),
        ("SELECT eventname FROM events", "Did you mean event_name"),
        ("SELECT e.bukket FROM events e", "There is no column bukket in e. Did you mean bucket"),
        ("SELECT cuont(at) FROM events", "Did you mean count"),
        ("SELECT at FROM customers", "There is no table customers here"),
        ("DROP TABLE x", "DROP is not for me: I only read"),
        ("SELECT at FROM events WHERE at > ?", "no value for a ?"),
    ],
)
def test_a_slip_is_told_with_what_was_likely_meant(sql, says):
    with pytest.raises(BadRequest) as error:
        taken(sql)

    assert says in error.value.message


@pytest.mark.parametrize(
    ("said", "limit", "ends", "cut"),
    [
        ("SELECT at FROM events", 100, "FROM events LIMIT 100", True),
        ("SELECT at FROM events LIMIT 5", 100, "FROM events LIMIT 5", False),
        ("SELECT at FROM events LIMIT 100", 100, "FROM events LIMIT 100", False),
        ("SELECT at FROM events LIMIT 101", 100, "FROM events LIMIT 100", True),
        (f"SELECT at FROM events LIMIT {'9' * 5000}", 100, "FROM events LIMIT 100", True),
        ("SELECT at FROM events UNION SELECT at FROM events LIMIT 500", 100, "FROM events LIMIT 100", True),
        ("SELECT at FROM (SELECT at FROM events LIMIT 3) AS x", 100, "LIMIT 3) AS x LIMIT 100", True),
        ("SELECT at FROM events OFFSET 3 LIMIT 500", 100, "OFFSET 3 LIMIT 100", True),
    ],
)
def test_the_outer_limit_is_set_or_lowered(said, limit, ends, cut):
    asked = taken(said, limit)

    assert asked.query.sql.endswith(ends)
    assert asked.cut is cut


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT at, at FROM events", ("at", "at_2")),
        ("SELECT at, at, at AS at_2 FROM events", ("at", "at_3", "at_2")),
        ("SELECT a.at, b.at FROM events a JOIN events b ON true", ("at", "at_2")),
        ("SELECT 1 AS x, 2 AS X FROM events", ("x", "x_2")),
        ("SELECT count(*), max(at) FROM events", ("_col0", "_col1")),
        ("SELECT at, at FROM events UNION SELECT at, region FROM events", ("at", "at_2")),
        ("SELECT * FROM events", STORED),
        ("WITH x(a, b) AS (SELECT at, region FROM events) SELECT * FROM x", ("a", "b")),
        ("SELECT at, r FROM events CROSS JOIN UNNEST(resources) AS t(r)", ("at", "r")),
        ("SELECT useridentity.arn FROM cloudtrail", ("arn",)),
    ],
)
def test_columns_of_one_name_are_told_apart(sql, names):
    assert taken(sql).columns == names


def hostile_queries(name):
    """Every question about this name that would be asked at all."""
    asked = Asked(SPAN, accounts=(name,), regions=(name,), event=name)
    for question in (questions.user, questions.who_did, questions.key, questions.ip, questions.resource):
        try:
            yield rows(asked, question(name))
        except BadRequest:
            continue
    for question in (questions.denied, questions.logins, questions.root, questions.changes):
        yield rows(asked, question())
    yield who_accessed(name, SPAN, name)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_stands_in_parameters_only(name, form):
    asked = [statement(query, FORMS[form]) for query in hostile_queries(name)]

    assert len(asked) >= 8
    for one in asked:
        marks = [t for t in Trino().tokenize(one.sql) if t.token_type is TokenType.PLACEHOLDER]
        assert name not in one.sql
        assert name.lower() not in one.sql
        assert len(marks) == len(one.parameters)
        assert any(name in value or name.lower() in value for value in one.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_one_text_to_trino(name):
    (token,) = Trino().tokenize(literal(name))

    assert token.token_type is TokenType.STRING
    assert token.text == name
