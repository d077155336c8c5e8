"""UNLOAD writes its rows as Parquet, sorted, into an empty place; what fails leaves its files behind."""

import io
from pathlib import Path

import duckdb
import pytest

from tests.aws_asker import Asker
from tests.aws_world import LOGS

BUCKET = "acme-unloaded"
QUERY = "SELECT eventid, awsregion, transform(resources, r -> r.arn) AS arns FROM cloudtrail WHERE day = ? ORDER BY 1 DESC"


@pytest.fixture(scope="module")
def ask(world):
    world.aws.make_bucket(BUCKET)
    return Asker(world)


def unload(place: str, query: str = QUERY) -> str:
    return f"UNLOAD ({query}) TO 's3://{BUCKET}/{place}' WITH (format = 'PARQUET', compression = 'ZSTD')"


def keys(ask, place: str) -> list[str]:
    found = ask.world.client("s3").list_objects_v2(Bucket=BUCKET, Prefix=place)
    return [one["Key"] for one in found.get("Contents", ())]


def body(ask, key: str, bucket: str = BUCKET) -> bytes:
    return ask.world.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()


def test_rows_are_written_in_order_and_told_of(ask, tmp_path: Path):
    status = ask.run(unload("a/"), "'2026/09/08'")

    assert status["Status"]["State"] == "SUCCEEDED", status["Status"]
    assert (status["StatementType"], status["SubstatementType"]) == ("DML", "UNLOAD")
    [key] = keys(ask, "a/")
    (tmp_path / "rows").write_bytes(body(ask, key))
    rows = duckdb.execute(f"SELECT eventid, arns FROM read_parquet('{tmp_path / 'rows'}')").fetchall()
    assert len(rows) == 42
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert ["arn:aws:s3:::acme-payroll"] in [row[1] for row in rows]
    bucket, _, listed = status["Statistics"]["DataManifestLocation"].removeprefix("s3://").partition("/")
    assert body(ask, listed, bucket).decode() == f"s3://{BUCKET}/{key}\n"


def test_its_query_is_billed_and_its_results_are_a_count(ask):
    status = ask.run(unload("b/"), "'2026/09/07'")

    assert status["Statistics"]["DataScannedInBytes"] == ask.world.size_of("/2026/09/07/")
    results = ask.athena.get_query_results(QueryExecutionId=status["QueryExecutionId"])
    assert results["UpdateCount"] == 40


def test_a_place_that_holds_something_is_refused_and_stays_as_it_is(ask):
    ask.world.client("s3").put_object(Bucket=BUCKET, Key="c/something", Body=b"mine")

    status = ask.run(unload("c/"), "'2026/09/08'")["Status"]

    assert status["State"] == "FAILED"
    assert status["StateChangeReason"].startswith("HIVE_PATH_ALREADY_EXISTS: Target directory for table")
    assert keys(ask, "c/") == ["c/something"]


def test_no_rows_make_no_file(ask):
    assert ask.run(unload("d/"), "'2023/01/01'")["Status"]["State"] == "SUCCEEDED"
    assert keys(ask, "d/") == []


def test_one_that_is_stopped_leaves_its_file_behind_and_only_that_one(ask):
    ask.world.aws.stop_next_unload()

    first, second = ask.run(unload("e/"), "'2026/09/08'"), ask.run(unload("f/"), "'2026/09/08'")

    assert [each["Status"]["State"] for each in (first, second)] == ["CANCELLED", "SUCCEEDED"]
    assert (len(keys(ask, "e/")), len(keys(ask, "f/"))) == (1, 1)
    assert first["Statistics"]["DataScannedInBytes"] > 0
    assert "DataManifestLocation" not in first["Statistics"]


def test_one_that_fails_writes_nothing(ask):
    status = ask.run(unload("g/", "SELECT nothing FROM cloudtrail WHERE day = ?"), "'2026/09/08'")["Status"]

    assert status["State"] == "FAILED"
    assert keys(ask, "g/") == []


def test_the_workgroups_limit_holds_for_it(ask):
    output = ask.world.seeded.output_location
    configuration = {
        "ResultConfiguration": {"OutputLocation": output},
        "BytesScannedCutoffPerQuery": 10_000_000,
    }
    ask.athena.create_work_group(Name="narrow", Configuration=configuration)
    ask.world.aws.put_logs(
        LOGS, [("AWSLogs/111122223333/CloudTrail/eu-west-1/2025/01/02/big.json.gz", bytes(10_000_001))]
    )

    status = ask.run(unload("h/"), "'2025/01/02'", WorkGroup="narrow")["Status"]

    assert "Bytes scanned limit was exceeded" in status["StateChangeReason"]
    assert keys(ask, "h/") == []


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        (f"UNLOAD (SELECT 1 AS a) TO 's3://{BUCKET}/x/'", "needs a format"),
        (f"UNLOAD (SELECT 1 AS a) TO 's3://{BUCKET}/x/' WITH (format = 'ORC')", "NOT_SUPPORTED"),
        (
            f"UNLOAD (SELECT 1 AS a) TO 's3://{BUCKET}/x/' WITH (format = 'PARQUET', partitioned_by = ARRAY['a'])",
            None,
        ),
        ("UNLOAD (SELECT 1 AS a) TO 's3://no-such-bucket/x/' WITH (format = 'PARQUET')", "NoSuchBucket"),
    ],
)
def test_what_it_cannot_write_it_says(ask, sql, reason):
    if reason is None:
        with pytest.raises(ask.athena.exceptions.InvalidRequestException):
            ask.start(sql)
    else:
        assert reason in ask.run(sql)["Status"]["StateChangeReason"]


def test_sums_are_whole_numbers_as_in_athena(ask, tmp_path: Path):
    assert (
        ask.run(
            unload("i/", "SELECT sum(length(eventid)) AS n FROM cloudtrail WHERE day = ?"), "'2026/09/08'"
        )["Status"]["State"]
        == "SUCCEEDED"
    )

    [key] = keys(ask, "i/")
    (tmp_path / "rows").write_bytes(io.BytesIO(body(ask, key)).read())
    [(kind,)] = duckdb.execute(f"SELECT typeof(n) FROM read_parquet('{tmp_path / 'rows'}')").fetchall()
    assert kind == "BIGINT"
