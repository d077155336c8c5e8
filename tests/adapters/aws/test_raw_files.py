"""Where a table looks for a day's files: computed from its template, or asked of its own partitions."""

from datetime import date

import pytest

from bot.adapters.aws.glue import Reach
from bot.adapters.aws.partitions import Partitions
from bot.adapters.aws.raw_files import Place, RawFiles, places, split
from bot.errors import NotConfigured
from bot.trail.sources import UNPARTITIONED_DAY, Layout

DAY = date(2026, 9, 8)
ROOT = "s3://logs/AWSLogs"


class S3:
    """Answers two objects a page."""

    def __init__(self, *objects):
        self.objects = objects

    def list_objects_v2(self, Bucket, Prefix, ContinuationToken="0"):  # noqa: N803 - boto3's own names
        begin = int(ContinuationToken)
        mine = [one for one in self.objects if one["Key"].startswith(Prefix)]
        more = {"NextContinuationToken": str(begin + 2)} if begin + 2 < len(mine) else {}
        return {"Contents": mine[begin : begin + 2], **more}


class Glue:
    def get_partitions(self, **asked):
        return {
            "Partitions": [
                {
                    "Values": ["eu-west-1", "2026", "09", "08"],
                    "StorageDescriptor": {"Location": f"{ROOT}/x/"},
                },
                {
                    "Values": ["eu-west-1", "2026", "09", "07"],
                    "StorageDescriptor": {"Location": f"{ROOT}/y/"},
                },
            ]
        }


def test_our_own_table_has_a_place_for_each_account_and_region():
    reach = Reach(
        f"{ROOT}/${{account}}/CloudTrail/${{region}}/${{day}}", ("1", "2"), ("eu-west-1", "us-east-1")
    )

    found = list(places(reach, DAY))

    assert len(found) == 4
    assert found[0] == Place(f"{ROOT}/1/CloudTrail/eu-west-1/2026/09/08", "1", "eu-west-1")


def test_a_table_of_one_account_and_one_timestamp_has_one_place():
    reach = Reach(
        f"{ROOT}/111122223333/CloudTrail/eu-west-1/${{timestamp}}",
        ("111122223333",),
        ("eu-west-1",),
        layout=Layout('"timestamp"'),
    )

    assert list(places(reach, DAY)) == [Place(f"{ROOT}/111122223333/CloudTrail/eu-west-1/2026/09/08")]


def test_a_table_of_three_columns_a_day_is_filled_in():
    reach = Reach(
        f"{ROOT}/1/CloudTrail/${{region}}/${{year}}/${{month}}/${{day}}",
        (),
        ("eu-west-1",),
        layout=Layout(UNPARTITIONED_DAY, None, "region"),
    )

    assert list(places(reach, DAY)) == [Place(f"{ROOT}/1/CloudTrail/eu-west-1/2026/09/08", "", "eu-west-1")]


def test_registered_partitions_are_asked_for_theirs():
    keys = ("region", "year", "month", "day")
    reach = Reach(ROOT, partitions=Partitions(Glue(), "noroshi", "logs", keys, keys[1:]))

    assert list(places(reach, DAY)) == [Place(f"{ROOT}/x/")]


@pytest.mark.parametrize(
    "reach",
    [
        Reach(f"{ROOT}/", ("1",), ("eu-west-1",)),
        Reach(f"{ROOT}/${{org}}/${{account}}/${{region}}/${{day}}", ("1",), ("eu-west-1",)),
        Reach(f"{ROOT}/${{account}}/${{region}}/${{day}}", (), ("eu-west-1",)),
    ],
    ids=["no template", "unknown column", "accounts that each query must name"],
)
def test_a_table_that_does_not_tell_is_never_taken_for_an_empty_one(reach):
    with pytest.raises(NotConfigured, match="can't be told"):
        list(places(reach, DAY))


def test_files_are_listed_to_the_last_page_without_those_that_athena_does_not_read():
    names = ["a.gz", "b.gz", "_c.gz", ".d.gz", "e.gz"]
    objects = [{"Key": f"AWSLogs/1/2026/09/08/{name}", "Size": 7} for name in names]
    objects += [
        {"Key": "AWSLogs/1/2026/09/08/empty.gz", "Size": 0},
        {"Key": "AWSLogs/1/2026/09/080/other.gz", "Size": 7},
    ]
    reach = Reach(f"{ROOT}/${{account}}/${{day}}", ("1", "2"), (), layout=Layout("day", "account"))

    found = RawFiles(S3(*objects), reach).of(DAY)

    assert [placed.place.account for placed in found] == ["1"]
    assert [file.name.rpartition("/")[2] for file in found[0].files] == ["a.gz", "b.gz", "e.gz"]
    assert found[0].size == 21


def test_a_place_is_split_at_its_bucket():
    assert split("s3://b/a/b") == ("b", "a/b/")
    assert split("s3://b/") == ("b", "")
    with pytest.raises(NotConfigured):
        split("/tmp/logs")
