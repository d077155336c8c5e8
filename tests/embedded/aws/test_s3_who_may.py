"""S3 in the stand-in: whom it tells about a bucket, in which region, and which buckets there are."""

import json

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import PROD, STAGING
from bot.embedded.aws.buckets import find_bucket

BUCKET = "acme-asked"


@pytest.fixture
def s3(world):
    client = world.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield client
    root(BUCKET).policy = None
    client.delete_bucket(Bucket=BUCKET)


def root(name):
    """The bucket itself: what the account's root user can undo, whom no policy keeps out."""
    return find_bucket(name)


def deny(action, resource=f"arn:aws:s3:::{BUCKET}", **more):
    return {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource} | more


def put(s3, *statements):
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))


def refused(call, **words):
    with pytest.raises(ClientError) as caught:
        call(**words)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_a_policy_that_denies_its_readers_denies_them_by_name(s3):
    put(s3, deny("s3:GetBucketPol*"))

    code, words = refused(s3.get_bucket_policy, Bucket=BUCKET)
    assert code == "AccessDenied"
    assert "s3:GetBucketPolicy" in words
    assert "explicit deny in a resource-based policy" in words
    s3.get_bucket_acl(Bucket=BUCKET)


def test_a_denial_of_everything_locks_out_whoever_put_it(s3):
    put(s3, deny("s3:*"))

    for call in (s3.get_bucket_acl, s3.delete_bucket_policy, s3.delete_public_access_block, s3.delete_bucket):
        assert refused(call, Bucket=BUCKET)[0] == "AccessDenied"
    assert refused(s3.head_bucket, Bucket=BUCKET)[0] == "403"


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        (deny("s3:*", f"arn:aws:s3:::{BUCKET}/*"), True),
        (deny("s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}}), True),
        (deny("s3:*", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), False),
        (deny("s3:*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}), True),
        (deny("s3:*", Condition={"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}), False),
        (deny("s3:*", Condition={"StringEquals": {"aws:PrincipalAccount": PROD.id}}), False),
        (deny("s3:*", Condition={"StringNotEquals": {"aws:PrincipalAccount": [PROD.id, "1"]}}), True),
        (deny("s3:*", Condition={"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), False),
        (deny("s3:*", Condition={"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "127.0.0.1"]}}), True),
        (deny("s3:*", Condition={"Null": {"aws:SourceVpce": "true"}}), False),
        (deny("s3:*", Condition={"BoolIfExists": {"aws:ViaAWSService": "true"}}), True),
        (
            deny(
                "s3:*", Condition={"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{PROD.id}:user/noro*"}}
            ),
            True,
        ),
        (
            deny(
                "s3:*",
                Condition={
                    "StringNotEquals": {"aws:SourceVpce": "vpce-1"},
                    "ArnNotEquals": {"aws:PrincipalArn": f"arn:aws:iam::{PROD.id}:role/BreakGlass"},
                },
            ),
            False,
        ),
        (deny("s3:*", Principal={"AWS": f"arn:aws:iam::{STAGING.id}:root"}), True),
        (deny("s3:*", Principal={"AWS": PROD.id}), False),
        ({**deny("s3:*"), "NotAction": "s3:GetBucket*"} | {"Action": None}, True),
        (
            {**deny("s3:*"), "NotPrincipal": {"AWS": f"arn:aws:iam::{PROD.id}:user/noroshi"}}
            | {"Principal": None},
            True,
        ),
        (
            {**deny("s3:*"), "NotPrincipal": {"AWS": f"arn:aws:iam::{STAGING.id}:root"}}
            | {"Principal": None},
            False,
        ),
    ],
)
def test_a_denial_is_about_whom_and_what_it_names(s3, statement, reads):
    put(s3, {field: value for field, value in statement.items() if value is not None})

    if reads:
        s3.get_public_access_block(Bucket=BUCKET)
    else:
        assert refused(s3.get_public_access_block, Bucket=BUCKET)[0] == "AccessDenied"


def test_a_condition_that_does_not_apply_keeps_nobody_from_objects(s3):
    both = [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]
    put(s3, deny("s3:*", both, Condition={"Bool": {"aws:SecureTransport": "false"}}))
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")

    assert s3.get_object(Bucket=BUCKET, Key="a")["Body"].read() == b"1"
    s3.delete_object(Bucket=BUCKET, Key="a")


def test_another_account_is_told_nothing_but_what_the_policy_allows_it(s3, world):
    theirs = world.client("s3", account=STAGING)
    code, words = refused(theirs.get_bucket_acl, Bucket=BUCKET)
    assert (code, "no resource-based policy allows the s3:GetBucketAcl action" in words) == (
        "AccessDenied",
        True,
    )
    assert refused(theirs.head_bucket, Bucket=BUCKET)[0] == "403"

    put(
        s3,
        deny("s3:GetBucketAcl")
        | {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{STAGING.id}:root"}},
    )

    assert theirs.get_bucket_acl(Bucket=BUCKET)["Grants"]
    assert refused(theirs.get_bucket_policy, Bucket=BUCKET)[0] == "AccessDenied"


def test_a_bucket_of_another_owner_than_expected_is_refused(s3):
    assert s3.head_bucket(Bucket=BUCKET, ExpectedBucketOwner=PROD.id)["BucketRegion"] == "eu-west-1"
    assert refused(s3.head_bucket, Bucket=BUCKET, ExpectedBucketOwner=STAGING.id)[0] == "403"
    assert refused(s3.get_bucket_acl, Bucket=BUCKET, ExpectedBucketOwner=STAGING.id)[0] == "AccessDenied"
    assert refused(s3.head_bucket, Bucket="acme-nowhere", ExpectedBucketOwner=PROD.id)[0] == "404"


def test_a_region_that_is_not_switched_on_knows_no_key(s3, world):
    gulf = world.client("s3", "me-south-1")

    assert refused(gulf.get_bucket_acl, Bucket=BUCKET)[0] == "InvalidAccessKeyId"


def test_buckets_are_told_with_their_regions_page_by_page(s3, world):
    world.client("s3", "us-east-1").create_bucket(Bucket="acme-asked-too")
    mine = [one["Name"] for one in s3.list_buckets()["Buckets"]]
    assert mine == sorted(mine)
    assert "BucketRegion" not in s3.list_buckets()["Buckets"][0]

    told, token = {}, {}
    for _ in range(len(mine)):
        page = s3.list_buckets(MaxBuckets=1, **token)
        told |= {one["Name"]: one["BucketRegion"] for one in page["Buckets"]}
        token = {"ContinuationToken": page.get("ContinuationToken")}

    assert list(told) == mine
    assert (told[BUCKET], told["acme-asked-too"]) == ("eu-west-1", "us-east-1")
    assert token == {"ContinuationToken": None}
    pages = s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2})
    assert [one["Name"] for page in pages for one in page["Buckets"]] == mine
    assert [one["Name"] for one in s3.list_buckets(Prefix="acme-asked-")["Buckets"]] == ["acme-asked-too"]
    here = s3.list_buckets(BucketRegion="us-east-1")["Buckets"]
    assert [one["Name"] for one in here] == ["acme-asked-too"]
    world.client("s3", "us-east-1").delete_bucket(Bucket="acme-asked-too")


def test_each_account_lists_its_own(s3, world):
    theirs = [one["Name"] for one in world.client("s3", account=STAGING).list_buckets()["Buckets"]]

    assert BUCKET not in theirs


@pytest.mark.parametrize("words", [{"MaxBuckets": 10_001}, {"ContinuationToken": "no such token"}])
def test_a_page_that_cannot_be_is_refused(s3, words):
    assert refused(s3.list_buckets, **words)[0] == "InvalidArgument"


def test_who_pays_is_told(s3):
    assert s3.get_bucket_request_payment(Bucket=BUCKET)["Payer"] == "BucketOwner"
    root(BUCKET).payer = "Requester"

    assert s3.get_bucket_request_payment(Bucket=BUCKET)["Payer"] == "Requester"
