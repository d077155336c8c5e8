"""What a trail's bucket holds is told by few calls, however much it holds."""

from datetime import date

import pytest

from bot.adapters.aws.log_folders import LogFolders, survey
from bot.errors import NotFound
from bot.trail.log_trail import LogTrail
from bot.trail.setting_up import MOST_ACCOUNTS, LogPlace, Wish

REGION, OTHER = "eu-west-1", "us-east-1"


class S3:
    """A bucket of these keys, two folders a page."""

    def __init__(self, keys):
        self.keys, self.calls = sorted(keys), 0

    def list_objects_v2(self, *, Bucket, Prefix, Delimiter, ContinuationToken="0"):  # noqa: N803 - S3's names
        assert (Bucket, Delimiter) == ("acme", "/")
        self.calls += 1
        below = [key[len(Prefix) :] for key in self.keys if key.startswith(Prefix)]
        folders = sorted({key.partition("/")[0] for key in below if "/" in key})
        begin = int(ContinuationToken)
        more = {"NextContinuationToken": str(begin + 2)} if len(folders) > begin + 2 else {}
        return {
            "CommonPrefixes": [{"Prefix": f"{Prefix}{one}/"} for one in folders[begin : begin + 2]],
            **more,
        }


def account(number):
    return f"{number:012}"


def key(number, region, day, root="AWSLogs/", kind="CloudTrail"):
    return f"{root}{account(number)}/{kind}/{region}/{day}/x.json.gz"


def trail(**more):
    arn = f"arn:aws:cloudtrail:{REGION}:{account(1)}:trail/acme"
    return LogTrail("acme", arn, "acme", home_region=REGION, **more)


def look(keys, wish=Wish(), **more):  # noqa: B008 - a frozen value
    s3 = S3(keys)
    return survey(LogFolders(s3, "acme"), trail(**more), wish), s3.calls


def test_accounts_regions_and_the_oldest_day_of_all_are_found():
    keys = [
        key(1, REGION, "2026/01/05"),
        key(1, OTHER, "2025/12/31"),
        key(2, OTHER, "2025/11/30"),
        key(2, OTHER, "2025/12/01"),
        key(3, REGION, "2024/01/01", kind="CloudTrail-Digest"),
        "AWSLogs/notes/readme.txt",
        key(1, "Config", "2020/01/01"),
    ]

    place, _ = look(keys)

    assert place == LogPlace(
        "s3://acme/AWSLogs/", (account(1), account(2)), (REGION, OTHER), date(2025, 11, 30)
    )


def test_what_was_named_is_not_looked_for():
    wish = Wish(accounts=(account(7),), regions=(OTHER,), since=date(2026, 1, 1))

    place, calls = look([], wish)

    assert (place.accounts, place.regions, place.since, calls) == ((account(7),), (OTHER,), "2026/01/01", 0)


def test_of_several_organisations_the_trails_own_is_taken():
    keys = [
        key(9, REGION, "2026/01/01", root="AWSLogs/o-aaa/"),
        key(1, REGION, "2026/02/02", root="AWSLogs/o-bbb/"),
        key(1, REGION, "2020/01/01"),
    ]

    place, _ = look(keys, organization=True)

    assert place.location == "s3://acme/AWSLogs/o-bbb/"
    assert place.first_day == date(2026, 2, 2)


@pytest.mark.parametrize("organization", [True, False])
def test_a_bucket_without_a_file_is_told(organization):
    with pytest.raises(NotFound, match="no log file under s3://acme/AWSLogs/ yet"):
        look(["AWSLogs/aws-test"], organization=organization)


@pytest.mark.parametrize("wish", [Wish(accounts=(account(8),)), Wish(regions=("eu-west-9",))])
def test_what_was_named_and_is_not_there_is_told_by_its_name(wish):
    with pytest.raises(NotFound, match=f"no log file of {(wish.accounts + wish.regions)[0]} under") as caught:
        look([key(1, REGION, "2026/01/01")], wish)

    assert "--account" in caught.value.hint


def test_hundreds_of_accounts_take_one_call_each_and_no_day_is_left_out():
    keys = [key(n, REGION, f"2025/{1 + n % 12:02}/01") for n in range(300)]

    place, calls = look(keys)

    assert len(place.accounts) == 300
    assert (place.first_day, place.certain) == (date(2013, 11, 1), False)
    assert "since ever" in place.words()
    assert "these are 300" in place.warning()
    assert calls <= 300 + 150


def test_few_accounts_get_no_warning_and_too_many_a_louder_one():
    regions = tuple(f"eu-test-{n}" for n in range(20))
    few = LogPlace("s3://acme/AWSLogs/", (account(1),), regions, date(2025, 1, 1))
    many = LogPlace("s3://acme/AWSLogs/", tuple(map(account, range(7000))), regions, date(2025, 1, 1))

    assert few.warning() == ""
    assert "more partitions than Athena takes" in many.warning()


def test_accounts_that_do_not_fit_are_counted_and_said():
    keys = [key(n, REGION, "2025/01/01") for n in range(MOST_ACCOUNTS + 3)]
    s3 = S3([])
    folders = LogFolders(s3, "acme")

    place = survey(
        folders, trail(), Wish(accounts=tuple(one.split("/")[1] for one in keys), regions=(REGION,))
    )

    assert (len(place.accounts), place.left_out) == (MOST_ACCOUNTS, 3)
    assert place.warning().startswith("3 accounts do not fit into one table")
