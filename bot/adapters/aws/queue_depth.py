"""How many messages a queue holds, and its dead-letter queue.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
"""

import json
from collections.abc import Callable
from typing import Any

import boto3

from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import client
from bot.adapters.aws.sqs import region_of
from bot.core.glance import Depth

_COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class Depths:
    """Asks of queues by their addresses; `session` is theirs. For one thread."""

    def __init__(self, session: Callable[[], boto3.Session]) -> None:
        self._session = session
        self._clients: dict[str | None, Any] = {}

    def of(self, url: str) -> Depth:
        """What a queue holds, by SQS's own guess; raises AccessDenied, Throttled, Upstream."""
        region = region_of(url)
        if region not in self._clients:
            self._clients[region] = client("sqs", region, self._session())
        return _depth(self._clients[region], url)


def _depth(sqs: Any, url: str) -> Depth:
    told = _attributes(sqs, url, *_COUNTS, "RedrivePolicy")
    visible, in_flight, delayed = (int(told[name]) for name in _COUNTS)
    if "RedrivePolicy" not in told:
        return Depth(visible, in_flight, delayed)
    # A dead-letter queue is in the account and the region of its queue (docs: SQS, Dead-letter queues).
    dead = str(json.loads(told["RedrivePolicy"])["deadLetterTargetArn"]).rpartition(":")[2]
    there = _attributes(sqs, f"{url.rpartition('/')[0]}/{dead}", *_COUNTS)
    return Depth(visible, in_flight, delayed, sum(int(there[name]) for name in _COUNTS))


def _attributes(sqs: Any, url: str, *names: str) -> dict[str, str]:
    with asking("sqs:GetQueueAttributes", f"how many messages {url.rpartition('/')[2]} holds"):
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names))
    found: dict[str, str] = answer.get("Attributes", {})
    return found
