"""The last call that changed who gets into a bucket, found in CloudTrail's files by the duckdb engine."""

from datetime import UTC, datetime

import pytest

from bot.command import Reach
from bot.core.event import Event
from bot.core.public.bucket import Bucket
from bot.core.public.touched import OPENING, touched
from bot.errors import Upstream
from commands.s3.last_call import as_it_is
from tests.commands.fake_trail import FakeTrail
from tests.commands.s3.small_s3 import FakeAccess, Ports
from tests.commands.small_trail import ACCOUNT, NOW, call, user, written

BUCKET = Bucket("acme-web-assets", ACCOUNT, "eu-west-1")
MIKA = user("mika")


def changed(name, at, bucket=BUCKET.name, **more):
    return call(MIKA, f"s3:{name}", at, readOnly=False, requestParameters={"bucketName": bucket}, **more)


def look(trail, bucket=BUCKET):
    class At(Ports):
        def now(self):
            return NOW

    return as_it_is(bucket, "Config is off", Reach(At(FakeAccess(), trail=trail), lambda _: None))


@pytest.fixture
def trail(tmp_path):
    return written(
        tmp_path,
        changed("CreateBucket", "2026-08-01T10:00:00Z"),
        changed("PutBucketPolicy", "2026-09-01T10:00:00Z"),
        changed("PutBucketTagging", "2026-09-02T10:00:00Z"),
        changed("PutBucketPolicy", "2026-09-03T10:00:00Z", errorCode="AccessDenied"),
        changed("PutBucketPolicy", "2026-09-04T10:00:00Z", "acme-web-assets-old"),
        changed("PutBucketPolicy", "2026-09-05T10:00:00Z", awsRegion="us-east-1"),
    ).engine


def test_it_is_the_last_that_worked_and_changed_who_gets_in(trail):
    told = look(trail)

    assert (told.at, told.or_before) == (datetime(2026, 9, 1, 10, tzinfo=UTC), True)
    assert told.by == "PutBucketPolicy by mika"
    assert told.trail.engine == "duckdb"


def test_where_there_is_none_it_is_not_known(trail):
    told = look(trail, Bucket("acme-payroll", ACCOUNT, "eu-west-1"))

    assert told.at is None
    assert told.why == "Config is off, and CloudTrail has no call of 90 days that changed it"


def test_why_it_could_not_be_asked_is_told():
    assert look(FakeTrail(fails=Upstream("It is away."))).why.endswith(
        "CloudTrail could not be asked: It is away"
    )


@pytest.mark.parametrize("name", OPENING)
def test_every_call_after_which_a_bucket_is_looked_at_may_have_opened_it(name, tmp_path):
    detail = changed(name, "2026-09-01T10:00:00Z")
    event = Event(source="aws.s3", detail_type="AWS API Call via CloudTrail", detail=detail)

    assert touched(event).bucket == BUCKET.name
    assert look(written(tmp_path, detail).engine).by == f"{name} by mika"


def test_its_end_opened_no_bucket(tmp_path):
    gone = changed("DeleteBucket", "2026-09-01T10:00:00Z")

    assert look(written(tmp_path, gone).engine).at is None
