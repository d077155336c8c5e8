"""The topic that AWS tells of money by, and its way into the bot's queue.

A policy that is there is never changed: what it lacks is said as a statement to add.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.aws.billing_steps import Step
from bot.adapters.aws.errors import asking, code
from bot.core.billing.telling_policies import (
    PUBLISH,
    SEND,
    SENDERS,
    Statement,
    document,
    lets,
    publishing,
    read,
    sending,
)
from bot.errors import Upstream

_GONE = frozenset({"NotFound", "NotFoundException"})
_SHARED_KEY = "alias/aws/sqs"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic by its ARN, in the account that is told about."""

    arn: str
    account_id: str
    client: Any

    def step(self) -> Step:
        """Make it with a policy that lets AWS's three tellers in; raises AccessDenied, Upstream."""
        policy = self._policy()
        if policy is None:
            name = self.arn.rpartition(":")[2]
            return Step(
                "topic", f"{self.arn}, open to {', '.join(SENDERS.values())}", make=lambda: self._make(name)
            )
        lacking = [
            sid for sid, sender in SENDERS.items() if not lets(policy, sender, PUBLISH, self.account_id)
        ]
        if not lacking:
            return Step("topic", f"{self.arn} is there")
        words = f"{self.arn} is there, and {', '.join(SENDERS[sid] for sid in lacking)} may not publish to it"
        return Step("topic", words, _add(publishing(lacking, self.arn, self.account_id)), failed=True)

    def subscription(self, queue_arn: str) -> Step:
        """Let the queue hear it; raises AccessDenied, Upstream."""
        name = queue_arn.rpartition(":")[2]
        if any(each["Protocol"] == "sqs" and each["Endpoint"] == queue_arn for each in self._subscriptions()):
            return Step("delivery", f"{name} hears the topic already")
        return Step("delivery", f"{name} hears the topic", make=lambda: self._subscribe(queue_arn))

    def _policy(self) -> Mapping[str, Any] | None:
        try:
            with asking("sns:GetTopicAttributes", f"about the topic {self.arn}"):
                answer = self.client.get_topic_attributes(TopicArn=self.arn)
        except Upstream as error:
            if code(error) in _GONE:
                return None
            raise
        return read(answer["Attributes"].get("Policy", ""))

    def _make(self, name: str) -> None:
        policy = document(publishing(SENDERS, self.arn, self.account_id))
        with asking("sns:CreateTopic", f"for the topic {name}"):
            self.client.create_topic(Name=name, Attributes={"Policy": policy})

    def _subscriptions(self) -> list[Mapping[str, Any]]:
        try:
            with asking("sns:ListSubscriptionsByTopic", "who hears the topic"):
                pages = self.client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=self.arn)
                return [each for page in pages for each in page.get("Subscriptions", ())]
        except Upstream as error:
            if code(error) in _GONE:
                return []
            raise

    def _subscribe(self, queue_arn: str) -> None:
        """Not raw: the envelope has the time that a budget's text lacks."""
        with asking("sns:Subscribe", f"to let {queue_arn} hear the topic"):
            self.client.subscribe(
                TopicArn=self.arn,
                Protocol="sqs",
                Endpoint=queue_arn,
                Attributes={"RawMessageDelivery": "false"},
                ReturnSubscriptionArn=True,
            )


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the bot's, by its URL, and a client of its region."""

    url: str
    client: Any

    def arn(self) -> str:
        """Its ARN; raises AccessDenied, Upstream."""
        return str(self._attributes()["QueueArn"])

    def step(self, topic_arn: str, account_id: str) -> Step:
        """Let the topic send to it: its policy is set where it has none."""
        known = self._attributes()
        arn, policy = str(known["QueueArn"]), read(known.get("Policy", ""))
        name = arn.rpartition(":")[2]
        statement = sending(arn, topic_arn)
        if known.get("KmsMasterKeyId") == _SHARED_KEY:
            fix = "Give the queue SSE-SQS, or a key of your own that lets sns.amazonaws.com use it"
            return Step(
                "queue",
                f"{name} is under AWS’s own key {_SHARED_KEY}: SNS can’t send to it",
                fix,
                failed=True,
            )
        if not policy:
            made = document([statement])
            return Step("queue", f"a policy of {name} that lets the topic send", make=lambda: self._set(made))
        if lets(policy, "sns", SEND, account_id, topic_arn):
            return Step("queue", f"{name} lets the topic send already")
        words = f"{name} has a policy of its own, which does not let the topic send, and which I leave alone"
        return Step("queue", words, _add([statement]), failed=True)

    def _attributes(self) -> Mapping[str, Any]:
        with asking("sqs:GetQueueAttributes", f"about {self.url}"):
            wanted = ["QueueArn", "Policy", "KmsMasterKeyId"]
            answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=wanted)
        found: Mapping[str, Any] = answer["Attributes"]
        return found

    def _set(self, policy: str) -> None:
        with asking("sqs:SetQueueAttributes", f"for the policy of {self.url}"):
            self.client.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": policy})


def _add(statements: list[Statement]) -> str:
    return f"Add to its policy: {', '.join(json.dumps(each) for each in statements)}"
