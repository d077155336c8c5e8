"""Where chaos plays: Slack and AWS on loopback in this process, and what points a replica at them."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moto.sqs.models import sqs_backends

from bot.adapters.dynamodb import DynamoStore
from bot.adapters.sqlite import SqliteStore
from bot.deploy.manifest import manifest
from bot.embedded.aws import HOME, PROD, AwsStandIn
from bot.embedded.slack import Message, SlackStandIn
from bot.ports import Store
from bot.settings import child_environment
from commands import COMMANDS
from tests.chaos.findings import ACCOUNTS

CHANNELS = tuple(f"alerts-{n}" for n in range(len(ACCOUNTS)))
OPS = "alerts-ops"
TABLE = "noroshi-chaos"
_LONGEST_WAIT = 0.5


@dataclass(frozen=True)
class Setting:
    """How a stage is set: the store's kind, how long the queue hides what it gave out, how much is a storm."""

    folder: Path
    store: str = "sqlite"
    visibility: int = 4
    storm_above: int = 1_000_000
    routed: bool = True
    """Each account's alerts in a channel of their own; else all in one."""
    receives: int = 5
    """As deployed (bot/deploy/queues.py): given out more often, a message is dead."""


@dataclass(frozen=True)
class Stage:
    """Both stand-ins, serving."""

    setting: Setting
    slack: SlackStandIn
    aws: AwsStandIn
    queue_url: str
    dead_url: str

    @property
    def store_url(self) -> str:
        if self.setting.store == "dynamodb":
            return f"dynamodb://{TABLE}"
        return f"sqlite:///{self.setting.folder / 'noroshi.db'}"

    def environment(self) -> dict[str, str]:
        """What a replica's process is started with."""
        written = self.setting.folder / "noroshi.toml"
        routes = [
            f'[[alerts.routes]]\naccount = "{account}"\nchannel = "#{channel}"\n'
            for account, channel in zip(ACCOUNTS, CHANNELS, strict=True)
        ]
        written.write_text("\n".join(routes if self.setting.routed else ()))
        return child_environment(
            self.aws.environment()
            | {
                "NOROSHI_SETTINGS": str(written),
                "NOROSHI_ALERTS__CHANNEL": f"#{CHANNELS[0]}",
                "NOROSHI_ALERTS__OPS_CHANNEL": f"#{OPS}",
                "NOROSHI_ALERTS__QUEUE_URL": self.queue_url,
                "NOROSHI_ALERTS__STORE": self.store_url,
                "NOROSHI_ALERTS__STORM_ABOVE": str(self.setting.storm_above),
                "NOROSHI_ALERTS__DIGEST_AT": "",
                "NOROSHI_BILLING__WATCH": "false",
                "NOROSHI_BILLING__DIGEST_ON": "",
                "NOROSHI_ALERTS__REMIND_AFTER_MINUTES": "0",
                "NOROSHI_ALERTS__MENTION_AFTER_MINUTES": "0",
                "SLACK_API_URL": self.slack.api_url,
                "SLACK_BOT_TOKEN": self.slack.bot_token,
                "SLACK_APP_TOKEN": self.slack.app_token,
            }
        )

    def store(self) -> Store:
        """The replicas' store, opened once more."""
        if self.setting.store == "dynamodb":
            return DynamoStore(TABLE, session=_Session(self.aws))
        return SqliteStore(self.setting.folder / "noroshi.db")

    @property
    def queue(self) -> Any:
        """The queue as the stand-in keeps it."""
        return sqs_backends[PROD.id][HOME].queues["noroshi"]

    def forget_the_dead(self) -> None:
        """SQS sees a connection break; the stand-in waits on, and gives a dead replica what comes next."""
        queue, receive = self.queue, self.queue.receive
        queue.receive = lambda at_most, wait, hidden: receive(at_most, min(wait, _LONGEST_WAIT), hidden)

    def left(self, queue_url: str) -> int:
        """Messages that the queue still holds, in flight or not."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.aws.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)

    def messages(self) -> list[Message]:
        """Everything that stands in the channels of the alerts."""
        channels = (self.slack.world.channel(name) for name in (*CHANNELS, OPS))
        return [message for channel in channels for message in channel.messages]


class _Session:
    """What DynamoStore needs of a session: the stand-in's own clients."""

    def __init__(self, aws: AwsStandIn) -> None:
        self._aws = aws

    def client(self, service: str, **_: Any) -> Any:
        return self._aws.client(service)


@asynccontextmanager
async def stage(setting: Setting, seed: int = 1) -> AsyncIterator[Stage]:
    """Serve both until the block ends; Slack takes as much as comes."""
    slack, aws = SlackStandIn(manifest(COMMANDS), seed=seed), AwsStandIn()
    slack.world.rates.on = False
    for name in (*CHANNELS, OPS):
        slack.world.admin.create(name)
    with aws.serve():
        queue_url, dead_url = _queues(aws, setting)
        if setting.store == "dynamodb":
            DynamoStore(TABLE, session=_Session(aws)).create_table()
        async with slack.serve():
            yield Stage(setting, slack, aws, queue_url, dead_url)


def _queues(aws: AwsStandIn, setting: Setting) -> tuple[str, str]:
    sqs = aws.client("sqs")
    dead = str(sqs.create_queue(QueueName="noroshi-dead")["QueueUrl"])
    arn = f"arn:aws:sqs:{HOME}:{PROD.id}:noroshi-dead"
    redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": setting.receives}
    attributes = {"RedrivePolicy": json.dumps(redrive), "VisibilityTimeout": str(setting.visibility)}
    return str(sqs.create_queue(QueueName="noroshi", Attributes=attributes)["QueueUrl"]), dead


def told(message: Message) -> Mapping[str, str]:
    """The token and key that a message of the bot's carries."""
    metadata = message.body.get("metadata") or {}
    payload: Mapping[str, str] = metadata.get("event_payload") or {}
    return payload
