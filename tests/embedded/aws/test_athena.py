"""The stand-in's Athena runs the SQL it is given, reads only the partitions it must, and says what it read."""

import csv
import gzip
import io

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from tests.aws_asker import Asker
from tests.aws_world import LOGS

ENDLESS = "SELECT count(*) FROM cloudtrail a, cloudtrail b, cloudtrail c, cloudtrail d, cloudtrail e"
DAY = "2026/09/08"


@pytest.fixture(scope="module")
def ask(world):
    return Asker(world)


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("day = '2026/09/08'", [f"/{DAY}/"]),
        ("day = '2026/09/08' AND account = '111122223333'", [PROD.id, f"/{DAY}/"]),
        ("region IN ('us-east-1') AND day BETWEEN '2026/01/01' AND '2027/01/01'", ["us-east-1"]),
        ("substr(day, 1, 4) || '/' = '2026/' AND account <> '111122223333'", [f"AWSLogs/{STAGING.id}"]),
        ("(day = '2026/09/08' OR day = 'never') AND eventname = 'GetObject'", [f"/{DAY}/"]),
        ("day = '2026/09/08' OR eventname = 'GetObject'", []),
        ("eventname = 'GetObject'", []),
    ],
)
def test_only_the_partitions_that_survive_are_read_and_billed(ask, world, where, parts):
    statistics = ask.run(f"SELECT count(*) FROM noroshi.cloudtrail WHERE {where}")["Statistics"]

    assert statistics["DataScannedInBytes"] == world.size_of(*parts)


def test_a_table_named_twice_is_read_twice(ask, world):
    once = world.size_of(f"/{DAY}/")

    status = ask.run(
        "SELECT count(*) FROM cloudtrail a JOIN cloudtrail b ON a.eventid = b.eventid "
        f"WHERE a.day = '{DAY}' AND b.day = '{DAY}'"
    )

    assert status["Statistics"]["DataScannedInBytes"] == 2 * once


def test_days_outside_the_projection_give_no_rows_and_no_error(ask):
    assert ask.rows("SELECT eventid FROM cloudtrail WHERE day = '2023/12/31'") == []
    assert ask.rows("SELECT eventid FROM cloudtrail WHERE region = 'eu-south-2'") == []


def test_the_clock_of_the_world_ends_the_projection(ask, world):
    key = f"AWSLogs/{PROD.id}/CloudTrail/{HOME}/2026/09/09/tomorrow.json.gz"
    world.aws.put_logs(LOGS, [(key, gzip.compress(b'{"Records": [{"eventName": "A", "eventSource": "B"}]}'))])

    assert ask.rows("SELECT count(*) FROM cloudtrail WHERE day > '2026/09/08'") == [["0"]]
    assert ask.rows("SELECT CAST(current_date AS varchar)") == [["2026-09-08"]]


def test_hidden_and_empty_files_are_passed_over(ask, world):
    folder = f"AWSLogs/{PROD.id}/CloudTrail/{HOME}/2025/03/03"
    world.aws.put_logs(
        LOGS, [(f"{folder}/_temporary", b"no"), (f"{folder}/.part", b"no"), (f"{folder}/a.gz", b"")]
    )

    assert ask.rows("SELECT count(*) FROM cloudtrail WHERE day = '2025/03/03'") == [["0"]]


def test_parameters_are_pasted_as_literals(ask):
    sql = "SELECT count(*) FROM cloudtrail WHERE day = ? AND awsregion = ? -- ?"

    assert ask.rows(sql, "'2026/09/08'", "'us-east-1'") == [["20"]]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (("'a'",), "Incorrect number of parameters: expected 2 but found 1"),
        (("'a'", "'b' OR 1=1"), "is no literal"),
        (("'a'", "b"), "is no literal"),
        (("'a'", "(SELECT 1)"), "is no literal"),
    ],
)
def test_parameters_that_are_none_fail_the_query(ask, parameters, reason):
    status = ask.run("SELECT 1 FROM cloudtrail WHERE day = ? AND region = ?", *parameters)["Status"]

    assert status["State"] == "FAILED"
    assert reason in status["StateChangeReason"]


