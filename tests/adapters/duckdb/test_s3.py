from datetime import UTC, datetime
from io import BytesIO

import pytest
from botocore.exceptions import ClientError

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.adapters.duckdb.s3 import S3Store
from bot.core.span import Span
from bot.errors import AccessDenied, NotConfigured, NotFound
from bot.ports import TrailQuery

DAY = Span(datetime(2026, 9, 2, tzinfo=UTC), datetime(2026, 9, 3, tzinfo=UTC))
BASE = "trail/AWSLogs/111111111111"


class Bucket:
    """S3's two calls that the store makes, over a dict; remembers what was listed and read."""

    def __init__(self, objects, listing_fails=None, reading_fails=None):
        self.objects, self.listed, self.read = objects, [], []
        self.listing_fails, self.reading_fails = listing_fails, reading_fails

    def get_paginator(self, _operation):
        return self

    def paginate(self, *, Bucket, Prefix, Delimiter):  # noqa: N803 - S3's own names
        self.listed.append(Prefix)
        if self.listing_fails:
            raise ClientError({"Error": {"Code": self.listing_fails, "Message": ""}}, "ListObjectsV2")
        inside = sorted(key for key in self.objects if key.startswith(Prefix))
        folders = {
            Prefix + key[len(Prefix) :].split("/")[0] + "/"
            for key in inside
            if Delimiter and "/" in key[len(Prefix) :]
        }
        files = [key for key in inside if not any(key.startswith(folder) for folder in folders)]
        for start in range(0, len(files), 2):
            yield {
                "Contents": [{"Key": key, "Size": len(self.objects[key])} for key in files[start : start + 2]]
            }
        yield {"CommonPrefixes": [{"Prefix": folder} for folder in sorted(folders)]}

    def get_object(self, *, Bucket, Key):  # noqa: N803 - S3's own names
        self.read.append(Key)
        if self.reading_fails:
            raise ClientError({"Error": {"Code": self.reading_fails, "Message": ""}}, "GetObject")
        return {"Body": BytesIO(self.objects[Key])}


def ask(bucket, location="s3://acme-trail/trail"):
    engine = DuckdbEngine(location, client=bucket)
    return engine.run(
        TrailQuery("SELECT eventid, day FROM noroshi.cloudtrail ORDER BY 1", (), DAY), lambda _: None
    )


def test_only_the_days_asked_are_listed_and_read(log, record):
    data = {
        f"{BASE}/CloudTrail/eu-west-1/2026/09/02/a.json.gz": log(record(eventID="1")),
        f"{BASE}/CloudTrail/eu-west-1/2026/09/03/b.json.gz": log(record(eventID="2")),
        f"{BASE}/CloudTrail/eu-west-1/2026/09/30/c.json.gz": log(record(eventID="3")),
        f"{BASE}/CloudTrail-Digest/eu-west-1/2026/09/02/d.json.gz": b"digest",
        "trail/exported.json.gz": log(record(eventID="4")),
        "trailing/other.json.gz": log(record(eventID="5")),
    }
    bucket = Bucket(data)
    answer = ask(bucket)
    assert [row["eventid"] for row in answer.rows] == ["1", "2", "4"]
    assert answer.rows[1]["day"] == "2026/09/03"
    assert not [key for key in bucket.read if "09/30" in key or "Digest" in key]
    assert not [prefix for prefix in bucket.listed if "Digest" in prefix or "09/30" in prefix]
    read = sum(len(data[key]) for key in bucket.read)
    assert (answer.receipt.engine, answer.receipt.bytes_scanned) == ("duckdb", read)


@pytest.mark.parametrize(
    ("broken", "action"),
    [
        ({"listing_fails": "AccessDenied"}, "s3:ListBucket"),
        ({"reading_fails": "AccessDenied"}, "s3:GetObject"),
    ],
)
def test_a_refusal_names_the_missing_action(log, record, broken, action):
    bucket = Bucket({f"{BASE}/CloudTrail/eu-west-1/2026/09/02/a.json.gz": log(record())}, **broken)
    with pytest.raises(AccessDenied) as caught:
        ask(bucket)
    assert caught.value.action == action


def test_a_missing_bucket_is_not_found():
    with pytest.raises(NotFound, match="acme-trail"):
        ask(Bucket({}, listing_fails="NoSuchBucket"))


def test_an_empty_place_says_that_it_is_empty():
    assert [caveat.code for caveat in ask(Bucket({})).caveats] == ["no-log-files"]


def test_an_address_without_a_bucket_is_refused():
    with pytest.raises(NotConfigured):
        S3Store("s3:///x", None)
