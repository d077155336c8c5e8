"""A change of a bucket in the stand-in is in the event history and on the bus; what was refused is in neither."""

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.s3_asked import _to_address
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder
from tests.aws_world import NOW

BUCKET = "acme-changed"
FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
ON = dict.fromkeys(FLAGS, True)
KIND = "AWS::S3::Bucket"


def policy_for(name):
    wide = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    return {"Version": "2012-10-17", "Statement": [wide]}


POLICY = policy_for(BUCKET)


@pytest.fixture
def s3(world):
    client = world.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": HOME})
    yield client
    client.delete_bucket(Bucket=BUCKET)


@pytest.fixture
def heard(world):
    """What a rule for S3's calls brings to a queue, call by call."""
    sqs, events = world.client("sqs"), world.client("events")
    queue = sqs.create_queue(QueueName="changes")["QueueUrl"]
    pattern = {"source": ["aws.s3"], "detail-type": ["AWS API Call via CloudTrail"]}
    events.put_rule(Name="changes", EventPattern=json.dumps(pattern), State="ENABLED")
    arn = f"arn:aws:sqs:{HOME}:{PROD.id}:changes"
    events.put_targets(Rule="changes", Targets=[{"Id": "queue", "Arn": arn}])

    def read():
        told = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for one in told:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"])
        return [json.loads(one["Body"]) for one in told]

    yield read
    events.remove_targets(Rule="changes", Ids=["queue"])
    events.delete_rule(Name="changes")
    sqs.delete_queue(QueueUrl=queue)


def history(world, name):
    attribute = [{"AttributeKey": "EventName", "AttributeValue": name}]
    found = world.client("cloudtrail").lookup_events(LookupAttributes=attribute)["Events"]
    return [json.loads(one["CloudTrailEvent"]) for one in found]


def test_a_change_comes_over_the_bus_as_cloudtrail_records_it(s3, heard):
    heard()
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(POLICY))

    lifted, put = heard()
    assert (lifted["detail"]["eventName"], put["detail"]["eventName"]) == (
        "DeleteBucketPublicAccessBlock",
        "PutBucketPolicy",
    )
    assert (put["source"], put["account"], put["region"]) == ("aws.s3", PROD.id, HOME)
    told = put["detail"]
    assert told["requestParameters"] | {"Host": ""} == {
        "bucketName": BUCKET,
        "Host": "",
        "policy": "",
        "bucketPolicy": POLICY,
    }
    assert told["eventTime"] == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert told["userIdentity"]["arn"] == f"arn:aws:iam::{PROD.id}:user/noroshi"
    assert told["resources"] == [
        {"accountId": PROD.id, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{BUCKET}"}
    ]
    assert (told["readOnly"], told["eventCategory"]) == (False, "Management")
    assert lifted["detail"]["eventID"] != told["eventID"]


def test_each_change_has_cloudtrails_own_name(s3, world, heard):
    control = world.client("s3control")
    control.meta.events.register("before-sign.s3-control", _to_address)
    heard()
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=ON)
    s3.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.put_bucket_acl(Bucket=BUCKET, ACL="private")
    s3.delete_bucket_policy(Bucket=BUCKET)
    control.put_public_access_block(AccountId=PROD.id, PublicAccessBlockConfiguration=ON)
    control.delete_public_access_block(AccountId=PROD.id)

    told = [one["detail"] for one in heard()]
    assert [one["eventName"] for one in told] == [
        "PutBucketPublicAccessBlock",
        "PutBucketOwnershipControls",
        "PutBucketAcl",
        "DeleteBucketPolicy",
        "PutAccountPublicAccessBlock",
        "DeleteAccountPublicAccessBlock",
    ]
    assert told[0]["requestParameters"]["PublicAccessBlockConfiguration"] == ON
    assert told[2]["requestParameters"]["x-amz-acl"] == "private"
    assert told[4]["requestParameters"] == {"accountId": PROD.id, "PublicAccessBlockConfiguration": ON}


