"""What SNS carries outside EventBridge's envelope: known by its shape, and named as EventBridge names it.

So a source reads one kind of event, whichever way it came. One row a shape; nothing here judges
whether a message is good, only what it claims to be (reference: delivery §6).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core import moment
from bot.core.event import Event


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON object that has all keys of `has` and the values of `equals`; the other fields name keys."""

    source: str
    detail_type: str
    has: tuple[str, ...]
    equals: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    region: str = ""
    at: str = ""

    def fits(self, body: Mapping[str, Any]) -> bool:
        """Whether this object has the shape."""
        return all(body.get(name) is not None for name in self.has) and all(
            body.get(name) == value for name, value in self.equals.items()
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text in which the pattern is found; it becomes `{"body": text}`."""

    source: str
    detail_type: str
    pattern: re.Pattern[str]


# docs: Notifications that AWS Config sends to an Amazon SNS topic; the names beside are EventBridge's.
CONFIG = {
    "ComplianceChangeNotification": "Config Rules Compliance Change",
    "ConfigurationItemChangeNotification": "Config Configuration Item Change",
    "OversizedConfigurationItemChangeNotification": "Config Configuration Item Change",
    "OversizedConfigurationItemChangeDeliveryFailed": "Config Configuration Item Change",
    "ConfigRulesEvaluationStarted": "Config Rules Re-evaluation Status",
    "ConfigurationSnapshotDeliveryStarted": "Config Configuration Snapshot Delivery Status",
    "ConfigurationSnapshotDeliveryCompleted": "Config Configuration Snapshot Delivery Status",
    "ConfigurationSnapshotDeliveryFailed": "Config Configuration Snapshot Delivery Status",
    "ConfigurationHistoryDeliveryCompleted": "Config Configuration History Delivery Status",
    "ConfigurationHistoryDeliveryFailed": "Config Configuration History Delivery Status",
}

OBJECTS: tuple[Shape, ...] = (
    Shape(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        has=("AlarmName", "NewStateValue"),
        account="AWSAccountId",
        at="StateChangeTime",
    ),
    # A finding out of its envelope: exports to S3, and what people forward.
    Shape(
        "aws.guardduty",
        "GuardDuty Finding",
        has=("schemaVersion", "type", "severity", "service", "accountId"),
        account="accountId",
        region="region",
        at="updatedAt",
    ),
    Shape("aws.ce", "Anomaly Detected", has=("anomalyId",), account="accountId"),
    *(
        Shape(
            "aws.config",
            detail_type,
            has=("messageType",),
            equals={"messageType": message_type},
            account="awsAccountId",
            region="awsRegion",
            at="notificationCreationTime",
        )
        for message_type, detail_type in CONFIG.items()
    ),
)

TEXTS: tuple[Text, ...] = (
    Text(
        "aws.budgets",
        "AWS Budget Notification",
        re.compile(r"\A\s*AWS Budget Notification\b.*^Budget Name:[ \t]*\S", re.DOTALL | re.MULTILINE),
    ),
)


def recognise(body: str | Mapping[str, Any]) -> Event | None:
    """The event that a message's content is, or None when it has no known shape."""
    if isinstance(body, str):
        texts = (
            Event(text.source, text.detail_type, {"body": body})
            for text in TEXTS
            if text.pattern.search(body)
        )
        return next(texts, None)
    shape = next((shape for shape in OBJECTS if shape.fits(body)), None)
    if shape is None:
        return None
    return Event(
        shape.source,
        shape.detail_type,
        body,
        account_id=text_of(body.get(shape.account)),
        region=text_of(body.get(shape.region)),
        at=moment.read(body.get(shape.at)),
    )


def text_of(value: object) -> str | None:
    """The value as text; None for what is missing or empty."""
    return str(value) if value not in (None, "") else None
