"""The composition root: settings -> adapters -> edges; the only file that names concrete adapters.

Adapters and edges are imported where they are made: `noroshi --help` must not load boto3.
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.edges import operator, terminal
from bot.errors import BadRequest, NotConfigured
from bot.ports import Buckets, Recording, TrailEngine
from commands import COMMANDS

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.core.check import Check
    from bot.edges.intake import Intake
    from bot.edges.slack.edge import SlackEdge
    from bot.settings import Settings


@dataclass(frozen=True)
class Production:
    """Everything a command may reach, as the settings say; satisfies `bot.ports.Ports`."""

    settings: "Settings"

    @cached_property
    def session(self) -> Any:
        """AWS, as botocore finds its credentials and region."""
        from bot.adapters.aws.session import make_session

        return make_session()

    @cached_property
    def trail(self) -> TrailEngine:
        """The engine that the settings name."""
        trail = self.settings.trail
        if trail.engine == "athena":
            from bot.adapters.athena import AthenaEngine, AthenaSettings

            settings = AthenaSettings(
                **trail.model_dump(
                    include={field.name for field in fields(AthenaSettings)} & set(type(trail).model_fields)
                )
            )
            return AthenaEngine(settings, session=self.session)
        if not trail.location:
            raise NotConfigured(
                "The duckdb engine has no log files to read.",
                "Set NOROSHI_TRAIL__LOCATION to a folder, or to s3://….",
            )
        from bot.adapters.duckdb.engine import DuckdbEngine

        place = trail.model_dump(include={"database", "table", "timeout_seconds"})
        return DuckdbEngine(trail.location, **place)

    @cached_property
    def buckets(self) -> Buckets:
        """S3, as the caller sees it."""
        from bot.adapters.aws.buckets import S3Buckets
        from bot.adapters.aws.session import client

        return S3Buckets(lambda: client("s3", session=self.session))

    @cached_property
    def recording(self) -> Recording:
        """CloudTrail, as the caller sees it."""
        from bot.adapters.aws.recording import TrailRecording
        from bot.adapters.aws.session import client

        return TrailRecording(lambda: client("cloudtrail", session=self.session))

    @cached_property
    def zone(self) -> tzinfo:
        """The zone in which `today` begins."""
        try:
            return ZoneInfo(self.settings.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadRequest(
                f"There is no time zone {self.settings.zone!r}.",
                "Set NOROSHI_ZONE to a name like Asia/Tokyo.",
            ) from error

    def now(self) -> datetime:
        """The present."""
        return datetime.now(UTC)


def slack_edge(given: "Settings", http: tuple[str, int] | None) -> "SlackEdge":
    """The Slack edge; raises NotConfigured for a token that is not there."""
    from bot.edges.slack.edge import SlackEdge, Tokens

    tokens = Tokens(
        bot=_secret(
            given.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-…, from the app's OAuth & Permissions page"
        ),
        app=given.slack_app_token.get_secret_value() if given.slack_app_token else "",
        signing_secret=given.slack_signing_secret.get_secret_value() if given.slack_signing_secret else "",
        api_url=given.slack_api_url,
    )
    return SlackEdge(COMMANDS, Production(given), tokens, channels=given.access.channels, http=http)


def intakes(given: "Settings") -> "list[Intake]":
    """One intake a queue; none where no queue is set."""
    if not given.alerts.queue_url:
        return []
    from bot.adapters.aws.sqs import SqsInbox
    from bot.adapters.slack import SlackChannels
    from bot.edges.intake import Intake
    from bot.render.blocks import payload
    from bot.sources import SOURCES

    session = Production(given).session
    token = _secret(given.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-…")
    channels = SlackChannels(token, payload, base_url=given.slack_api_url)
    return [
        Intake(SqsInbox(url, session=session), SOURCES, channels, given.alerts.channel)
        for url in given.alerts.queue_url
    ]


def checks(given: "Settings") -> "list[Check]":
    """Everything that `noroshi doctor` looks at."""
    from bot.adapters.aws import checks as aws
    from bot.adapters.slack_checks import slack_checks
    from bot.deploy.manifest import SCOPES

    ports = Production(given)
    slack = slack_checks(
        bot_token=given.slack_bot_token.get_secret_value() if given.slack_bot_token else None,
        app_token=given.slack_app_token.get_secret_value() if given.slack_app_token else None,
        api_url=given.slack_api_url,
        scopes=SCOPES,
        channel=given.alerts.channel,
    )
    return [
        *slack,
        *aws.aws_checks(lambda: ports.session, lambda: ports.trail, given.trail, given.alerts.queue_url),
    ]


def _secret(value: "SecretStr | None", name: str, hint: str) -> str:
    if value is None:
        raise NotConfigured(f"{name} is not set.", f"Set it ({hint}), or look around first: noroshi demo")
    return value.get_secret_value()


def _settings() -> "Settings":
    from bot.settings import read

    return read()


def main() -> None:
    """The `noroshi` command."""
    others = operator.commands(operator.Parts(_settings, slack_edge, intakes, checks, COMMANDS))
    terminal.program(COMMANDS, lambda: Production(_settings()), others).main(prog_name="noroshi")
