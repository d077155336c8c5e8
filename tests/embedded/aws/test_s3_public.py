"""S3 in the stand-in: what it refuses, what it calls public, and that a new bucket is closed."""

import json
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from moto.s3.models import get_canned_acl

from bot.adapters.aws.s3_asked import _to_address
from bot.embedded.aws import PROD
from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.s3_public import is_public

BUCKET = "acme-tried"
FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
CORPUS = Path(__file__).parents[4] / "shared/data/s3-public/verdicts.jsonl"
ANYBODY = "s3:GetObject"
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def allow(condition=None, principal="*", effect="Allow", action=ANYBODY):
    one = {"Effect": effect, "Principal": principal, "Action": action, "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    return one | ({"Condition": condition} if condition else {})


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.fixture
def s3(world):
    client = world.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield client
    client.delete_bucket(Bucket=BUCKET)


@pytest.fixture
def control(world):
    client = world.client("s3control")
    client.meta.events.register("before-sign.s3-control", _to_address)
    yield client
    client.delete_public_access_block(AccountId=PROD.id)


def refused(call, **words):
    with pytest.raises(ClientError) as caught:
        call(**words)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def granted(s3):
    return {grant["Grantee"].get("URI") for grant in s3.get_bucket_acl(Bucket=BUCKET)["Grants"]}


def opened(s3, *statements):
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=policy(*statements))


def test_a_new_bucket_is_closed(s3):
    block = s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]
    owned = s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"]

    assert block == dict.fromkeys(FLAGS, True)
    assert owned == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_what_a_bucket_has_not_is_said_as_aws_says_it(s3):
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.delete_bucket_ownership_controls(Bucket=BUCKET)
    asked = {
        s3.get_public_access_block: "NoSuchPublicAccessBlockConfiguration",
        s3.get_bucket_policy: "NoSuchBucketPolicy",
        s3.get_bucket_policy_status: "NoSuchBucketPolicy",
        s3.get_bucket_website: "NoSuchWebsiteConfiguration",
        s3.get_bucket_ownership_controls: "OwnershipControlsNotFoundError",
    }

    assert {refused(call, Bucket=BUCKET)[0] for call in asked} == set(asked.values())


@pytest.mark.parametrize(
    ("statement", "public"),
    [
        (allow(), True),
        (allow({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), True),
        (allow({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), False),
        (allow({"StringEquals": {"aws:SourceVpce": "vpce-1"}}), False),
        (allow({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), True),
        (allow(principal={"AWS": "arn:aws:iam::444455556666:root"}), False),
        (allow(effect="Deny"), False),
    ],
)
def test_the_status_of_a_policy_minds_its_conditions(s3, statement, public):
    opened(s3, statement)

    assert s3.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"] == {"IsPublic": public}


def test_a_block_refuses_public_policies_and_no_others(s3):
    code, words = refused(s3.put_bucket_policy, Bucket=BUCKET, Policy=policy(allow()))
    assert (code, "BlockPublicPolicy" in words) == ("AccessDenied", True)

    s3.put_bucket_policy(Bucket=BUCKET, Policy=policy(allow(effect="Deny")))


def test_the_accounts_block_counts_too(s3, control):
    s3.delete_public_access_block(Bucket=BUCKET)
    control.put_public_access_block(
        AccountId=PROD.id, PublicAccessBlockConfiguration=dict.fromkeys(FLAGS, True)
    )

    assert refused(s3.put_bucket_policy, Bucket=BUCKET, Policy=policy(allow()))[0] == "AccessDenied"


def test_a_policy_that_is_too_long_is_refused(s3):
    long = policy(*[allow(effect="Deny") | {"Sid": f"S{n}"} for n in range(200)])

    assert refused(s3.put_bucket_policy, Bucket=BUCKET, Policy=long)[0] == "PolicyTooLarge"


def test_acls_are_refused_where_they_are_off_or_public_ones_blocked(s3):
    assert refused(s3.put_bucket_acl, Bucket=BUCKET, ACL="public-read")[0] == "AccessControlListNotSupported"
    s3.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    assert refused(s3.put_bucket_acl, Bucket=BUCKET, ACL="public-read")[0] == "AccessDenied"
    s3.put_bucket_acl(Bucket=BUCKET, ACL="private")
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_acl(Bucket=BUCKET, ACL="public-read")

    assert EVERYBODY in granted(s3)


def test_an_acl_is_told_as_it_is_in_force(s3):
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.put_bucket_acl(Bucket=BUCKET, ACL="public-read-write")
    assert [grant["Permission"] for grant in s3.get_bucket_acl(Bucket=BUCKET)["Grants"]] == [
        *("FULL_CONTROL", "READ", "WRITE")
    ]

    s3.put_public_access_block(
        Bucket=BUCKET, PublicAccessBlockConfiguration={"IgnorePublicAcls": True, "BlockPublicAcls": False}
    )
    assert EVERYBODY not in granted(s3)
    s3.delete_public_access_block(Bucket=BUCKET)
    assert EVERYBODY in granted(s3)


def test_where_acls_are_off_none_is_told_but_the_owners(s3):
    s3.delete_public_access_block(Bucket=BUCKET)
    find_bucket(BUCKET).acl = get_canned_acl("public-read")  # as a bucket may have been before they were off

    assert [grant["Permission"] for grant in s3.get_bucket_acl(Bucket=BUCKET)["Grants"]] == ["FULL_CONTROL"]


def test_acls_are_not_turned_off_while_one_grants_others_something(s3):
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.delete_bucket_ownership_controls(Bucket=BUCKET)
    s3.put_bucket_acl(Bucket=BUCKET, ACL="authenticated-read")
    words = {"Bucket": BUCKET, "OwnershipControls": enforced}
    assert refused(s3.put_bucket_ownership_controls, **words)[0] == "InvalidBucketAclWithObjectOwnership"

    s3.put_bucket_acl(Bucket=BUCKET, ACL="private")
    s3.put_bucket_ownership_controls(**words)


def test_no_bucket_comes_into_the_world_with_a_public_acl(world):
    client = world.client("s3")
    made = {
        "Bucket": "acme-untried",
        "ACL": "public-read",
        "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"},
    }

    assert refused(client.create_bucket, **made)[0] == "InvalidBucketAclWithObjectOwnership"
    assert refused(client.create_bucket, **made, ObjectOwnership="ObjectWriter")[0] == "AccessDenied"
    assert refused(client.get_bucket_acl, Bucket="acme-untried")[0] == "NoSuchBucket"


@pytest.mark.skipif(not CORPUS.exists(), reason="the verdict corpus is not here")
def test_its_reading_of_public_agrees_with_the_corpus():
    rows = [json.loads(line) for line in CORPUS.read_text().splitlines()]
    of_aws = [
        one
        for one in rows
        if one["authority"].startswith("aws-") and one["policy"] and not (one["acl"] or one["pab"])
    ]

    wrong = [
        one["id"] for one in of_aws if is_public(json.dumps(one["policy"])) is not one["expected_public"]
    ]

    assert len(of_aws) > 10
    assert wrong == []