def test_a_change_is_in_the_event_history_at_once(s3, world):
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(POLICY))

    newest = history(world, "PutBucketPolicy")[0]
    assert newest["requestParameters"]["bucketName"] == BUCKET
    assert newest["requestParameters"]["bucketPolicy"] == POLICY


def test_what_was_refused_or_only_read_is_told_nobody(s3, world, heard):
    heard()
    with pytest.raises(ClientError):
        s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(POLICY))
    with pytest.raises(ClientError):
        s3.put_bucket_acl(Bucket="acme-no-such", ACL="private")
    with pytest.raises(ClientError):
        world.client("s3", account=STAGING).delete_bucket_policy(Bucket=BUCKET)
    s3.get_bucket_acl(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    s3.delete_object(Bucket=BUCKET, Key="a")

    assert heard() == []


def test_a_bucket_is_made_and_deleted_in_its_own_region(world):
    there = world.client("s3", "us-east-1")
    there.create_bucket(Bucket="acme-there")
    there.delete_bucket(Bucket="acme-there")

    attribute = [{"AttributeKey": "EventSource", "AttributeValue": "s3.amazonaws.com"}]
    found = world.client("cloudtrail", "us-east-1").lookup_events(LookupAttributes=attribute)["Events"]
    mine = [one for one in found if "acme-there" in one["CloudTrailEvent"]]
    assert {one["EventName"] for one in mine} == {"CreateBucket", "DeleteBucket"}


def recorded(world, region=HOME, account=PROD, name=BUCKET):
    """The bucket's items, oldest first: status, what its policy allows, whether its block is whole."""
    config = world.client("config", region, account)
    found = config.get_resource_config_history(resourceType=KIND, resourceId=name)["configurationItems"]
    return [
        (each["configurationItemStatus"], policy_of(each), block_of(each) and all(block_of(each).values()))
        for each in reversed(found)
    ]


def policy_of(item):
    text = json.loads(item["supplementaryConfiguration"].get("BucketPolicy", "{}")).get("policyText")
    return json.loads(text) if text else None


def block_of(item):
    return json.loads(item["supplementaryConfiguration"].get("PublicAccessBlockConfiguration", "null"))


def test_config_records_each_change_where_it_looks_at_once(world):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=9)))
    s3, name = world.client("s3"), "acme-recorded"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": HOME})
    s3.delete_public_access_block(Bucket=name)
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy_for(name)))
    s3.delete_bucket(Bucket=name)

    assert recorded(world, name=name) == [
        ("ResourceDiscovered", None, True),
        ("OK", None, False),
        ("OK", policy_for(name), False),
        ("ResourceDeleted", None, None),
    ]


def test_an_acl_is_recorded_as_config_writes_it(s3, world):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=9)))
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.delete_bucket_ownership_controls(Bucket=BUCKET)
    s3.put_bucket_acl(Bucket=BUCKET, ACL="public-read")

    found = world.client("config").get_resource_config_history(resourceType=KIND, resourceId=BUCKET)
    text = found["configurationItems"][0]["supplementaryConfiguration"]["AccessControlList"]
    grants = json.loads(json.loads(text))["grantList"]
    assert [(grant["grantee"], grant["permission"]) for grant in grants][1:] == [("AllUsers", "Read")]


@pytest.mark.parametrize(
    "recorder",
    [
        Recorder(NOW - timedelta(days=9), daily=True),
        Recorder(NOW - timedelta(days=9), stopped_at=NOW - timedelta(days=1)),
        Recorder(NOW - timedelta(days=9), excluded=frozenset({"AWS::S3::Bucket"})),
    ],
    ids=["daily", "stopped", "other types"],
)
def test_a_recorder_that_does_not_look_at_once_records_nothing(world, recorder):
    world.aws.recordings.open((STAGING.id, HOME), recorder)
    s3 = world.client("s3", account=STAGING)
    s3.create_bucket(Bucket="acme-unseen", CreateBucketConfiguration={"LocationConstraint": HOME})
    s3.delete_bucket(Bucket="acme-unseen")

    with pytest.raises(ClientError) as caught:
        recorded(world, account=STAGING, name="acme-unseen")
    assert caught.value.response["Error"]["Code"] == "ResourceNotDiscoveredException"
