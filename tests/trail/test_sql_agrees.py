"""Statements of one's own through the real clients of both engines: the same rows, of the window alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.span import Span, iso
from bot.embedded.aws import AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident, log_files
from bot.trail.sql import own

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
SPAN = Span(NOW - timedelta(days=2), NOW)
DAYS = tuple(f"/2026/09/{day:02}/" for day in range(4, 10))
"""More than the window's, to be left out."""


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("laid_out")
    with pytest.MonkeyPatch.context() as patch, AwsStandIn(clock=lambda: NOW).serve() as aws:
        for name, value in aws.environment().items():
            patch.setenv(name, value)
        incident = Incident(1, NOW)
        seeded = furnish(aws, incident)
        files = [
            (file.key, file.body)
            for file in log_files(incident, None, days=6)
            if any(day in file.key for day in DAYS)
        ]
        for key, body in files:
            (folder / key).parent.mkdir(parents=True, exist_ok=True)
            (folder / key).write_bytes(body)
        aws.put_logs(incident.log_bucket, files)
        settings = AthenaSettings(seeded.database, seeded.table, seeded.workgroup, poll_seconds=0.05)
        yield AthenaEngine(settings), DuckdbEngine(str(folder), clock=lambda: NOW)


def asked(engine, text, limit=1000):
    return engine.run(own(text, SPAN, engine.table, limit).query, lambda _: None).rows


@pytest.mark.parametrize(
    "text",
    [
        "SELECT event_name, count(*) AS calls FROM events GROUP BY 1 ORDER BY 2 DESC, 1",
        "SELECT min(at) AS first, max(at) AS last, count(*) AS calls FROM events",
        "SELECT min(eventtime) AS first, max(eventtime) AS last, count(*) AS calls FROM noroshi.cloudtrail",
        "SELECT useridentity.arn, count(*) FROM cloudtrail GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5",
        "WITH w AS (SELECT principal, at FROM events WHERE read_only = 'false') SELECT * FROM w ORDER BY at, principal",
        "SELECT e.principal, c.eventname, c.eventname FROM events e JOIN cloudtrail c ON e.event_id = c.eventid ORDER BY 1, 2",
        "SELECT principal FROM events UNION SELECT useridentity.arn FROM cloudtrail ORDER BY 1",
        "SELECT arn_of, count(*) AS calls FROM events CROSS JOIN UNNEST(resources) AS t(arn_of) GROUP BY 1 ORDER BY 2 DESC, 1",
    ],
)
def test_both_engines_give_the_same_rows(engines, text):
    athena, duckdb = (asked(engine, text) for engine in engines)

    assert athena == duckdb
    assert athena


def test_no_statement_sees_beyond_the_window(engines):
    for engine in engines:
        for column, table in (("at", "events"), ("eventtime", "cloudtrail")):
            (row,) = asked(
                engine,
                f"SELECT min({column}) AS first, max({column}) AS last FROM {table} WHERE {column} > '2000'",
            )
            assert iso(SPAN.since)[:19] <= row["first"] <= row["last"] < iso(SPAN.until)


def test_no_more_rows_come_than_the_limit(engines):
    for engine in engines:
        assert len(asked(engine, "SELECT at FROM events LIMIT 9000", limit=3)) == 3


def test_every_column_can_be_asked_for(engines):
    for engine in engines:
        for table in ("events", "cloudtrail"):
            query = own(f"SELECT * FROM {table}", SPAN, engine.table, 2)
            rows = engine.run(query.query, lambda _: None).rows
            assert tuple(rows[0]) == query.columns
