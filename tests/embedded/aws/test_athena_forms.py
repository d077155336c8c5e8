"""The stand-in's Athena reads every form of the trail in one statement: projected, added by hand, Parquet."""

import pytest

from bot.embedded.aws import HOME, PROD, STAGING
from bot.trail.compact_table import PARQUET_INPUT, PARQUET_OUTPUT, PARQUET_SERDE
from bot.trail.table import COLUMNS, INPUT_FORMAT, OUTPUT_FORMAT, SERDE
from tests.aws_asker import Asker
from tests.aws_world import LOGS

DAY = "2026/09/08"
BUCKET = "acme-compact"
COMPACT = {
    "bucket": "string",
    "n": "bigint",
    "names": "array<string>",
    "padding": "string",
    "made_later": "string",
}
UNLOADED = """
SELECT json_extract_scalar(requestparameters, '$.bucketName') AS bucket, CAST(substr(eventid, 24) AS bigint) AS n,
       transform(resources, r -> r.arn) AS names, useragent AS padding
FROM cloudtrail WHERE day = ? AND eventid <> 'x' ORDER BY bucket, n
"""


@pytest.fixture(scope="module")
def ask(world):
    asker = Asker(world)
    world.aws.make_bucket(BUCKET)
    by_hand(world)
    compact(asker)
    return asker


def storage(location: str, columns: dict[str, str], formats: tuple[str, str, str]) -> dict[str, object]:
    reads, writes, serde = formats
    return {
        "Columns": [{"Name": name, "Type": kind} for name, kind in columns.items()],
        "Location": location,
        "InputFormat": reads,
        "OutputFormat": writes,
        "SerdeInfo": {"SerializationLibrary": serde},
    }


def by_hand(world) -> None:
    """Two days of prod's two regions, as the documentation's older way has them; and a table of one date."""
    glue = world.client("glue")
    raw = (INPUT_FORMAT, OUTPUT_FORMAT, SERDE)
    keys = [{"Name": name, "Type": "string"} for name in ("region", "year", "month", "day")]
    described = storage(f"s3://{LOGS}/AWSLogs/{PROD.id}/", COLUMNS, raw)
    table = {"Name": "by_hand", "PartitionKeys": keys, "StorageDescriptor": described}
    glue.create_table(DatabaseName="noroshi", TableInput=table)
    added = [
        {
            "Values": [region, "2026", "09", day],
            "StorageDescriptor": described
            | {"Location": f"s3://{LOGS}/AWSLogs/{PROD.id}/CloudTrail/{region}/2026/09/{day}/"},
        }
        for region in (HOME, "us-east-1")
        for day in ("07", "08")
    ]
    glue.batch_create_partition(DatabaseName="noroshi", TableName="by_hand", PartitionInputList=added)
    projection = {
        "projection.enabled": "true",
        "projection.timestamp.type": "date",
        "projection.timestamp.format": "yyyy/MM/dd",
        "projection.timestamp.range": "2026/09/01,NOW",
        "projection.timestamp.interval": "1",
        "projection.timestamp.interval.unit": "DAYS",
        "storage.location.template": f"s3://{LOGS}/AWSLogs/{PROD.id}/CloudTrail/{HOME}/${{timestamp}}",
    }
    glue.create_table(
        DatabaseName="noroshi",
        TableInput={
            "Name": "by_date",
            "PartitionKeys": [{"Name": "timestamp", "Type": "string"}],
            "StorageDescriptor": described,
            "Parameters": projection,
        },
    )


