"""The queue that events arrive by, as SQS keeps it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import client
from bot.core.check import Found
from bot.errors import Upstream
from bot.ports import Message

_REGION = re.compile(r"//(?:sqs\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)")
_NO_QUEUE = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"})
_CHECK = "Check NOROSHI_ALERTS__QUEUE_URL, its region and its account."


def region_of(queue_url: str) -> str | None:
    """The region that a queue's address names; None where it names none, as on loopback."""
    found = _REGION.search(queue_url)
    return (found[1] or found[2]) if found else None


class SqsInbox:
    """Satisfies `bot.ports.Inbox` for one queue; `wait_seconds` is the long poll, at most 20."""

    def __init__(
        self, queue_url: str, *, session: boto3.Session | None = None, wait_seconds: int = 20
    ) -> None:
        self._client = client("sqs", region_of(queue_url), session)
        self._queue_url = queue_url
        self._wait_seconds = wait_seconds

    def receive(self, *, wait: bool = True) -> Sequence[Message]:
        """Up to ten messages; where there is none, `wait` for one. Raises Upstream."""
        with asking("sqs:ReceiveMessage", "for messages"):
            try:
                answer = self._client.receive_message(
                    QueueUrl=self._queue_url,
                    MaxNumberOfMessages=10,
                    WaitTimeSeconds=self._wait_seconds if wait else 0,
                    MessageSystemAttributeNames=["ApproximateReceiveCount", "SentTimestamp"],
                )
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") in _NO_QUEUE:
                    raise Upstream(f"There is no queue {self._queue_url}.", _CHECK) from error
                raise
        return [_message(raw) for raw in answer.get("Messages", [])]

    def done(self, *messages: Message) -> None:
        """Delete them; raises Upstream. One that SQS keeps all the same is given again, and known again."""
        entries = [{"Id": str(n), "ReceiptHandle": message.handle} for n, message in enumerate(messages)]
        with asking("sqs:DeleteMessage", "to take messages off the queue"):
            self._client.delete_message_batch(QueueUrl=self._queue_url, Entries=entries)

    def look(self) -> Found:
        """Say whether the queue is there and how many messages wait; raises AccessDenied, Upstream."""
        with asking("sqs:GetQueueAttributes", "how many messages wait"):
            answer = self._client.get_queue_attributes(
                QueueUrl=self._queue_url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        waiting = answer["Attributes"]["ApproximateNumberOfMessages"]
        return Found("ok", f"{self._queue_url.rpartition('/')[2]}: {waiting} waiting")


def _message(raw: dict[str, Any]) -> Message:
    attributes = raw.get("Attributes", {})
    sent = attributes.get("SentTimestamp")  # epoch milliseconds, as text
    return Message(
        raw["Body"],
        raw["ReceiptHandle"],
        raw["MessageId"],
        int(attributes.get("ApproximateReceiveCount", "1")),
        datetime.fromtimestamp(int(sent) / 1000, UTC) if sent else None,
    )
