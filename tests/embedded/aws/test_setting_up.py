"""What setup asks of Glue and Athena, the stand-in does as AWS."""

import pytest
from botocore.exceptions import ClientError

from bot.trail.compact_table import compact_input, compact_storage

PLACE = "s3://acme-results/noroshi-compact/"
NAME = {"DatabaseName": "noroshi", "TableName": "cloudtrail_compact"}


def parts(*days):
    return [{"Values": [day], "StorageDescriptor": compact_storage(f"{PLACE}{day}/")} for day in days]


@pytest.fixture(scope="module")
def glue(world):
    made = world.client("glue")
    made.create_table(DatabaseName="noroshi", TableInput=compact_input("cloudtrail", PLACE))
    made.batch_create_partition(
        **NAME, PartitionInputList=parts(*(f"2026/09/{day:02}" for day in range(1, 10)))
    )
    return made


def days(pages):
    return [one["Values"][0][-2:] for page in pages for one in page["Partitions"]]


def test_partitions_come_in_pages(glue):
    pages = [*glue.get_paginator("get_partitions").paginate(**NAME, PaginationConfig={"PageSize": 4})]

    assert [len(page["Partitions"]) for page in pages] == [4, 4, 1]
    assert days(pages) == [f"{day:02}" for day in range(1, 10)]


def test_an_expression_chooses_partitions(glue):
    page = glue.get_partitions(**NAME, Expression="day BETWEEN '2026/09/03' AND '2026/09/05'")

    assert days([page]) == ["03", "04", "05"]


def test_columns_are_left_out_when_asked(glue):
    whole, bare = glue.get_partitions(**NAME), glue.get_partitions(**NAME, ExcludeColumnSchema=True)

    assert whole["Partitions"][0]["StorageDescriptor"]["Columns"]
    assert "Columns" not in bare["Partitions"][0]["StorageDescriptor"]
    assert bare["Partitions"][0]["StorageDescriptor"]["Location"] == f"{PLACE}2026/09/01/"


def test_a_partition_that_is_there_comes_back_as_an_error(glue):
    answer = glue.batch_create_partition(**NAME, PartitionInputList=parts("2026/09/09", "2026/09/10"))
    glue.delete_partition(**NAME, PartitionValues=["2026/09/10"])

    assert [one["ErrorDetail"]["ErrorCode"] for one in answer["Errors"]] == ["AlreadyExistsException"]


def test_more_than_a_hundred_at_once_are_refused(glue):
    many = parts(*(f"2025/{n:03}" for n in range(101)))
    with pytest.raises(ClientError) as caught:
        glue.batch_create_partition(**NAME, PartitionInputList=many)

    assert caught.value.response["Error"]["Code"] == "InvalidInputException"


def test_a_page_too_large_is_refused(world):
    with pytest.raises(ClientError):
        world.client("glue").get_partitions(**NAME, MaxResults=1001)


def test_a_workgroup_is_changed_only_in_what_is_said(world):
    athena = world.client("athena")
    before = athena.get_work_group(WorkGroup="noroshi")["WorkGroup"]["Configuration"]

    athena.update_work_group(
        WorkGroup="noroshi", ConfigurationUpdates={"BytesScannedCutoffPerQuery": 20_000_000}
    )

    after = athena.get_work_group(WorkGroup="noroshi")["WorkGroup"]["Configuration"]
    assert after == before | {"BytesScannedCutoffPerQuery": 20_000_000}
    athena.update_work_group(
        WorkGroup="noroshi",
        ConfigurationUpdates={
            "RemoveBytesScannedCutoffPerQuery": True,
            "ResultConfigurationUpdates": {"OutputLocation": "s3://other/"},
        },
    )
    last = athena.get_work_group(WorkGroup="noroshi")["WorkGroup"]["Configuration"]
    assert "BytesScannedCutoffPerQuery" not in last
    assert last["ResultConfiguration"]["OutputLocation"] == "s3://other/"


@pytest.mark.parametrize(("name", "updates"), [("gone", {}), ("noroshi", {"RequesterPaysEnabled": True})])
def test_what_can_not_be_changed_is_refused(world, name, updates):
    with pytest.raises(ClientError) as caught:
        world.client("athena").update_work_group(WorkGroup=name, ConfigurationUpdates=updates)

    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"
