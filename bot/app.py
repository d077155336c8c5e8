"""The composition root: settings -> adapters -> edges; the only file that names concrete adapters.

Adapters and edges are imported where they are made: `noroshi --help` must not load boto3.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.edges import operator, terminal
from bot.errors import BadRequest, NotConfigured
from bot.ports import Buckets, Recording, Store, TrailEngine
from commands import COMMANDS

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.core.check import Check
    from bot.core.view import View
    from bot.edges.alerting import Alerting, Loop
    from bot.edges.slack.acting import AlertDesk
    from bot.edges.slack.edge import SlackEdge
    from bot.edges.watch import Watch
    from bot.pipeline import Ledger, Reading, Taking, Teller
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


def slack_edge(
    given: "Settings", http: tuple[str, int] | None, alerts: "AlertDesk | None" = None
) -> "SlackEdge":
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
    return SlackEdge(
        COMMANDS, Production(given), tokens, channels=given.access.channels, alerts=alerts, http=http
    )


def open_store(given: "Settings") -> Store:
    """The store that the settings name; raises Upstream where it can't be used."""
    kind, _, place = given.alerts.store.partition("://")
    if kind == "dynamodb":
        from bot.adapters.dynamodb import DynamoStore

        return DynamoStore(place, session=Production(given).session)
    from bot.adapters.sqlite import SqliteStore

    return SqliteStore(place[1:])  # sqlite:///relative, sqlite:////absolute


def ledger(given: "Settings", store: Store) -> "Ledger":
    """The record of what is told."""
    from bot.core.told import Patience
    from bot.pipeline import Ledger

    def minutes(setting: float) -> timedelta | None:
        return timedelta(minutes=setting) if setting else None

    alerts = given.alerts
    patience = Patience(
        remind_after=minutes(alerts.remind_after_minutes),
        mention_after=minutes(alerts.mention_after_minutes),
        mention=alerts.remind_mention,
    )
    return Ledger(store, patience, lambda: datetime.now(UTC))


def reading(given: "Settings") -> "Reading":
    """How queue messages are read, and where alerts go."""
    from bot.pipeline import Reading
    from bot.sources import SOURCES

    return Reading(SOURCES, given.routes, given.account_names, given.alerts.samples == "drop")


def alerting(given: "Settings") -> "tuple[Alerting, AlertDesk | None]":
    """What takes and tells alerts, and what its buttons need; nothing where no queue or no channel is set."""
    from bot.edges.alerting import Alerting

    if not given.alerts.queue_url or not (given.alerts.channel or given.alerts.routes):
        return Alerting(), None
    from bot.adapters.aws.guardduty import GuardDutyArchive
    from bot.adapters.aws.session import client
    from bot.adapters.aws.sqs import SqsInbox
    from bot.edges.clockwork import Clockwork
    from bot.edges.intake import Intake
    from bot.edges.slack.acting import AlertDesk
    from bot.edges.tellers import Tellers
    from bot.pipeline import Taking
    from bot.pipeline.daily import Daily

    production = Production(given)
    book, tellers = ledger(given, open_store(given)), Tellers()
    taking = Taking(reading(given), book, tellers.wake)
    channels = _channels(given)
    tellers.add(_teller(given, book, channel, tellers.wake) for channel in channels)
    intakes = [
        Intake(url.rpartition("/")[2], SqsInbox(url, session=production.session), taking, book.now)
        for url in given.alerts.queue_url
    ]
    made = Alerting(tellers, intakes)
    loops: list[Loop] = [_watch(given, made, book, taking)]
    if given.alerts.digest_at:
        daily = Daily(channels, book, given.alerts.digest_at, production.zone, tellers.wake)
        loops.append(Clockwork("daily digest", daily.look))
    made.loops = loops
    archive = GuardDutyArchive(lambda region: client("guardduty", region, production.session))
    return made, AlertDesk(book, tellers.wake, archive, frozenset(given.access.change), production.zone)


def presses(given: "Settings", since: str) -> "View":
    """Who pressed what under the alerts."""
    from bot.core.span import moment
    from bot.edges.presses import show

    production = Production(given)
    begin = moment(since, now=production.now(), zone=production.zone)
    return show(open_store(given), begin, since)


def _channels(given: "Settings") -> list[str]:
    """Every channel that anything may be told in, each once."""
    alerts = given.alerts
    named = [alerts.channel, alerts.ops, alerts.fallback, *(route.channel for route in alerts.routes)]
    return list(dict.fromkeys(channel for channel in named if channel))


def _teller(given: "Settings", book: "Ledger", channel: str, wake: Callable[[str], None]) -> "Teller":
    from bot.adapters.slack_channels import SlackChannels
    from bot.pipeline import Pace, Teller
    from bot.pipeline.lease import Lease
    from bot.render.blocks import payload

    token = _secret(given.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-…")
    pace = Pace(storm_above=given.alerts.storm_above)
    # One connection a channel: none waits for another's call. A call has three steps, each bounded by itself.
    slack = SlackChannels(
        token, payload, base_url=given.slack_api_url, timeout_seconds=pace.call.total_seconds() / 3
    )
    lease = Lease(book.store, channel, secrets.token_hex(8), pace.lease, book.now)
    fallback = given.alerts.fallback or channel
    return Teller(channel, book, slack, lease, fallback=fallback, pace=pace, wake=wake)


def _watch(given: "Settings", made: "Alerting", book: "Ledger", taking: "Taking") -> "Watch":
    from bot.adapters.aws.hearing import AwsHearing, Place
    from bot.core.hearing.senses import Patience
    from bot.edges.watch import Watch

    production, alerts = Production(given), given.alerts
    own = [region for account in given.accounts if not account.role_arn for region in account.regions]
    regions = tuple(own) or ((production.session.region_name,) if production.session.region_name else ())
    hearing = AwsHearing(
        [Place(lambda: production.session, regions)], alerts.queue_url, lambda: production.session
    )
    patience = Patience(
        silence=timedelta(days=alerts.quiet_days) if alerts.quiet_days else timedelta.max,
        lag=timedelta(minutes=alerts.lag_minutes) if alerts.lag_minutes else timedelta.max,
    )
    return Watch(hearing, made.senses, book.store, taking.tell, now=book.now, patience=patience)


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
    parts = operator.Parts(
        settings=_settings,
        slack_edge=slack_edge,
        alerting=alerting,
        decide=lambda given: reading(given).decide,
        presses=presses,
        checks=checks,
        slashes=COMMANDS,
    )
    others = operator.commands(parts)
    terminal.program(COMMANDS, lambda: Production(_settings()), others).main(prog_name="noroshi")
