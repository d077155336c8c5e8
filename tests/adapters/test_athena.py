"""AthenaEngine over a real Athena (the stand-in's): rows, receipts, and every way a query can end badly."""

from datetime import timedelta

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings, cost_usd
from bot.adapters.aws.athena_values import literal
from bot.core.span import Span
from bot.embedded.aws import HOME, PROD
from bot.errors import NotConfigured, QueryFailed
from bot.ports import TrailQuery
from bot.trail.who_accessed import who_accessed
from tests.aws_world import HOSTILE, LOGS, NOW

WEEK = Span(NOW - timedelta(days=7), NOW)
ENDLESS = "SELECT count(*) AS n FROM {table} a, {table} b, {table} c, {table} d, {table} e"


def silent(_: str) -> None:
    pass


def ask(engine: AthenaEngine, sql: str, *parameters: str):
    return engine.run(TrailQuery(sql.format(table=engine.table), parameters, WEEK), silent)


def test_who_accessed_gives_rows_with_plain_values(engine):
    answer = engine.run(who_accessed("acme-payroll", WEEK), silent)

    first = answer.rows[0]
    assert (first["calls"], first["reads"], first["denied"]) == (41, 41, 0)
    assert first["principal"] == f"arn:aws:iam::{PROD.id}:user/user-1"
    assert first["copied_from"] is None
    assert sum(row["calls"] for row in answer.rows) == 241


def test_the_receipt_tells_engine_bytes_price_and_query(engine, world):
    answer = ask(engine, "SELECT count(*) AS n FROM {table} WHERE day = ?", "2026/09/08")

    receipt = answer.receipt
    assert receipt.engine == "athena"
    assert receipt.bytes_scanned == world.size_of("/2026/09/08/")
    assert receipt.cost_usd == 0.00005
    assert receipt.sql == "SELECT count(*) AS n FROM noroshi.cloudtrail WHERE day = ?"
    status = world.client("athena").get_query_execution(QueryExecutionId=receipt.query_id)
    assert status["QueryExecution"]["WorkGroup"] == "noroshi"
    assert receipt.seconds > 0


@pytest.mark.parametrize(
    ("bytes_scanned", "usd"),
    [(0, 0.00005), (1, 0.00005), (10_000_000, 0.00005), (10_000_001, 0.000055), (10**12, 5.0)],
)
def test_a_scan_is_priced_by_the_megabyte_ten_at_least(bytes_scanned, usd):
    assert cost_usd(bytes_scanned, 5.0) == pytest.approx(usd)


def test_progress_is_told_in_words(engine):
    told: list[str] = []

    engine.run(TrailQuery(f"SELECT count(*) AS n FROM {engine.table}", (), WEEK), told.append)

    assert told[0] == "Athena has the question…"


def test_the_sql_that_athena_gets_holds_no_value(engine, world):
    answer = ask(engine, "SELECT eventid FROM {table} WHERE useragent = ?", HOSTILE)

    status = world.client("athena").get_query_execution(QueryExecutionId=answer.receipt.query_id)[
        "QueryExecution"
    ]
    assert "DROP" not in status["Query"]
    assert status["ExecutionParameters"] == [literal(HOSTILE)]


def test_hostile_values_stay_data(engine):
    sql = "SELECT eventid, useragent FROM {table} WHERE day >= ? AND useragent = ?"

    answer = ask(engine, sql, "2026/09/01", HOSTILE)

    assert [row["useragent"] for row in answer.rows] == [HOSTILE]


@pytest.mark.parametrize("value", ["' OR '1'='1", "\\' OR 1=1 --", "''", "'; SELECT 1; --", "?", "%s%d"])
def test_an_injection_finds_nothing(engine, value):
    assert ask(engine, "SELECT eventid FROM {table} WHERE eventname = ?", value).rows == ()


def test_more_than_a_page_of_rows_comes_whole(engine):
    sql = "SELECT a.eventid AS a, b.eventid AS b FROM {table} a CROSS JOIN {table} b WHERE a.day = ? AND b.day = ?"

    answer = ask(engine, sql, "2026/09/08", "2026/09/08")

    assert len(answer.rows) == 42 * 42
    assert len({(row["a"], row["b"]) for row in answer.rows}) == 42 * 42


def test_every_type_comes_as_the_port_promises(engine):
    sql = (
        "SELECT 'é' AS t, CAST(7 AS bigint) AS i, CAST(1.5 AS double) AS d, true AS b, CAST(NULL AS varchar) AS n, "
        "CAST('2026-09-08 01:02:03' AS timestamp) AS w, ARRAY['x'] AS a, '' AS e FROM {table} LIMIT 1"
    )

    (row,) = ask(engine, sql).rows

    assert (row["t"], row["i"], row["d"], row["b"], row["n"], row["e"]) == ("é", 7, 1.5, True, None, "")
    assert row["w"].startswith("2026-09-08 01:02:03")
    assert row["a"] == "[x]"


def test_a_query_that_takes_too_long_is_cancelled_in_athena_too(session, world):
    settings = AthenaSettings(workgroup="noroshi", poll_seconds=0.02, timeout_seconds=0.2)

    with pytest.raises(QueryFailed) as caught:
        ask(AthenaEngine(settings, session=session), ENDLESS)

    error = caught.value
    assert "longer than 0.2 s" in error.message
    assert "MB" in error.message
    assert "NOROSHI_TRAIL__TIMEOUT_SECONDS" in error.hint
    status = world.client("athena").get_query_execution(QueryExecutionId=error.query_id)["QueryExecution"]
    assert status["Status"]["State"] == "CANCELLED"


