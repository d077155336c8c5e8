"""Every call about a bucket is stopped by a policy that denies its action, and by no other.

The actions: S3 user guide, "Required permissions for Amazon S3 API operations", and each call's page in the API reference.
"""

import json

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import PROD
from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.s3_actions import kinds
from bot.embedded.aws.s3_front import ACTIONS
from bot.embedded.aws.served import SERVED

BUCKET = "acme-denied"
BLOCK = {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}
OWNERSHIP = {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}}
WEBSITE = {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}}}
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": PROD.id},
            "Action": "s3:ListBucket",
            "Resource": f"arn:aws:s3:::{BUCKET}",
        }
    ],
}
OBJECT_CALLS = {
    *(
        "AbortMultipartUpload",
        "CompleteMultipartUpload",
        "CopyObject",
        "CreateMultipartUpload",
        "DeleteObject",
    ),
    *("DeleteObjects", "GetObject", "HeadObject", "ListParts", "PutObject", "UploadPart"),
}
CALLS = [
    ("DeleteBucket", "s3:DeleteBucket", {}),
    ("DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls", {}),
    ("DeleteBucketPolicy", "s3:DeleteBucketPolicy", {}),
    ("DeleteBucketWebsite", "s3:DeleteBucketWebsite", {}),
    ("DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock", {}),
    ("GetBucketAcl", "s3:GetBucketAcl", {}),
    ("GetBucketLocation", "s3:GetBucketLocation", {}),
    ("GetBucketOwnershipControls", "s3:GetBucketOwnershipControls", {}),
    ("GetBucketPolicy", "s3:GetBucketPolicy", {}),
    ("GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", {}),
    ("GetBucketRequestPayment", "s3:GetBucketRequestPayment", {}),
    ("GetBucketWebsite", "s3:GetBucketWebsite", {}),
    ("GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", {}),
    ("HeadBucket", "s3:ListBucket", {}),
    ("ListObjects", "s3:ListBucket", {}),
    ("ListObjectsV2", "s3:ListBucket", {}),
    ("PutBucketAcl", "s3:PutBucketAcl", {"ACL": "private"}),
    ("PutBucketOwnershipControls", "s3:PutBucketOwnershipControls", OWNERSHIP),
    ("PutBucketPolicy", "s3:PutBucketPolicy", {"Policy": json.dumps(POLICY)}),
    ("PutBucketWebsite", "s3:PutBucketWebsite", WEBSITE),
    ("PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", BLOCK),
]


@pytest.fixture
def s3(world):
    client = world.client("s3")
    client.create_bucket(
        Bucket=BUCKET,
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        ObjectOwnership="BucketOwnerPreferred",
    )
    client.put_bucket_website(Bucket=BUCKET, **WEBSITE)
    yield client
    if bucket := find_bucket(BUCKET):  # as the account's root user may, whom no policy keeps out
        bucket.policy = None
        client.delete_bucket(Bucket=BUCKET)


def deny(s3, **actions):
    both = [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]
    one = {"Effect": "Deny", "Principal": "*", "Resource": both, **actions}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [one]}))


def call(s3, operation, more):
    return s3._make_api_call(operation, {"Bucket": BUCKET, **more})


@pytest.mark.parametrize(("operation", "action", "more"), CALLS)
def test_the_denial_of_its_action_stops_a_call(s3, operation, action, more):
    deny(s3, Action=action)

    with pytest.raises(ClientError) as caught:
        call(s3, operation, more)

    error = caught.value.response["Error"]
    assert error["Code"] in {"AccessDenied", "403"}
    assert action in error["Message"] or operation == "HeadBucket"  # which has no body to say so


@pytest.mark.parametrize(("operation", "action", "more"), CALLS)
def test_the_denial_of_every_other_action_does_not(s3, operation, action, more):
    deny(s3, NotAction=action)

    call(s3, operation, more)


def test_the_table_is_whole_and_names_actions_that_iam_knows():
    about_buckets = SERVED["s3"] - OBJECT_CALLS - {"CreateBucket", "ListBuckets"}

    assert {operation for operation, _, _ in CALLS} == about_buckets
    assert dict(ACTIONS) == {operation: action for operation, action, _ in CALLS}
    assert all(kinds(action) == {"bucket"} for action in ACTIONS.values())
