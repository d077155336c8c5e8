"""`noroshi setup trail --adopt`: every day that S3 has and a table partitioned by hand has not."""

from datetime import date, timedelta

import pytest

from bot.adapters.aws.adopting import adopt
from bot.adapters.aws.trail_setup import TrailSetup
from bot.adapters.aws.workgroup import WorkgroupWish
from bot.embedded.aws import HOME, PROD, STAGING, AwsStandIn
from bot.errors import NotConfigured, Upstream
from bot.trail.setting_up import Wish
from bot.trail.table import table_input
from tests.aws_world import NOW, log_files

LOGS = "acme-trail-logs"
OWN = f"s3://{LOGS}/AWSLogs/{PROD.id}/CloudTrail/"
BY_HAND = ("region", "year", "month", "day")


@pytest.fixture
def aws():
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        made.make_bucket(LOGS, PROD.id, HOME)
        made.put_logs(LOGS, log_files().items())
        made.client("glue").create_database(DatabaseInput={"Name": "noroshi"})
        yield made


def make(aws, *keys, location=OWN, **properties):
    """A table as people make it by AWS's example."""
    made = table_input("cloudtrail", location, [], [], "2024/01/01")
    made["PartitionKeys"] = [{"Name": key, "Type": "string"} for key in keys]
    made["Parameters"] = {"EXTERNAL": "TRUE", **properties}
    aws.client("glue").create_table(DatabaseName="noroshi", TableInput=made)


def run(aws, since=None):
    (done,) = adopt(aws.client("glue"), aws.client("s3"), "noroshi", "cloudtrail", since)
    return done.words


def there(aws):
    pages = aws.client("glue").get_paginator("get_partitions")
    found = pages.paginate(DatabaseName="noroshi", TableName="cloudtrail")
    return {tuple(one["Values"]): one["StorageDescriptor"] for page in found for one in page["Partitions"]}


class Counting:
    """Glue that counts how often it is to add partitions."""

    def __init__(self, glue):
        self.glue, self.writes = glue, 0

    def __getattr__(self, name):
        self.writes += name == "batch_create_partition"
        return getattr(self.glue, name)


def test_every_day_that_is_missing_is_added_where_its_files_lie(aws):
    make(aws, *BY_HAND)

    words = run(aws)

    found = there(aws)
    assert words == (
        "noroshi.cloudtrail: 12 partitions added, 2026-09-03 to 2026-09-08; 0 were there already"
    )
    assert len(found) == 12
    storage = found["us-east-1", "2026", "09", "03"]
    assert storage["Location"] == f"{OWN}us-east-1/2026/09/03/"
    assert storage["SerdeInfo"] == {"SerializationLibrary": "org.apache.hive.hcatalog.data.JsonSerDe"}


def test_the_second_time_nothing_is_added(aws):
    make(aws, *BY_HAND)
    run(aws)

    asked = Counting(aws.client("glue"))
    (done,) = adopt(asked, aws.client("s3"), "noroshi", "cloudtrail")
    assert done.words == "noroshi.cloudtrail has them all: 12, and S3 has no other day"
    assert (asked.writes, len(there(aws))) == (0, 12)


def test_what_is_there_stays_as_it_is(aws):
    make(aws, *BY_HAND)
    kept = {"Values": ["eu-west-1", "2026", "09", "08"], "StorageDescriptor": {"Location": "s3://elsewhere/"}}
    aws.client("glue").create_partition(DatabaseName="noroshi", TableName="cloudtrail", PartitionInput=kept)

    assert run(aws).endswith("11 partitions added, 2026-09-03 to 2026-09-08; 1 were there already")
    assert there(aws)["eu-west-1", "2026", "09", "08"]["Location"] == "s3://elsewhere/"


def test_only_the_days_since_are_added(aws):
    make(aws, *BY_HAND)

    run(aws, since=date(2026, 9, 7))

    assert {values[-1] for values in there(aws)} == {"07", "08"}