def compact(asker: Asker) -> None:
    """The first days of the month as Parquet, each day unloaded and then registered."""
    glue = asker.world.client("glue")
    formats = (PARQUET_INPUT, PARQUET_OUTPUT, PARQUET_SERDE)
    described = storage(f"s3://{BUCKET}/compact/", COMPACT, formats)
    keys = [{"Name": "day", "Type": "string"}]
    table = {"Name": "compact", "PartitionKeys": keys, "StorageDescriptor": described}
    glue.create_table(DatabaseName="noroshi", TableInput=table)
    for day in ("2026/09/05", "2026/09/06", "2026/09/07"):
        place = f"s3://{BUCKET}/compact/day={day.replace('/', '-')}/unique/"
        unload = f"UNLOAD ({UNLOADED}) TO '{place}' WITH (format = 'PARQUET', compression = 'ZSTD')"
        assert asker.run(unload, f"'{day}'")["Status"]["State"] == "SUCCEEDED"
        glue.create_partition(
            DatabaseName="noroshi",
            TableName="compact",
            PartitionInput={"Values": [day], "StorageDescriptor": described | {"Location": place}},
        )


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("year || '/' || month || '/' || day BETWEEN '2026/09/08' AND '2026/09/30'", [f"/{DAY}/"]),
        (f"concat(year, '/', month, '/', day) = '{DAY}' AND region = 'us-east-1'", ["us-east-1", f"/{DAY}/"]),
        ("year = '2026' AND month = '09' AND day >= '08' AND eventname = 'GetObject'", [f"/{DAY}/"]),
        ("region = 'ap-northeast-1'", ["nowhere"]),
    ],
)
def test_partitions_added_by_hand_are_pruned_by_what_is_said_of_them(ask, where, parts):
    sql = f"SELECT count(*) FROM by_hand WHERE {where}"

    assert ask.scanned(sql) == ask.world.size_of(PROD.id, *parts)


def test_partitions_added_by_hand_have_the_catalogs_values(ask):
    rows = ask.rows("SELECT DISTINCT region, year, month, day FROM by_hand ORDER BY region, day")

    assert rows == [[r, "2026", "09", d] for r in (HOME, "us-east-1") for d in ("07", "08")]


def test_a_day_that_nobody_added_is_not_there(ask):
    assert ask.rows("SELECT count(*) FROM by_hand WHERE day = '06'") == [["0"]]


def test_a_partition_may_lie_elsewhere_than_its_values_say(ask):
    glue = ask.world.client("glue")
    names = {"DatabaseName": "noroshi", "TableName": "by_hand"}
    values = ["us-east-1", "2026", "09", "07"]
    known = glue.get_partition(**names, PartitionValues=values)["Partition"]
    moved = {"Values": ["us-east-1", "1999", "01", "01"], "StorageDescriptor": known["StorageDescriptor"]}

    glue.update_partition(**names, PartitionValueList=values, PartitionInput=moved)
    found = ask.rows("SELECT count(*), max(day) FROM by_hand WHERE year = '1999'")
    back = {"Values": values, "StorageDescriptor": known["StorageDescriptor"]}
    glue.update_partition(**names, PartitionValueList=moved["Values"], PartitionInput=back)

    assert found == [["10", "01"]]


def test_a_single_date_is_projected(ask):
    sql = f"""SELECT count(*), max("timestamp") FROM by_date WHERE "timestamp" >= '{DAY}'"""

    assert ask.rows(sql) == [["12", DAY]]
    assert ask.scanned(sql) == ask.world.size_of(PROD.id, HOME, f"/{DAY}/")


def test_parquet_rows_have_the_catalogs_columns_types_and_partitions(ask):
    sql = "SELECT day, bucket, n, names, made_later FROM compact WHERE day = '2026/09/07' ORDER BY n LIMIT 1"
    query_id = ask.run(sql)["QueryExecutionId"]
    page = ask.athena.get_query_results(QueryExecutionId=query_id)["ResultSet"]

    kinds = [column["Type"] for column in page["ResultSetMetadata"]["ColumnInfo"]]
    assert kinds == ["varchar", "varchar", "bigint", "array", "varchar"]
    values = [cell.get("VarCharValue") for cell in page["Rows"][1]["Data"]]
    assert values[:1] + values[1:2] + values[3:] == [
        "2026/09/07",
        "acme-payroll",
        "[arn:aws:s3:::acme-payroll]",
        None,
    ]


def test_of_parquet_only_the_columns_and_partitions_needed_are_billed(ask):
    one, every = "SELECT sum(n) FROM compact WHERE day = '2026/09/07'", "SELECT sum(n) FROM compact"
    whole = sum(
        o["Size"]
        for o in ask.world.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="compact/")["Contents"]
    )

    assert 0 < ask.scanned(one) < ask.scanned(every) < ask.scanned("SELECT * FROM compact") < whole
    assert ask.scanned("SELECT count(*) FROM compact") < ask.scanned(every)
    assert ask.scanned("SELECT n FROM compact WHERE day = '2026/01/01'") == 0


def test_statistics_spare_row_groups(ask):
    footer = ask.scanned("SELECT count(*) FROM compact")

    assert ask.scanned("SELECT padding FROM compact WHERE bucket = 'zzz'") == footer
    assert ask.scanned("SELECT padding FROM compact WHERE bucket IN (?, ?)", "'a'", "'acme-payroll'") > footer


