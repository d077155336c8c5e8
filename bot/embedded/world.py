"""The embedded world: a Slack and an AWS, serving, the incident in them, and what points a bot at them."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.embedded import happening
from bot.embedded.aws import AwsStandIn, Seeded
from bot.embedded.aws.athena.archive import Archive
from bot.embedded.aws.world import deliver_logs, furnish
from bot.embedded.incident import Incident
from bot.embedded.own_trail import own_log_files
from bot.embedded.slack import SlackStandIn

CHANNEL, OPS, MONEY = "#security", "#ops", "#billing"
_MONEY = ("billing", "budgets", "cost_anomaly", "advisor")


@dataclass(frozen=True)
class World:
    """The two stand-ins, serving, and the incident that they tell.

    `topic` is the ARN of the SNS topic for bills; `folder` is there as long as the world is.
    """

    slack: SlackStandIn
    aws: AwsStandIn
    incident: Incident
    seeded: Seeded
    topic: str
    folder: Path

    def environment(self) -> dict[str, str]:
        """What points a bot, or a terminal, at this world."""
        return self.aws.environment() | {
            "NOROSHI_TRAIL__ENGINE": "athena",
            "NOROSHI_TRAIL__DATABASE": self.seeded.database,
            "NOROSHI_TRAIL__TABLE": self.seeded.table,
            "NOROSHI_TRAIL__WORKGROUP": self.seeded.workgroup,
            **self._alerts(),
            "NOROSHI_ACCESS__CHANGE": self.slack.world.user("mika.sato").id,
            "NOROSHI_ACCESS__APPROVE": self.slack.world.user("ben.okafor").id,
            "NOROSHI_S3__FIXES": "true",
            "NOROSHI_ACCOUNTS": json.dumps([{"id": a.id, "name": a.name} for a in self.incident.accounts]),
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
        }

    def _alerts(self) -> dict[str, str]:
        """The story takes minutes instead of hours, so a dozen alerts are no storm here, and patience is shorter."""
        oncall = next(key for key, (handle, _) in self.slack.world.usergroups.items() if handle == "oncall")
        routes = [{"severity": "critical", "mention": oncall}, {"source": [*_MONEY], "channel": MONEY}]
        return {
            "NOROSHI_ALERTS__CHANNEL": CHANNEL,
            "NOROSHI_ALERTS__OPS_CHANNEL": OPS,
            "NOROSHI_ALERTS__ROUTES": json.dumps(routes),
            "NOROSHI_ALERTS__QUEUE_URL": self.seeded.queue_url,
            "NOROSHI_ALERTS__STORE": f"sqlite:///{self.folder / 'noroshi.db'}",
            "NOROSHI_ALERTS__STORM_ABOVE": "20",
            "NOROSHI_ALERTS__REMIND_AFTER_MINUTES": "3",
            "NOROSHI_ALERTS__MENTION_AFTER_MINUTES": "6",
            "NOROSHI_ALERTS__DIGEST_AT": "",
            # By the clock: what is told must not differ by the hour, or the day of the week.
            "NOROSHI_BILLING__WATCH": "false",
            "NOROSHI_BILLING__DIGEST_ON": "",
        }


@contextlib.asynccontextmanager
async def open_world(  # noqa: PLR0913 - where and what the world is, and the two places that save work
    manifest: Mapping[str, Any],
    *,
    port: int = 0,
    seed: int = 1,
    trail: Path | None = None,
    cache: Path | None = None,
    archive: Archive | None = None,
    with_logs: bool = True,
) -> AsyncIterator[World]:
    """Serve Slack and AWS on loopback, the incident's logs and accounts in place; nothing stays behind.

    Without the logs it is there in a second, and /trail finds nothing. The ordinary days' logs are kept in the
    folder `cache`, what Athena read of logs in `archive`: the next world need not do it again.
    """
    incident = Incident(seed, datetime.now(UTC))
    slack, aws = SlackStandIn(manifest, seed=seed), AwsStandIn(archive=archive)
    with aws.serve(), tempfile.TemporaryDirectory(prefix="noroshi-") as folder:
        async with slack.serve(port):
            own = await asyncio.to_thread(own_log_files, trail) if trail else None
            seeded = await asyncio.to_thread(furnish, aws, incident, own)
            if with_logs:
                await asyncio.to_thread(deliver_logs, aws, incident, cache)
            if own:
                await asyncio.to_thread(aws.put_logs, incident.log_bucket, own.files)
            topic = await asyncio.to_thread(happening.listen, aws, seeded.queue_url, incident.regions)
            yield World(slack, aws, incident, seeded, topic, Path(folder))
