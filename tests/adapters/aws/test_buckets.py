"""Whether a bucket exists is asked of S3, and doubt is said as doubt."""

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.buckets import S3Buckets
from bot.adapters.aws.session import client
from bot.embedded.aws import STAGING


class Answering:
    """An S3 that answers HeadBucket with one status."""

    def __init__(self, status: int) -> None:
        self._status = status

    def head_bucket(self, Bucket: str) -> None:  # noqa: N803 - boto3's own name
        raise ClientError(
            {"Error": {"Code": str(self._status)}, "ResponseMetadata": {"HTTPStatusCode": self._status}},
            "HeadBucket",
        )


@pytest.mark.parametrize(
    ("status", "verdict"), [(301, "yes"), (403, "yes"), (404, "no"), (400, "unknown"), (500, "unknown")]
)
def test_each_status_of_s3_has_its_meaning(status, verdict):
    assert S3Buckets(lambda: Answering(status)).exists("acme-payroll") == verdict


def test_a_bucket_that_is_there_exists_and_one_that_is_not_does_not(session):
    buckets = S3Buckets(lambda: client("s3", session=session))

    assert buckets.exists("acme-payroll") == "yes"
    assert buckets.exists("acme-pay-roll") == "no"


def test_a_bucket_of_another_account_exists(session, world):
    world.aws.make_bucket("somebodys", STAGING.id)

    assert S3Buckets(lambda: client("s3", session=session)).exists("somebodys") == "yes"


def test_a_name_that_no_bucket_can_carry_does_not_exist(session):
    assert S3Buckets(lambda: client("s3", session=session)).exists("no such/bucket") == "no"


def test_a_network_that_fails_leaves_it_unknown(session, environment):
    environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    s3 = session.client("s3", config=_one_try())

    assert S3Buckets(lambda: s3).exists("acme-payroll") == "unknown"


def _one_try():
    from botocore.config import Config  # noqa: PLC0415 - for this test alone

    return Config(retries={"total_max_attempts": 1}, connect_timeout=1)
