"""The CloudTrail table's own statement."""

import pytest
import sqlglot

from bot.errors import BadRequest
from bot.trail.table import COLUMNS, PARTITIONS, ddl, projection, table_input

GOOD = (
    "noroshi",
    "cloudtrail",
    "s3://acme-trail-logs/AWSLogs/",
    ["111122223333"],
    ["eu-west-1"],
    "2026/01/01",
)


def test_the_statement_makes_every_column_and_partition():
    made = sqlglot.parse_one(ddl(*GOOD), read="athena")

    assert [column.name for column in made.this.expressions] == [*COLUMNS]
    assert made.args["properties"] is not None


def test_the_partitions_lie_where_cloudtrail_writes():
    text = ddl(
        "noroshi",
        "cloudtrail",
        "s3://acme/pre/AWSLogs/o-abc",
        ["111122223333", "444455556666"],
        ["eu-west-1"],
        "2026/01/01",
    )

    assert (
        "'storage.location.template'='s3://acme/pre/AWSLogs/o-abc/${account}/CloudTrail/${region}/${day}'"
        in text
    )
    assert "'projection.account.values'='111122223333,444455556666'" in text
    assert f"PARTITIONED BY ({', '.join(f'{name} string' for name in PARTITIONS)})" in text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (2, "s3://acme'/AWSLogs/"),
        (2, "acme/AWSLogs"),
        (2, "s3://acme/logs/"),
        (3, ["1111"]),
        (3, ["11112222333'"]),
        (4, ["eu-west-1', 'x"]),
        (4, ["Ireland"]),
        (5, "yesterday"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused(place, value):
    given = list(GOOD)
    given[place] = value
    with pytest.raises(BadRequest, match="is not a"):
        ddl(*given)


def test_glues_table_is_the_statements():
    made = table_input("cloudtrail", *GOOD[2:])

    assert {one["Name"]: one["Type"] for one in made["StorageDescriptor"]["Columns"]} == COLUMNS
    assert [one["Name"] for one in made["PartitionKeys"]] == [*PARTITIONS]
    assert made["Parameters"] == {"EXTERNAL": "TRUE", **projection(*GOOD[2:])}