def test_the_workgroups_limit_is_told_as_such(session, world):
    world.client("athena").create_work_group(
        Name="thrifty",
        Configuration={
            "ResultConfiguration": {"OutputLocation": world.seeded.output_location},
            "BytesScannedCutoffPerQuery": 10_000_000,
        },
    )
    world.aws.put_logs(
        LOGS, [(f"AWSLogs/{PROD.id}/CloudTrail/{HOME}/2025/01/01/big.json.gz", bytes(10_000_001))]
    )
    engine = AthenaEngine(AthenaSettings(workgroup="thrifty", poll_seconds=0.02), session=session)

    with pytest.raises(QueryFailed, match="limit stopped the query") as caught:
        ask(engine, "SELECT count(*) AS n FROM {table} WHERE day = ?", "2025/01/01")

    assert caught.value.query_id


def test_a_column_that_is_not_there_is_told_with_the_query_id(engine):
    with pytest.raises(QueryFailed) as caught:
        ask(engine, "SELECT no_such_column FROM {table}")

    assert "no_such_column" in caught.value.message
    assert caught.value.query_id


def test_sql_that_is_none_is_told(engine):
    with pytest.raises(QueryFailed, match="Athena could not run the query"):
        ask(engine, "SELECT FROM WHERE {table}")


def test_a_damaged_file_fails_the_query_and_names_itself(engine, world):
    world.aws.put_logs(
        LOGS, [(f"AWSLogs/{PROD.id}/CloudTrail/{HOME}/2025/02/02/cut.json.gz", b"\x1f\x8b\x08cut")]
    )

    with pytest.raises(QueryFailed) as caught:
        ask(engine, "SELECT count(*) AS n FROM {table} WHERE day = ?", "2025/02/02")

    assert f"s3://{LOGS}/AWSLogs/{PROD.id}/CloudTrail/{HOME}/2025/02/02/cut.json.gz" in caught.value.message
    assert "log file" in caught.value.hint


def test_a_table_that_is_not_there_is_told_before_anything_is_asked(session):
    engine = AthenaEngine(AthenaSettings(table="elsewhere", workgroup="noroshi"), session=session)

    with pytest.raises(NotConfigured) as caught:
        ask(engine, "SELECT 1 FROM {table}")

    assert "noroshi.elsewhere" in caught.value.message
    assert "noroshi setup" in caught.value.hint


def test_a_table_without_our_partitions_is_refused_before_it_costs_anything(session, world):
    table = {"Name": "flat", "PartitionKeys": [{"Name": "Region", "Type": "string"}], "StorageDescriptor": {}}
    world.client("glue").create_table(DatabaseName="noroshi", TableInput=table)
    engine = AthenaEngine(AthenaSettings(table="flat", workgroup="noroshi"), session=session)

    with pytest.raises(NotConfigured) as caught:
        ask(engine, "SELECT 1 FROM {table}")

    assert "partitioned by region; no day can be told from that" in caught.value.message


def test_a_workgroup_that_is_not_there_names_the_setting(session):
    engine = AthenaEngine(AthenaSettings(workgroup="nowhere"), session=session)

    with pytest.raises(NotConfigured) as caught:
        ask(engine, "SELECT 1 FROM {table}")

    assert "NOROSHI_TRAIL__WORKGROUP" in caught.value.hint


def test_a_missing_place_for_results_names_the_setting(session):
    engine = AthenaEngine(AthenaSettings(workgroup="primary"), session=session)

    with pytest.raises(NotConfigured) as caught:
        ask(engine, "SELECT 1 FROM {table}")

    assert "NOROSHI_TRAIL__OUTPUT_LOCATION" in caught.value.hint


def test_an_output_location_of_our_own_is_used_where_the_workgroup_leaves_it_open(session, world):
    place = "s3://noroshi-results-111122223333/own/"
    engine = AthenaEngine(
        AthenaSettings(workgroup="primary", output_location=place, poll_seconds=0.02), session=session
    )

    query_id = ask(engine, "SELECT 1 AS n FROM {table} WHERE day = ? LIMIT 1", "2026/09/08").receipt.query_id

    bucket = "noroshi-results-111122223333"
    assert world.client("s3").head_object(Bucket=bucket, Key=f"own/{query_id}.csv")["ContentLength"]


def test_an_enforcing_workgroup_decides_where_results_go(session, world):
    engine = AthenaEngine(
        AthenaSettings(workgroup="noroshi", output_location="s3://ignored-bucket/", poll_seconds=0.02),
        session=session,
    )

    query_id = ask(engine, "SELECT 1 AS n FROM {table} WHERE day = ? LIMIT 1", "2026/09/08").receipt.query_id

    status = world.client("athena").get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
    assert status["ResultConfiguration"]["OutputLocation"] == f"{world.seeded.output_location}{query_id}.csv"


def test_names_that_are_no_identifiers_never_reach_sql(session):
    with pytest.raises(NotConfigured):
        AthenaEngine(AthenaSettings(table="cloudtrail; DROP TABLE x"), session=session)


def test_a_pool_of_threads_shares_one_engine(engine):
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for this test alone

    days = [f"2026/09/0{n}" for n in range(3, 9)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda day: ask(engine, "SELECT count(*) AS n FROM {table} WHERE day = ?", day), days)
        )

    assert [answer.rows[0]["n"] for answer in answers] == [40, 40, 40, 40, 40, 42]
