"""What a question would read: the very bytes of its partitions, in as few listings as may be."""

from datetime import date, timedelta

import pytest

from bot.adapters.aws.compact_partitions import Copy
from bot.adapters.aws.estimate import Read, Size, Sizes
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.partitions import Partitions
from bot.errors import NotConfigured
from bot.trail.sources import UNPARTITIONED_DAY, Layout

ROOT = "s3://logs/AWSLogs"
OURS = Reach(f"{ROOT}/${{account}}/CloudTrail/${{region}}/${{day}}", ("1", "2"), ("eu-west-1", "us-east-1"))
DAYS = tuple(date(2026, 8, 30) + timedelta(days=n) for n in range(5))


class S3:
    """Every account, region and day has one file of one byte and an empty one; answers two objects a page, as S3 sorts them."""

    def __init__(self, first=date(2026, 8, 25), days=15):
        every = [first + timedelta(days=n) for n in range(days)]
        self.keys = sorted(
            f"AWSLogs/{account}/CloudTrail/{region}/{day:%Y/%m/%d}/{name}.gz"
            for account in "12"
            for region in ("eu-west-1", "us-east-1")
            for day in every
            for name in ("a", "empty")
        )
        self.calls = 0

    def list_objects_v2(self, Bucket, Prefix, StartAfter="", ContinuationToken=""):  # noqa: N803 - boto3's own names
        self.calls += 1
        after = ContinuationToken or StartAfter
        mine = [key for key in self.keys if key.startswith(Prefix) and key > after]
        more = {"NextContinuationToken": mine[1]} if len(mine) > 2 else {}
        return {"Contents": [{"Key": key, "Size": "empty" not in key} for key in mine[:2]], **more}


class Glue:
    """Hand-made partitions: one a region and day, of the first account's logs."""

    def get_partitions(self, **asked):
        return {
            "Partitions": [
                {
                    "Values": [region, f"{day:%Y}", f"{day:%m}", f"{day:%d}"],
                    "StorageDescriptor": {"Location": f"{ROOT}/1/CloudTrail/{region}/{day:%Y/%m/%d}/"},
                }
                for region in ("eu-west-1", "us-east-1")
                for day in DAYS
            ]
        }


class Compact:
    def copies(self, first, last):
        return {day: Copy(day, "s3://x/", size=1000) for day in DAYS if first <= day <= last}


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def look(reach, *raw, s3=None, **bounds):
    return Sizes(lambda: s3 or S3(), Compact, Clock()).of(reach, Read(raw, **bounds))


def test_every_file_of_the_days_counts_and_no_other():
    assert look(OURS, DAYS) == Size(20, 20)


def test_accounts_and_regions_bound_what_counts():
    assert look(OURS, DAYS, accounts=("2",), regions=("us-east-1",)) == Size(5, 5)
    assert look(OURS, DAYS, accounts=("3",)) == Size()


def test_days_before_the_table_begins_are_not_read():
    early = Reach(OURS.location, OURS.accounts, OURS.regions, first_day=DAYS[3])

    assert look(early, DAYS) == Size(8, 8)


def test_days_with_a_gap_are_two_stretches():
    assert look(OURS, (DAYS[0], DAYS[1], DAYS[4])) == Size(12, 12)


def test_a_table_that_each_query_must_name_accounts_of_is_known_by_those():
    injected = Reach(OURS.location, (), OURS.regions)

    assert look(injected, DAYS, accounts=("1",)) == Size(10, 10)
    with pytest.raises(NotConfigured):
        look(injected, DAYS)


def test_a_table_without_an_account_column_is_read_whole_whatever_account_is_asked_for():
    alone = Reach(f"{ROOT}/1/CloudTrail/eu-west-1/${{timestamp}}", ("1",), layout=Layout('"timestamp"'))

    assert look(alone, DAYS, accounts=("2",)) == Size(5, 5)


def test_days_that_do_not_stand_last_in_the_key_are_listed_one_by_one():
    class Other(S3):
        def __init__(self):
            self.calls = 0
            self.keys = sorted(f"logs/{day:%Y/%m/%d}/{account}/a.gz" for day in DAYS for account in "12")

    reach = Reach("s3://logs/logs/${day}/${account}", ("1", "2"), layout=Layout("day", "account"))

    assert look(reach, DAYS, s3=Other(), accounts=("2",)) == Size(5, 5)


def test_registered_partitions_count_where_they_lie():
    keys = ("region", "year", "month", "day")
    layout = Layout(UNPARTITIONED_DAY, None, "region")
    reach = Reach(ROOT, layout=layout, partitions=Partitions(Glue(), "noroshi", "logs", keys, keys[1:]))

    assert look(reach, DAYS[:3]) == Size(6, 6)
    assert look(reach, DAYS[:3], regions=("us-east-1",)) == Size(3, 3)


def test_two_scans_of_the_same_days_count_twice():
    assert look(OURS, DAYS, DAYS) == Size(40, 40)


def test_the_copys_days_count_whole_and_nothing_is_listed_for_them():
    s3 = S3()

    assert look(OURS, s3=s3, copied=DAYS[:2]) == Size(2000, 0, 2)
    assert look(OURS, s3=s3, copied=DAYS[:2], scans=3) == Size(6000, 0, 2)
    assert s3.calls == 0


def test_a_stretch_is_one_listing_however_many_days_it_has():
    many = S3(first=DAYS[0], days=100)
    many.list_objects_v2 = Whole(many.keys)

    look(OURS, tuple(DAYS[0] + timedelta(days=n) for n in range(90)), s3=many)

    assert many.list_objects_v2.calls == 4  # one for each account and region


class Whole:
    """Answers everything in one page."""

    def __init__(self, keys):
        self.keys, self.calls = keys, 0

    def __call__(self, Bucket, Prefix, StartAfter=""):  # noqa: N803 - boto3's own names
        self.calls += 1
        mine = [key for key in self.keys if key.startswith(Prefix) and key > StartAfter]
        return {"Contents": [{"Key": key, "Size": 1} for key in mine]}


def test_sizes_are_known_for_a_minute():
    s3, clock = S3(), Clock()
    sizes = Sizes(lambda: s3, Compact, clock)
    sizes.of(OURS, Read((DAYS,)))
    calls = s3.calls

    sizes.of(OURS, Read((DAYS,)))
    assert s3.calls == calls
    clock.now = 61
    sizes.of(OURS, Read((DAYS,)))
    assert s3.calls == 2 * calls
