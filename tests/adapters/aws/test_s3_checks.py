"""The doctor looks whether what lets people into buckets may be asked."""

import pytest

from bot.adapters.aws.s3_checks import s3_checks
from bot.adapters.aws.session import make_session
from bot.errors import AccessDenied
from tests.adapters.aws.s3_fake import PROD, S3Fake, error
from tests.adapters.aws.s3_fake_server import serving
from tests.adapters.aws.s3_world import FAR, HOME


@pytest.fixture
def s3(environment):
    fake = S3Fake()
    with serving(fake) as address:
        environment.setenv("AWS_ACCESS_KEY_ID", PROD)
        environment.setenv("AWS_SECRET_ACCESS_KEY", "s")
        environment.setenv("AWS_REGION", HOME)
        environment.setenv("AWS_ENDPOINT_URL", address)
        yield fake


def look():
    (check,) = s3_checks(make_session)
    return check.look()


def test_where_everything_may_be_asked_it_says_of_how_many_buckets(s3):
    s3.make("acme", FAR)

    assert (look().state, look().message) == ("ok", "1 bucket; 8 kinds of questions are allowed")


def test_each_action_that_is_missing_is_named(s3):
    s3.make("acme")
    for call in ("account-block", "points", "acl", "website"):
        s3.said[call, ""] = error("AccessDenied", "Access Denied")

    found = look()

    assert found.state == "missing"
    for action in (
        "s3:GetAccountPublicAccessBlock",
        "s3:ListAccessPoints",
        "s3:GetBucketAcl",
        "s3:GetBucketWebsite",
    ):
        assert action in found.fix


def test_an_account_without_buckets_is_asked_about_itself(s3):
    assert look().message == "0 buckets; 2 kinds of questions are allowed"


def test_where_no_bucket_may_be_listed_that_is_the_answer(s3):
    s3.said["list", ""] = error("AccessDenied", "Access Denied")

    with pytest.raises(AccessDenied) as refused:
        look()

    assert refused.value.action == "s3:ListAllMyBuckets"
