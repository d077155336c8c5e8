from datetime import date
from pathlib import Path

import pytest

from bot.adapters.duckdb.folder import FolderStore
from bot.adapters.duckdb.layout import Partition, holds_no_events, partition_of
from bot.errors import NotFound

DAYS = (date(2026, 9, 2), date(2026, 9, 3))


def names(folder, days=DAYS):
    return [Path(file.key).name for file in FolderStore(folder).objects(days)]


@pytest.fixture
def put(tmp_path):
    def write(path):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"{}")
        return file

    return write


@pytest.mark.parametrize(
    ("key", "partition"),
    [
        (
            "AWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/02/x.json.gz",
            Partition("111111111111", "eu-west-1", "2026/09/02"),
        ),
        (
            "/logs/p/AWSLogs/o-abc123/111111111111/CloudTrail/us-gov-west-1/2026/12/31/x.json.gz",
            Partition("111111111111", "us-gov-west-1", "2026/12/31"),
        ),
        ("AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2026/09/02/x.json.gz", None),
        ("NotAWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/02/x.json.gz", None),
        ("eu-west-1/2026/09/02/x.json", None),
    ],
)
def test_a_path_of_the_layout_names_its_partition(key, partition):
    assert partition_of(key) == partition


def test_digests_and_insights_are_told_by_their_folder():
    assert holds_no_events("AWSLogs/1/CloudTrail-Digest/x.json.gz")
    assert holds_no_events("AWSLogs/1/CloudTrail-Insight/x.json.gz")
    assert not holds_no_events("AWSLogs/1/CloudTrail/x_CloudTrail-Digest_y.json.gz")


def test_only_the_days_asked_are_given_of_the_layout_and_everything_else(tmp_path, put):
    base = "AWSLogs/111111111111"
    put(f"{base}/CloudTrail/eu-west-1/2026/09/02/in.json.gz")
    put(f"{base}/CloudTrail/eu-west-1/2026/09/04/late.json.gz")
    put(f"{base}/CloudTrail/us-east-1/2026/09/03/also.json.gz")
    put(f"{base}/CloudTrail-Digest/eu-west-1/2026/09/02/digest.json.gz")
    put("exported/deep/er/records.ndjson")
    assert names(tmp_path) == ["in.json.gz", "also.json.gz", "records.ndjson"]
    assert "late.json.gz" in names(tmp_path, None)


def test_a_location_in_the_middle_of_the_layout_keeps_its_partitions(tmp_path, put):
    put("AWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/02/in.json.gz")
    put("AWSLogs/111111111111/CloudTrail/eu-west-1/2026/09/04/late.json.gz")
    region = tmp_path / "AWSLogs/111111111111/CloudTrail/eu-west-1"
    assert names(region) == ["in.json.gz"]


def test_what_is_hidden_or_no_log_by_name_is_left_out(tmp_path, put):
    for name in (
        ".hidden.json",
        ".git/config.json",
        "README.md",
        "x.csv",
        "a.json",
        "b.JSON.gz",
        "c.json.cloudtrail",
    ):
        put(name)
    assert names(tmp_path) == ["a.json", "b.JSON.gz", "c.json.cloudtrail"]


def test_links_are_followed_once_and_loops_end(tmp_path, put):
    put("real/a.json")
    (tmp_path / "real" / "loop").symlink_to(tmp_path / "real")
    (tmp_path / "broken.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    assert names(tmp_path) == ["a.json"]


def test_a_single_file_is_a_place_too(put):
    assert names(put("one.json")) == ["one.json"]


def test_a_missing_folder_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="nowhere") as caught:
        names(tmp_path / "nowhere")
    assert "NOROSHI_TRAIL__LOCATION" in caught.value.hint
