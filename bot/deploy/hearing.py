"""What alerts need of IAM: the queue's own messages and the store are all that is written."""

from dataclasses import dataclass
from typing import Any

from bot.deploy.statement import Statement, allow

READER = "NoroshiReadOnly"
"""The role's name in other accounts, which the bot may take to look whether they can be heard, and what they hold."""


@dataclass(frozen=True, slots=True)
class Places:
    """The ARNs of what alerts need: texts, or CloudFormation's words for them."""

    queue: Any
    dead: Any
    tables: Any
    """The store's table and its index."""
    key: Any
    readers: Any
    """The roles of other accounts (`accounts.role_arn`), each of which must trust the bot's."""


def hearing(places: Places) -> list[Statement]:
    """Taking events, and knowing whether what tells us things is on."""
    return [
        allow(
            "TakeEvents",
            [
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes",
            ],
            places.queue,
        ),
        allow("SeeDeadLetters", ["sqs:GetQueueAttributes"], places.dead),
        allow(
            "SeeDetectors",
            [
                "guardduty:ListDetectors",
                "guardduty:GetDetector",
                "guardduty:ListFindings",
                "guardduty:GetFindings",
                "guardduty:GetFindingsStatistics",
                "guardduty:ListMembers",
                "guardduty:GetAdministratorAccount",
                "guardduty:ListFilters",
                "guardduty:GetFilter",
            ],
            "*",
        ),
        allow(
            "SeeRecorders",
            ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
            "*",
        ),
        allow("LookIntoOtherAccounts", ["sts:AssumeRole"], places.readers),
    ]


def keeping(places: Places) -> Statement:
    """The store of several replicas; SQLite needs nothing."""
    return allow(
        "KeepProblemsInDynamoDB",
        ["dynamodb:DescribeTable", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"],
        places.tables,
    )


def unlocking(places: Places) -> Statement:
    """Only for queues under a key of one's own."""
    return allow("ReadEncryptedQueues", ["kms:Decrypt"], places.key)


def archiving() -> Statement:
    """Leave it out and nobody can change findings from Slack; with it, only those whom `access.change` names."""
    actions = ["ArchiveFindings", "UnarchiveFindings", "UpdateFindingsFeedback", "CreateFilter"]
    return allow("ChangeFindingsOnlyForAccessChange", [f"guardduty:{each}" for each in actions], "*")
