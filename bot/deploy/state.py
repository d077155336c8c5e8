"""What the bot itself needs in AWS for alerts: its policy, and a table for several replicas."""

from typing import Any

from bot.deploy.asking import seeing_trails
from bot.deploy.cloudformation import arn, document, either, ref, resource, sub
from bot.deploy.hearing import READER, Places, archiving, hearing, keeping, unlocking


def state() -> dict[str, Any]:
    """All of it is at home only; what not every bot needs is a policy of its own."""
    table = [arn("Table"), sub("${Table.Arn}/index/lane")]
    readers = sub(f"arn:${{AWS::Partition}}:iam::*:role/{READER}")
    places = Places(arn("Queue"), arn("DeadLetters"), table, arn("Key"), readers)
    return {
        "BotPolicy": _policy("What Noroshi needs for alerts", "AtHome", seeing_trails(), *hearing(places)),
        "TablePolicy": _policy("For Noroshi's state in DynamoDB", "HasTable", keeping(places)),
        "KeyPolicy": _policy("For Noroshi's queue under a key", "HasQueueKey", unlocking(places)),
        "ArchivePolicy": _policy(
            "Changes findings for those whom Noroshi's access.change names", "MayArchive", archiving()
        ),
        "Table": _table(),
    }


def _policy(description: str, condition: str, *statements: dict[str, Any]) -> dict[str, Any]:
    roles = either("HasRole", [ref("BotRole")])
    properties = {"Description": description, "PolicyDocument": document(*statements), "Roles": roles}
    return resource("IAM::ManagedPolicy", properties, condition=condition)


def _table() -> dict[str, Any]:
    """The table of bot/adapters/dynamodb.py; a test holds them equal."""
    return resource(
        "DynamoDB::Table",
        {
            "TableName": ref("Name"),
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                {"AttributeName": name, "AttributeType": "S"} for name in ("id", "lane", "place")
            ],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "GlobalSecondaryIndexes": [
                {
                    "IndexName": "lane",
                    "KeySchema": [
                        {"AttributeName": "lane", "KeyType": "HASH"},
                        {"AttributeName": "place", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
            ],
            "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
        },
        condition="HasTable",
        holds=True,
    )
