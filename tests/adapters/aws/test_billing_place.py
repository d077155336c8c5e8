"""Bills are in one region of each partition, and what is paid by the request is never repeated unseen."""

import boto3
import pytest

from bot.adapters.aws.billing_place import ONCE, billing_client, billing_region


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ("eu-west-1", "us-east-1"),
        ("us-east-1", "us-east-1"),
        (None, "us-east-1"),
        ("cn-north-1", "cn-northwest-1"),
    ],
)
def test_each_partition_has_its_bills_in_one_place(region, place):
    assert billing_region(region) == place


def test_a_client_asks_there_and_once(environment):
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="s", region_name="eu-west-1")

    client = billing_client("ce", session, ONCE)

    assert client.meta.endpoint_url == "https://ce.us-east-1.amazonaws.com"
    assert client.meta.config.retries["total_max_attempts"] == 1
