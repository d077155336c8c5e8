"""The compact copy's table, as a statement and as Glue takes it."""

import pytest
import sqlglot

from bot.errors import BadRequest
from bot.trail.compact_table import COMPACT_COLUMNS, compact_ddl, compact_input
from bot.trail.events import STORED


def test_the_statement_makes_every_stored_column_and_the_day():
    made = sqlglot.parse_one(
        compact_ddl("noroshi", "cloudtrail", "s3://acme-results/compact/"), read="athena"
    )

    assert made.find(sqlglot.exp.Table).name == "cloudtrail_compact"
    assert [column.name for column in made.this.expressions] == [*STORED]
    assert "PARTITIONED BY (day string)" in compact_ddl("noroshi", "cloudtrail", "s3://acme-results/compact")


def test_glues_table_has_the_same_columns_and_projects_nothing():
    made = compact_input("cloudtrail", "s3://acme-results/compact")

    assert {one["Name"]: one["Type"] for one in made["StorageDescriptor"]["Columns"]} == COMPACT_COLUMNS
    assert made["PartitionKeys"] == [{"Name": "day", "Type": "string"}]
    assert made["StorageDescriptor"]["Location"] == "s3://acme-results/compact/"
    assert not [name for name in made["Parameters"] if name.startswith("projection")]


@pytest.mark.parametrize(
    "place", ["acme/compact/", "s3://acme'/x/", "s3://acme-results/a b/", "/tmp/compact", "s3://acme-results"]
)
def test_a_place_that_is_none_is_refused(place):
    with pytest.raises(BadRequest, match="no place for the compact copy"):
        compact_input("cloudtrail", place)
