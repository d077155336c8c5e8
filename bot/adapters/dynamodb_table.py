"""The table itself: how it is made, and what is said where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.adapters.dynamodb_items import INDEX, TTL
from bot.errors import Upstream


def make(client: Any, table: str) -> None:
    """Make the table where it is missing, billed by request, wait until it is there, and switch TTL on.

    Takes seconds. Raises AccessDenied, Throttled, Upstream.
    """
    with asking("dynamodb:CreateTable", "for a table"), suppress(client.exceptions.ResourceInUseException):
        client.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("id", "lane", "place")
            ],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": INDEX,
                    "KeySchema": [
                        {"AttributeName": "lane", "KeyType": "HASH"},
                        {"AttributeName": "place", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
            ],
        )
    with asking("dynamodb:DescribeTable", "whether the table is made"):
        client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 2, "MaxAttempts": 60})
    _expire(client, table)


def _expire(client: Any, table: str) -> None:
    # Asking for what is so already is an error, and so is any change within an hour of another.
    with asking("dynamodb:DescribeTimeToLive", "whether records are deleted when they expire"):
        found = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if not str(found.get("TimeToLiveStatus", "")).startswith("ENABL"):
        with asking("dynamodb:UpdateTimeToLive", "to delete records when they expire"):
            client.update_time_to_live(
                TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": TTL}
            )


@contextmanager
def reaching(table: str, region: str) -> Iterator[None]:
    """Say which setting is wrong when there is no such table."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "ResourceNotFoundException":
            raise
        raise Upstream(
            f"There is no table {table} in {region}.",
            "Check NOROSHI_ALERTS__STORE, its region and its account, or make the table.",
        ) from error
