"""A bucket is opened: the alert says who called what, the bucket itself is looked at, and its thread has the verdict."""

import json
import secrets
from datetime import UTC, datetime

import pytest

from tests.journeys.alert_steps import said, thread
from tests.journeys.steps import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {"NOROSHI_ALERTS__STORM_ABOVE": "1000", "NOROSHI_ALERTS__ROUTES": "[]"}
BUCKET = "acme-till-receipts"
ALLOW = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Shop",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}


@pytest.fixture(scope="module")
def s3(journey):
    client = journey.world.aws.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return client


def call(journey, name, **parameters):
    """CloudTrail's event of a call by Mika, on the bus a moment after it."""
    account = journey.world.incident.prod.id
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    detail = {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "IAMUser",
            "arn": f"arn:aws:iam::{account}:user/mika",
            "accountId": account,
            "userName": "mika",
        },
        "eventTime": at,
        "eventSource": "s3.amazonaws.com",
        "eventName": name,
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "203.0.113.14",
        "eventID": secrets.token_hex(16),
        "readOnly": False,
        "managementEvent": True,
        "recipientAccountId": account,
        "requestParameters": {"bucketName": BUCKET} | parameters,
        "responseElements": None,
    }
    journey.world.aws.emit(
        {
            "version": "0",
            "id": secrets.token_hex(16),
            "detail-type": "AWS API Call via CloudTrail",
            "source": "aws.s3",
            "account": account,
            "time": at,
            "region": "eu-west-1",
            "resources": [],
            "detail": detail,
        }
    )


def open_by_policy(journey, s3):
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(ALLOW))
    call(journey, "PutBucketPolicy", bucketPolicy=ALLOW)


async def post_of_bucket(journey, words):
    posts = journey.messages("security")
    return await eventually(
        lambda: next((each for each in posts if BUCKET in said(each) and words in said(each)), None)
    )


async def test_the_opened_bucket_is_proven_public_in_the_thread_of_its_alert(journey, s3):
    open_by_policy(journey, s3)

    answer = await post_of_bucket(journey, "is public: everybody may read")

    assert "RestrictPublicBuckets" in said(answer)
    post = next(each for each in journey.messages("security") if each.ts == answer.body["thread_ts"])
    assert "HIGH" in said(post)
    await eventually(lambda: "is public: everybody may read" in said(post))
    assert "mika (user)" in said(post)
    assert "PutBucketPolicy" in said(post)
    assert "times" not in said(post)
    assert len([each for each in journey.messages("security") if BUCKET in said(each) and each.body.get("thread_ts") in (None, each.ts)]) == 1  # fmt: skip


async def test_closing_it_ends_the_alert(journey, s3):
    s3.delete_bucket_policy(Bucket=BUCKET)
    call(journey, "DeleteBucketPolicy")

    answer = await post_of_bucket(journey, "is public: everybody may read")
    post = next(each for each in journey.messages("security") if each.ts == answer.body["thread_ts"])

    await eventually(lambda: "is not public any more" in said(post))
    assert "is not public any more" in " ".join(map(said, thread(journey, post)))


async def test_a_policy_that_a_block_stops_is_said_to_be_harmless(journey, s3):
    on = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=on)
    call(journey, "PutBucketPolicy", bucketPolicy=ALLOW)

    await eventually(
        lambda: next(
            (each for each in journey.messages("security") if "not public for all that" in said(each)), None
        )
    )
