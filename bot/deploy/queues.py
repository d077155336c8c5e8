"""The queues, who may send to them, and the key they may be encrypted with.

Docs: SQS developer guide (sqs-key-management, dead-letter queues), EventBridge user guide (eb-rule-dlq,
eb-use-resource-based): a queue under AWS's own key alias/aws/sqs gets nothing from EventBridge or SNS.
"""

from typing import Any

from bot.deploy.cloudformation import NOTHING, arn, document, either, ref, resource, service, sub
from bot.deploy.names import BILL_TOPIC, THIS_ACCOUNT

_DAY = 24 * 60 * 60
_SEND = "sqs:SendMessage"
_USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"]


def queues(rule_arns: list[dict[str, Any]]) -> dict[str, Any]:
    """Home's queue and what it can't use; everywhere the queue of what EventBridge or SNS can't deliver."""
    by_rule = {"ArnEquals": {"aws:SourceArn": rule_arns}}
    by_topic = {"ArnEquals": {"aws:SourceArn": BILL_TOPIC}}
    redrive = {"deadLetterTargetArn": arn("DeadLetters"), "maxReceiveCount": 5}
    return {
        "DeadLetters": _queue("${Name}-dead", 14, condition="AtHome"),
        "Queue": _queue("${Name}", 7, condition="AtHome", RedrivePolicy=redrive, VisibilityTimeout=60),
        "QueuePolicy": _policy("Queue", by_rule, by_topic, condition="AtHome"),
        "Undelivered": _queue("${Name}-undelivered", 14),
        "UndeliveredPolicy": _policy("Undelivered", by_rule, by_topic),
        "Key": _key(),
    }


def buses() -> dict[str, Any]:
    """Who else may put events on home's bus: an organisation's accounts, or those named."""
    put = {"Effect": "Allow", "Action": "events:PutEvents"}
    bus = sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default")
    members = {"StringEquals": {"aws:PrincipalOrgID": ref("Organization")}}
    return {
        "OrganizationMaySend": _bus_policy(
            "organization",
            put | {"Principal": "*", "Resource": bus, "Condition": members},
            "HearsOrganization",
        ),
        "AccountsMaySend": _bus_policy(
            "accounts", put | {"Principal": {"AWS": ref("Accounts")}, "Resource": bus}, "HearsAccounts"
        ),
    }


def _bus_policy(name: str, statement: dict[str, Any], condition: str) -> dict[str, Any]:
    sid = sub(f"${{Name}}-{name}")
    return resource(
        "Events::EventBusPolicy",
        {"StatementId": sid, "Statement": {"Sid": sid, **statement}},
        condition=condition,
    )


def _queue(name: str, days: int, *, condition: str = "", **more: Any) -> dict[str, Any]:
    encrypted = {
        "KmsMasterKeyId": either("OwnKey", arn("Key")),
        "SqsManagedSseEnabled": either("OwnKey", NOTHING, no=True),
    }
    named = {"QueueName": sub(name), "MessageRetentionPeriod": days * _DAY}
    return resource("SQS::Queue", named | encrypted | more, condition=condition, holds=True)


def _policy(
    queue: str, by_rule: dict[str, Any], by_topic: dict[str, Any], *, condition: str = ""
) -> dict[str, Any]:
    allowed = document(
        service("Rules", "events", _SEND, arn(queue), by_rule),
        service("Bill", "sns", _SEND, arn(queue), by_topic),
    )
    return resource(
        "SQS::QueuePolicy", {"Queues": [ref(queue)], "PolicyDocument": allowed}, condition=condition
    )


def _key() -> dict[str, Any]:
    """One in each region; without it, SQS encrypts by itself."""
    owner = {
        "Sid": "Owner",
        "Effect": "Allow",
        "Principal": {"AWS": sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
        "Action": "kms:*",
        "Resource": "*",
    }
    senders = ("events", "sns", "cloudwatch", "budgets", "costalerts")
    allowed = document(
        owner, *(service(name.capitalize(), name, _USE_KEY, "*", THIS_ACCOUNT) for name in senders)
    )
    return resource(
        "KMS::Key",
        {
            "Description": "Noroshi's queues and topics",
            "EnableKeyRotation": True,
            "KeyPolicy": allowed,
        },
        condition="OwnKey",
        holds=True,
    )
