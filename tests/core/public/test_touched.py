"""Which calls may have opened or closed a bucket, and whose it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event import Event
from bot.core.public.touched import touched

MIKA = "arn:aws:iam::111122223333:user/mika"
OPENING = {
    "eventSource": "s3.amazonaws.com",
    "eventName": "PutBucketPolicy",
    "eventID": "e-1",
    "eventTime": "2026-11-25T03:00:00Z",
    "awsRegion": "eu-west-1",
    "recipientAccountId": "111122223333",
    "userIdentity": {"type": "IAMUser", "arn": MIKA},
    "requestParameters": {"bucketName": "acme-payroll"},
}


def event(**said):
    return Event("aws.s3", "AWS API Call via CloudTrail", OPENING | said, account_id="111122223333")


def test_a_policy_touches_its_bucket_and_says_who_did_it():
    call = touched(event())

    assert (call.account_id, call.bucket, call.event_name) == (
        "111122223333",
        "acme-payroll",
        "PutBucketPolicy",
    )
    assert (call.who, call.event_id, call.region) == (MIKA, "e-1", "eu-west-1")
    assert call.at.isoformat() == "2026-11-25T03:00:00+00:00"


@pytest.mark.parametrize("name", ["DeleteAccountPublicAccessBlock", "PutAccessPointPolicy"])
def test_what_is_about_the_account_may_touch_any_of_its_buckets(name):
    assert touched(event(eventName=name, requestParameters={"accountId": "111122223333"})).bucket == ""


def test_the_account_is_the_buckets_own_not_the_callers():
    mine = {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::acme-payroll", "accountId": "444455556666"}

    assert touched(event(resources=[mine])).account_id == "444455556666"


@pytest.mark.parametrize(
    "said",
    [
        {"errorCode": "AccessDenied"},
        {"eventName": "GetBucketPolicy"},
        {"eventSource": "ec2.amazonaws.com"},
        {"requestParameters": None},
        {"requestParameters": {"bucketName": "../x y"}},
        {"requestParameters": {"bucketName": ["acme"]}},
        {"recipientAccountId": "many"},
    ],
)
def test_what_failed_or_names_no_bucket_touches_nothing(said):
    assert touched(event(**said)) is None


@given(st.dictionaries(st.sampled_from([*OPENING, "resources", "errorCode"]), st.recursive(
    st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)))  # fmt: skip
def test_nothing_that_an_event_says_breaks_it(said):
    call = touched(event(**said))

    assert call is None or (call.account_id.isdigit() and "/" not in call.bucket)
