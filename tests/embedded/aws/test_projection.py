"""TBLPROPERTIES name the partitions: enums as they stand, days from one end to the other, NOW by the clock."""

from datetime import UTC, datetime

import pytest

from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.projection import places, split_location, values

NOW = datetime(2026, 9, 8, 23, 59, tzinfo=UTC)
DAY = {"projection.day.type": "date", "projection.day.format": "yyyy/MM/dd"}


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        ("2026/09/06,2026/09/08", ["2026/09/06", "2026/09/07", "2026/09/08"]),
        ("2026/09/07,NOW", ["2026/09/07", "2026/09/08"]),
        ("NOW-1DAYS,NOW", ["2026/09/07", "2026/09/08"]),
        ("NOW-1DAYS,NOW+1DAY", ["2026/09/07", "2026/09/08", "2026/09/09"]),
        ("2026/09/08,2026/09/07", []),
    ],
)
def test_a_date_goes_from_one_end_to_the_other(spread, expected):
    assert values(DAY | {"projection.day.range": spread}, ("day",), NOW) == [expected]


def test_the_interval_is_stepped():
    properties = DAY | {"projection.day.range": "2026/09/01,2026/09/08", "projection.day.interval": "3"}

    assert values(properties, ("day",), NOW) == [["2026/09/01", "2026/09/04", "2026/09/07"]]


def test_an_enum_is_taken_as_it_stands():
    properties = {"projection.region.type": "enum", "projection.region.values": "us-east-1,eu-west-1"}

    assert values(properties, ("region",), NOW) == [["us-east-1", "eu-west-1"]]


@pytest.mark.parametrize("kind", ["injected", "integer", ""])
def test_kinds_that_are_not_known_fail_by_name(kind):
    with pytest.raises(Failure, match="NOT_SUPPORTED"):
        values({"projection.region.type": kind}, ("region",), NOW)


def test_the_template_says_where_each_partition_lies():
    properties = {"storage.location.template": "s3://logs/AWSLogs/${account}/CloudTrail/${day}/"}

    (place,) = places(properties, ("account", "day"), [["111122223333"], ["2026/09/08"]])

    assert (place.bucket, place.prefix) == ("logs", "AWSLogs/111122223333/CloudTrail/2026/09/08/")
    assert place.values == ("111122223333", "2026/09/08")


def test_too_many_partitions_fail():
    with pytest.raises(Failure, match="1002000 partitions"):
        list(places({"storage.location.template": "s3://b/"}, ("a", "b"), [["x"] * 1002, ["y"] * 1000]))


def test_a_prefix_ends_at_a_slash():
    """`day=1` must not also read `day=10`."""
    assert split_location("s3://b/day=1") == ("b", "day=1/")
    assert split_location("s3://b") == ("b", "")