def test_a_table_with_an_account_gets_every_account(aws):
    make(aws, "account", *BY_HAND, location=f"s3://{LOGS}/AWSLogs/")

    run(aws)

    assert {values[0] for values in there(aws)} == {PROD.id, STAGING.id}
    place = there(aws)[STAGING.id, "us-east-1", "2026", "09", "05"]["Location"]
    assert place == f"s3://{LOGS}/AWSLogs/{STAGING.id}/CloudTrail/us-east-1/2026/09/05/"


def test_a_table_by_day_alone_gets_the_one_region_that_its_path_names(aws):
    make(aws, "day", location=f"{OWN}us-east-1")

    run(aws)

    assert there(aws)["2026/09/03",]["Location"] == f"{OWN}us-east-1/2026/09/03/"
    assert len(there(aws)) == 6


@pytest.mark.parametrize(
    ("keys", "location", "words"),
    [
        (BY_HAND, f"s3://{LOGS}/AWSLogs/", "no account among its partition columns"),
        (("year", "month", "day"), OWN, "no region among its partition columns"),
        (BY_HAND, "s3://elsewhere/logs/", "not under AWSLogs/"),
        (("team", *BY_HAND), OWN, "also partitioned by team"),
    ],
)
def test_a_table_that_does_not_tell_where_a_day_lies_gets_nothing(aws, keys, location, words):
    make(aws, *keys, location=location)

    with pytest.raises(NotConfigured, match=words):
        run(aws)
    assert there(aws) == {}


def test_a_table_that_computes_its_partitions_needs_none(aws):
    made = table_input("cloudtrail", f"s3://{LOGS}/AWSLogs/", [PROD.id], ["eu-west-1"], "2024/01/01")
    aws.client("glue").create_table(DatabaseName="noroshi", TableInput=made)

    assert run(aws) == "noroshi.cloudtrail computes its partitions: there is nothing to add"


def test_more_than_a_hundred_go_in_several_calls(aws):
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(230)]
    aws.put_logs(
        LOGS, [(f"AWSLogs/{PROD.id}/CloudTrail/eu-west-1/{day:%Y/%m/%d}/a.json.gz", b"x") for day in days]
    )
    make(aws, *BY_HAND)

    assert "242 partitions added, 2025-01-01 to 2026-09-08" in run(aws)
    assert run(aws) == "noroshi.cloudtrail has them all: 242, and S3 has no other day"


class Full:
    """Glue that takes one partition of a call and refuses the next."""

    def __init__(self, glue, code):
        self.glue, self.code = glue, code

    def __getattr__(self, name):
        return getattr(self.glue, name)

    def batch_create_partition(self, **asked):
        *rest, last = asked["PartitionInputList"]
        self.glue.batch_create_partition(**asked | {"PartitionInputList": rest})
        detail = {"ErrorCode": self.code, "ErrorMessage": "Too many."}
        return {"Errors": [{"PartitionValues": last["Values"], "ErrorDetail": detail}]}


def test_what_glue_took_and_what_it_refused_is_said(aws):
    make(aws, *BY_HAND)
    full = Full(aws.client("glue"), "ResourceNumberLimitExceededException")

    with pytest.raises(Upstream) as caught:
        [*adopt(full, aws.client("s3"), "noroshi", "cloudtrail")]

    assert caught.value.message == "Glue took 11 partitions of noroshi.cloudtrail and refused 1: Too many."
    assert "again" in caught.value.hint


def test_one_that_somebody_else_added_meanwhile_is_no_failure(aws):
    make(aws, *BY_HAND)
    raced = Full(aws.client("glue"), "AlreadyExistsException")

    (done,) = adopt(raced, aws.client("s3"), "noroshi", "cloudtrail")

    assert "11 partitions added" in done.words


def test_a_table_that_is_not_there_is_told_as_a_line(aws):
    made = TrailSetup(aws.client, "noroshi", "gone", WorkgroupWish("noroshi", None, 10**12))

    (done,) = made.adopt(Wish())

    assert done.failed
    assert done.words == "There is no table noroshi.gone in Glue (eu-west-1)."