def test_rows_come_in_pages_of_a_thousand_of_which_the_first_begins_with_the_header(ask):
    sql = (
        "SELECT a.eventid AS left_id, b.eventid FROM cloudtrail a, cloudtrail b WHERE a.day = ? AND b.day = ?"
    )
    query_id = ask.run(sql, f"'{DAY}'", f"'{DAY}'")["QueryExecutionId"]

    first = ask.athena.get_query_results(QueryExecutionId=query_id)
    second = ask.athena.get_query_results(QueryExecutionId=query_id, NextToken=first["NextToken"])

    rows = first["ResultSet"]["Rows"]
    assert [cell["VarCharValue"] for cell in rows[0]["Data"]] == ["left_id", "eventid"]
    assert len(rows) + len(second["ResultSet"]["Rows"]) == 1 + 42 * 42
    assert "NextToken" not in second


def test_columns_say_their_types(ask):
    sql = (
        "SELECT 'a' AS t, count(*) AS n, avg(1.5e0) AS d, true AS b FROM cloudtrail WHERE day = '2026/09/08'"
    )
    query_id = ask.run(sql)["QueryExecutionId"]

    metadata = ask.athena.get_query_results(QueryExecutionId=query_id)["ResultSet"]["ResultSetMetadata"]

    assert [(c["Name"], c["Type"]) for c in metadata["ColumnInfo"]] == [
        ("t", "varchar"),
        ("n", "bigint"),
        ("d", "double"),
        ("b", "boolean"),
    ]
    assert all({"Precision", "Scale", "Nullable"} <= set(column) for column in metadata["ColumnInfo"])


def test_the_result_file_lies_where_the_workgroup_says(ask, world):
    status = ask.run("""SELECT 'a "b", c' AS quoted, CAST(NULL AS varchar) AS missing, '' AS empty""")

    location = status["ResultConfiguration"]["OutputLocation"]
    assert location == f"{world.seeded.output_location}{status['QueryExecutionId']}.csv"
    bucket, _, key = location.removeprefix("s3://").partition("/")
    s3 = world.client("s3")
    body = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    assert list(csv.reader(io.StringIO(body))) == [["quoted", "missing", "empty"], ['a "b", c', "", ""]]
    assert body.endswith(',,""\n')
    assert s3.head_object(Bucket=bucket, Key=f"{key}.metadata")


def test_a_query_that_runs_is_seen_running_and_can_be_stopped(ask):
    query_id = ask.start(ENDLESS)
    seen = ask.status(query_id)["Status"]["State"]
    with pytest.raises(ClientError, match="has not yet finished"):
        ask.athena.get_query_results(QueryExecutionId=query_id)

    ask.athena.stop_query_execution(QueryExecutionId=query_id)

    assert seen in {"QUEUED", "RUNNING"}
    assert ask.end(query_id)["Status"]["State"] == "CANCELLED"


def test_a_query_beyond_the_workgroups_limit_is_cancelled(ask, world):
    configuration = {
        "ResultConfiguration": {"OutputLocation": world.seeded.output_location},
        "BytesScannedCutoffPerQuery": 10_000_000,
    }
    ask.athena.create_work_group(Name="thrifty", Configuration=configuration)
    key = f"AWSLogs/{PROD.id}/CloudTrail/{HOME}/2025/01/01/big.json.gz"
    world.aws.put_logs(LOGS, [(key, bytes(10_000_001))])

    status = ask.end(ask.start("SELECT 1 FROM cloudtrail WHERE day = '2025/01/01'", WorkGroup="thrifty"))

    assert status["Status"]["State"] == "CANCELLED"
    assert "Bytes scanned limit was exceeded" in status["Status"]["StateChangeReason"]
    assert status["Statistics"]["DataScannedInBytes"] == 10_000_000


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        (
            "SELECT 1 FROM nowhere",
            "TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.noroshi.nowhere' does not exist",
        ),
        ("SELECT nothing FROM cloudtrail", "nothing"),
        ("SELECT no_such_function(eventid) FROM cloudtrail", "no_such_function"),
        ("DROP TABLE cloudtrail", "NOT_SUPPORTED"),
        ("SHOW PARTITIONS cloudtrail", "NOT_SUPPORTED"),
        ("SELECT 1 FROM cloudtrail, other.things", "'awsdatacatalog.other.things' does not exist"),
    ],
)
def test_what_cannot_be_run_fails_with_its_reason(ask, sql, reason):
    status = ask.run(sql)

    assert status["Status"]["State"] == "FAILED"
    assert reason in status["Status"]["StateChangeReason"]
    with pytest.raises(ClientError, match="Final query state: FAILED"):
        ask.athena.get_query_results(QueryExecutionId=status["QueryExecutionId"])


