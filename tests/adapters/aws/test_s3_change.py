"""A bucket's settings, read and put by real boto3 against the stand-in: what is put back is what was there."""

import json

import pytest

from bot.adapters.aws.s3_change import S3Settings
from bot.adapters.aws.ways import Ways
from bot.app.production import Production
from bot.core.public.bucket import Bucket
from bot.embedded.aws import HOME, PROD
from bot.errors import AccessDenied, NotFound, Upstream
from bot.settings import Settings

BUCKET = Bucket("acme-fixed", PROD.id, HOME)
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-fixed/*"}]})  # fmt: skip
OPEN = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False
)


@pytest.fixture
def settings(world, session):
    s3 = world.client("s3")
    s3.create_bucket(Bucket=BUCKET.name, CreateBucketConfiguration={"LocationConstraint": HOME})
    s3.delete_public_access_block(Bucket=BUCKET.name)
    s3.put_bucket_ownership_controls(Bucket=BUCKET.name, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})  # fmt: skip
    yield Production(Settings()).bucket_settings
    s3.delete_bucket(Bucket=BUCKET.name)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("block", json.dumps(OPEN | {"RestrictPublicBuckets": True}, sort_keys=True)), ("policy", POLICY)],
)
def test_what_is_put_is_read_again_and_can_be_taken_away(settings, setting, value):
    assert settings.read(BUCKET, setting) is None

    settings.put(BUCKET, setting, value)
    assert json.loads(settings.read(BUCKET, setting)) == json.loads(value)

    settings.put(BUCKET, setting, None)
    assert settings.read(BUCKET, setting) is None


def test_an_acl_is_put_back_as_it_was(world, settings):
    world.client("s3").put_bucket_acl(Bucket=BUCKET.name, ACL="public-read")
    was = settings.read(BUCKET, "acl")
    held = json.loads(was)
    closed = held | {"Grants": [one for one in held["Grants"] if "URI" not in one["Grantee"]]}

    settings.put(BUCKET, "acl", json.dumps(closed))
    assert json.loads(settings.read(BUCKET, "acl")) == closed

    settings.put(BUCKET, "acl", was)
    assert json.loads(settings.read(BUCKET, "acl")) == held


def test_what_aws_refuses_names_the_missing_action(world, settings):
    denied = json.loads(POLICY)["Statement"][0] | {"Effect": "Deny", "Action": "s3:PutBucketAcl", "Resource": "arn:aws:s3:::acme-fixed"}  # fmt: skip
    held = settings.read(BUCKET, "acl")
    world.client("s3").put_bucket_policy(Bucket=BUCKET.name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))  # fmt: skip

    with pytest.raises(AccessDenied) as caught:
        settings.put(BUCKET, "acl", held)

    assert caught.value.action == "s3:PutBucketAcl"


@pytest.mark.parametrize(("setting", "flag"), [("policy", "BlockPublicPolicy"), ("acl", "BlockPublicAcls")])
def test_what_a_block_keeps_out_is_no_missing_right(world, settings, setting, flag):
    world.client("s3").put_bucket_acl(Bucket=BUCKET.name, ACL="public-read")
    public = {"policy": POLICY, "acl": settings.read(BUCKET, "acl")}[setting]
    settings.put(BUCKET, "block", json.dumps(OPEN | {flag: True}))

    with pytest.raises(Upstream, match=f"S3 takes nothing public for acme-fixed: {flag} is on") as caught:
        settings.put(BUCKET, setting, public)

    assert not isinstance(caught.value, AccessDenied)


class OneSession(Ways):
    """Ways that lead everywhere as the same caller."""

    def session(self, account_id):
        return self._own()


def test_a_bucket_of_somebody_else_with_its_name_is_left_alone(session, settings):
    theirs = Bucket(BUCKET.name, "999988887777", HOME)
    anywhere = S3Settings(OneSession(lambda: session))

    for call in (
        lambda: anywhere.read(theirs, "policy"),
        lambda: anywhere.put(theirs, "block", json.dumps(OPEN | {"BlockPublicAcls": True})),
    ):
        with pytest.raises(AccessDenied):
            call()

    assert settings.read(BUCKET, "block") is None


def test_a_bucket_that_is_gone_is_not_found(settings):
    for call in (
        lambda: settings.read(NOWHERE, "policy"),
        lambda: settings.put(NOWHERE, "block", json.dumps(OPEN)),
    ):
        with pytest.raises(NotFound):
            call()


NOWHERE = Bucket("acme-nowhere-at-all", PROD.id, HOME)


def test_an_acl_is_never_taken_away(settings):
    with pytest.raises(Upstream):
        settings.put(BUCKET, "acl", None)