def test_raw_and_parquet_rows_come_in_one_statement_each_pruned_by_its_own_conditions(ask):
    sql = """
    WITH events AS (
      SELECT day, bucket, n FROM noroshi.compact WHERE (day BETWEEN ? AND ?) AND bucket = ?
      UNION ALL
      SELECT * FROM (SELECT day, json_extract_scalar(requestparameters, '$.bucketName') AS bucket, 0 AS n
                     FROM noroshi.cloudtrail WHERE day BETWEEN ? AND ? AND account IN (?))
      WHERE bucket = ?)
    SELECT day, count(*) AS calls FROM events GROUP BY day ORDER BY day
    """
    values = ("'2026/09/06'", "'2026/09/07'", "'acme-payroll'", f"'{DAY}'", f"'{DAY}'", f"'{STAGING.id}'")

    parameters = (*values, "'acme-payroll'")
    assert ask.rows(sql, *parameters) == [["2026/09/06", "40"], ["2026/09/07", "40"], [DAY, "20"]]
    compact = ask.scanned("SELECT bucket FROM compact WHERE day BETWEEN '2026/09/06' AND '2026/09/07'")
    assert ask.scanned(sql, *parameters) == compact + ask.world.size_of(STAGING.id, f"/{DAY}/")


def test_a_with_that_is_named_twice_is_billed_twice(ask):
    once = ask.scanned("SELECT bucket FROM compact")

    assert (
        ask.scanned("WITH e AS (SELECT bucket FROM compact) SELECT * FROM e UNION ALL SELECT * FROM e")
        == 2 * once
    )


def test_files_that_no_partition_names_are_not_read(ask):
    s3 = ask.world.client("s3")
    key = s3.list_objects_v2(Bucket=BUCKET, Prefix="compact/day=2026-09-07/")["Contents"][0]["Key"]
    body = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    before = ask.rows("SELECT count(*) FROM compact")

    s3.put_object(Bucket=BUCKET, Key="compact/day=2026-09-07/orphan/file", Body=body)

    assert ask.rows("SELECT count(*) FROM compact") == before


def test_a_swapped_partition_is_read_at_once(ask):
    glue = ask.world.client("glue")
    names = {"DatabaseName": "noroshi", "TableName": "compact"}
    old = glue.get_partition(**names, PartitionValues=["2026/09/05"])["Partition"]["StorageDescriptor"]
    new = old | {"Location": f"s3://{BUCKET}/compact/day=2026-09-05/nothing/"}

    def swap(described: dict[str, object]) -> list[list[str | None]]:
        swapped = {"Values": ["2026/09/05"], "StorageDescriptor": described}
        glue.update_partition(**names, PartitionValueList=["2026/09/05"], PartitionInput=swapped)
        return ask.rows("SELECT count(*) FROM compact WHERE day = '2026/09/05'")

    assert [swap(new), swap(old)] == [[["0"]], [["40"]]]


def test_a_parquet_table_that_holds_something_else_fails(ask):
    place = f"s3://{BUCKET}/broken/"
    ask.world.client("s3").put_object(Bucket=BUCKET, Key="broken/file", Body=b"no Parquet at all")
    described = storage(place, COMPACT, (PARQUET_INPUT, PARQUET_OUTPUT, PARQUET_SERDE))
    table = {"Name": "broken", "PartitionKeys": [], "StorageDescriptor": described}
    ask.world.client("glue").create_table(DatabaseName="noroshi", TableInput=table)

    status = ask.run("SELECT n FROM broken")["Status"]

    assert status["State"] == "FAILED"
    assert "HIVE_CANNOT_OPEN_SPLIT" in status["StateChangeReason"]


def test_two_raw_tables_in_a_statement_are_refused_by_name(ask):
    status = ask.run("SELECT 1 FROM by_hand, cloudtrail")["Status"]

    assert "NOT_SUPPORTED" in status["StateChangeReason"]


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("day BETWEEN '2026/09/06' AND '2026/09/08'", 2),
        ("day = '2026/09/05'", 1),
        ("day >= '2026/09/06' AND day < '2026/09/07'", 1),
        ("day IN ('2026/09/05', '2026/09/07')", 2),
    ],
)
def test_partitions_are_found_by_expression(ask, expression, count):
    found = ask.world.client("glue").get_partitions(
        DatabaseName="noroshi", TableName="compact", Expression=expression
    )

    assert len(found["Partitions"]) == count