@pytest.mark.parametrize("sql", ["SELECT FROM WHERE", "SELECT 1; SELECT 2", "SELECT 'open"])
def test_sql_that_cannot_be_parsed_is_not_even_started(ask, sql):
    with pytest.raises(ClientError) as caught:
        ask.start(sql)

    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"


def test_files_outside_a_cloudtrail_table_are_not_read_as_if_they_were(ask, world):
    storage = {
        "Location": f"s3://{LOGS}/",
        "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
        "Columns": [],
    }
    world.client("glue").create_table(
        DatabaseName="noroshi",
        TableInput={"Name": "lines", "StorageDescriptor": storage, "PartitionKeys": []},
    )

    assert "lines is none" in ask.run("SELECT 1 FROM lines")["Status"]["StateChangeReason"]


def test_the_table_is_told_as_athena_tells_it(ask):
    table = ask.athena.get_table_metadata(
        CatalogName="AwsDataCatalog", DatabaseName="noroshi", TableName="cloudtrail"
    )["TableMetadata"]

    assert [key["Name"] for key in table["PartitionKeys"]] == ["account", "region", "day"]
    assert table["Parameters"]["projection.day.range"] == "2024/01/01,NOW"
    with pytest.raises(ClientError, match="EntityNotFound"):
        ask.athena.get_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="noroshi", TableName="no")


def test_another_account_does_not_see_the_query(ask, world):
    query_id = ask.run("SELECT 1")["QueryExecutionId"]

    with pytest.raises(ClientError, match="was not found"):
        world.client("athena", account=STAGING).get_query_execution(QueryExecutionId=query_id)


def test_queries_are_listed_and_fetched_together(ask):
    query_id = ask.run("SELECT 2")["QueryExecutionId"]

    listed = ask.athena.list_query_executions(WorkGroup="noroshi", MaxResults=1)["QueryExecutionIds"]
    batch = ask.athena.batch_get_query_execution(QueryExecutionIds=[*listed, "nobody"])

    assert listed == [query_id]
    assert [each["Query"] for each in batch["QueryExecutions"]] == ["SELECT 2"]
    assert batch["UnprocessedQueryExecutionIds"] == [{"QueryExecutionId": "nobody"}]


def open_to(world) -> dict[str, str]:
    known = world.aws.environment()
    return {
        "region_name": HOME,
        "endpoint_url": known["AWS_ENDPOINT_URL"],
        "aws_access_key_id": known["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": known["AWS_SECRET_ACCESS_KEY"],
    }


@pytest.mark.parametrize("parameters", [[], [""], ["'a'", f"'{'x' * 1023}'"]])
def test_parameters_that_athenas_model_forbids_are_not_even_started(world, parameters):
    ask = Asker(world)
    ask.athena = boto3.client("athena", config=Config(parameter_validation=False), **open_to(world))
    with pytest.raises(ClientError, match="'executionParameters' failed to satisfy constraint") as caught:
        ask.start("SELECT ?", ExecutionParameters=parameters)

    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"


def test_a_parameter_may_be_1024_characters_long(ask):
    assert ask.rows("SELECT length(?)", f"'{'x' * 1022}'") == [["1022"]]
