"""A bucket in the embedded world that somebody opens, and CloudTrail's events of it."""

import json
import secrets
from datetime import UTC, datetime

from bot.embedded.aws.bucket_access import change_access
from tests.journeys.alert_steps import said
from tests.journeys.steps import eventually

FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
BLOCKED = dict.fromkeys(FLAGS, True)


def made(journey, name):
    """A new bucket, closed as all new ones are; gives the client of S3."""
    client = journey.world.aws.client("s3")
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return client


def allow(name):
    """A policy that lets everybody read."""
    read = {"Sid": "Shop", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    return {"Version": "2012-10-17", "Statement": [read | {"Resource": f"arn:aws:s3:::{name}/*"}]}


def call(journey, bucket, name, **parameters):
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
        "requestParameters": {"bucketName": bucket} | parameters,
        "responseElements": None,
    }
    event = {
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
    journey.world.aws.emit(event)


def open_by_policy(s3, bucket):
    """Let everybody read, where no block is in the way any more; CloudTrail's event of the call comes by itself."""
    change_access(bucket, None, closed=False)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(allow(bucket)))


async def message_of(journey, *words):
    """The first message in the channel of alerts with all of these words."""
    return await eventually(
        lambda: next(
            (each for each in journey.messages("security") if all(one in said(each) for one in words)), None
        )
    )


def root_of(journey, answer):
    """The post whose thread an answer stands in; itself, where the bucket was looked at before the post was made."""
    root = answer.body.get("thread_ts", answer.ts)
    return next(each for each in journey.messages("security") if each.ts == root)
