"""The parts of the settings, each key with what it means; `bot.settings` reads them."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.core import written
from bot.core.route import OWN, Route, Routes
from bot.settings_kinds import (
    AccountId,
    Channel,
    Clock,
    Clocks,
    Holders,
    Identifier,
    Mention,
    Minutes,
    Several,
    StoreUrl,
    Weekday,
    each,
    fault,
    fault_at,
    tables,
)
from bot.sources import SOURCES

SOURCE_NAMES = (*(source.name for source in SOURCES), OWN)
"""What a route's `source` may be."""


class Part(BaseModel):
    """A table of the settings: frozen, and every key in it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Trail(Part):
    """Where CloudTrail's records are."""

    engine: Literal["athena", "duckdb"] = "athena"
    database: Identifier = "noroshi"
    """The Glue database of the CloudTrail table."""
    table: Identifier = "cloudtrail"
    workgroup: str = "primary"
    output_location: str | None = None
    """`s3://bucket/prefix/` for query results; None leaves it to the workgroup."""
    location: str | None = None
    """For duckdb: a folder or `s3://…` holding `AWSLogs/…`, or any tree of CloudTrail files."""
    timeout_seconds: float = Field(default=120, gt=0)
    """A query that takes longer is cancelled (what it scanned by then is charged)."""
    usd_per_tb: float = Field(default=5.0, ge=0)
    """Athena's price where you are; https://aws.amazon.com/athena/pricing/."""
    ask_above_usd: float | None = Field(default=1.0, ge=0)
    """A question that is estimated to cost more is asked about first; None asks never."""
    refuse_above_usd: float | None = Field(default=None, ge=0)
    """One that is estimated to cost more is not run at all."""
    usd_per_person_a_day: float | None = Field(default=None, ge=0)
    """What one person's questions may cost in a day (of UTC); None is no limit."""
    reuse_minutes: int = Field(default=5, ge=0, le=10080)
    """The same question within so many minutes is answered from Athena's earlier result, for nothing; 0 never."""
    compact_location: str | None = None
    """Where the compact copy lies: `s3://bucket/prefix/` for athena; a folder for duckdb (None: beside the logs)."""
    compact_every_hours: float = Field(default=1.0, ge=0)
    """How often `noroshi run` brings the compact copy up to date, where `compact_location` is set; 0 never."""


class RouteSetting(Part):
    """What a route takes, as it was written (what is left out takes any), and where it leads."""

    severity: Annotated[Several, each(written.severities)] = ()
    """`high` is High alone, `high+` High and Critical."""
    source: Annotated[Several, each(lambda word: written.source(word, SOURCE_NAMES))] = ()
    """A source of `bot.sources`; `noroshi` is what the bot says of itself."""
    account: Annotated[Several, each(str)] = ()
    """An account's id, or its name under `accounts`."""
    region: Annotated[Several, each(written.region)] = ()
    """A region; `*` in it stands for anything."""
    tag: Annotated[Several, each(written.tag)] = ()
    """`Key=Value` or `Key`: a tag of the resource."""
    channel: Channel | None = None
    """None is the default channel."""
    mention: Mention = ""
    """In Slack's form: `<!here>`, `<@U…>`, `<!subteam^S…>`."""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not self.channel and not self.mention:
            raise fault("it has neither a channel nor a mention", "Give it a channel, a mention or both.")
        return self

    def meant(self, ids: Mapping[str, str]) -> Route:
        """The route; `ids` are the accounts' by name. Raises BadRequest for an account that nobody named."""
        return Route(
            severity=frozenset[Any]().union(*map(written.severities, self.severity)),
            source=frozenset(written.source(word, SOURCE_NAMES) for word in self.source),
            account=frozenset(written.account(word, ids) for word in self.account),
            region=tuple(map(written.region, self.region)),
            tag=tuple(map(written.tag, self.tag)),
            channel=self.channel,
            mention=self.mention,
        )


class Alerts(Part):
    """How events arrive, where alerts go, and how patient the bot is."""

    queue_url: Several = ()
    channel: Channel | None = None
    """Where everything goes that no route names."""
    routes: Annotated[tuple[RouteSetting, ...], BeforeValidator(tables)] = ()
    """The first that takes an alert says where it goes and whom it rings."""
    store: StoreUrl = "sqlite:///noroshi.db"
    """What outlives the process: `sqlite:///path`, or `dynamodb://table` for several replicas."""
    ops_channel: Channel | None = None
    """Where the bot speaks of itself (deaf, messages it can't read); None is `channel`. See `ops`."""
    fallback_channel: Channel | None = None
    """Where alerts go whose own channel can't be posted in; None is `ops_channel`. See `fallback`."""
    samples: Literal["label", "drop"] = "label"
    """GuardDuty's sample findings: told as samples, or let go."""
    remind_after_minutes: Minutes = 15
    """A Critical that nobody acknowledged is told again after so long; 0 is never."""
    mention_after_minutes: Minutes = 30
    """And rings `remind_mention` after so long; 0 is never."""
    remind_mention: Mention = "<!here>"
    """In Slack's form."""
    digest_at: Clock = time(9)
    """When the daily digest is told, in `zone`; None (written "") is never."""
    handover_at: Clocks = ()
    """When the handover from one shift to the next is told, in `zone`: "09:00,21:00"; none at all if left out."""
    storm_above: int = Field(default=8, ge=1)
    """More alerts than this waiting for one channel become one digest."""
    quiet_days: float = Field(default=3, ge=0, le=366, allow_inf_nan=False)
    """No event from an account for so long, and the bot says that it may be deaf; 0 is never."""
    lag_minutes: Minutes = 15
    """Events that arrive later than this, and the bot says that they lag; 0 is never."""

    @property
    def ops(self) -> str | None:
        """Where the bot speaks of itself."""
        return self.ops_channel or self.channel

    @property
    def fallback(self) -> str | None:
        """Where alerts go whose own channel can't be posted in."""
        return self.fallback_channel or self.ops

    @property
    def channels(self) -> list[str]:
        """Every channel that anything may be told in, each once."""
        named = [self.channel, self.ops, self.fallback, *(route.channel for route in self.routes)]
        return list(dict.fromkeys(channel for channel in named if channel))

    @model_validator(mode="after")
    def _routes_lead_somewhere(self) -> Self:
        for n, route in enumerate(self.routes):
            rest = self.ops if route.source == (OWN,) else self.channel
            if not (route.channel or rest):
                raise fault_at(
                    ("routes", n),
                    "it has no channel, and there is no alerts.channel that would be its",
                    "Give it a channel, or set alerts.channel.",
                )
        return self

    def meant(self, ids: Mapping[str, str]) -> Routes:
        """The routes; `ids` are the accounts' by name. Raises BadRequest for an account that nobody named."""
        return Routes(tuple(route.meant(ids) for route in self.routes), self.channel, self.ops_channel)


class Access(Part):
    """Who may ask what, where."""

    channels: Several = ()
    """Channel ids or names (`#security`) where commands are answered; empty = wherever the bot is."""
    change: Holders = ()
    """Ids of members (`U…`) and user groups (`S…`) who may change something in AWS; empty = nobody."""
    approve: Holders = ()
    """Those who may approve what another asked to change; empty = nobody."""


class S3(Part):
    """What may be done to buckets from Slack."""

    fixes: bool = False
    """Whether a public bucket can be fixed from its alert, by two people: access.change asks, access.approve approves."""
    approve_within_minutes: float = Field(default=60, gt=0, le=1440)
    """For how long a fix may be approved, and then for how long it may be taken back."""


class Billing(Part):
    """What may be asked about money, and when the bot speaks of it by itself."""

    explorer: bool = True
    """Whether Cost Explorer may be asked: USD 0.01 a request. CloudWatch's estimates alone otherwise, which are free."""
    requests_a_day: int = Field(default=50, ge=0)
    """The most requests to Cost Explorer in a day of UTC."""
    refresh_hours: float = Field(default=8, ge=1, le=48)
    """How old what is kept of Cost Explorer's answers may be: AWS brings them up to date three times a day at most."""
    watch: bool = True
    """Whether the bot looks by itself for what stands out: a spike, a pace, a first service or region."""
    spike_times: float = Field(default=3, gt=1)
    """A service's day that costs so many times what such days cost is a spike."""
    spike_least_usd: float = Field(default=25, ge=0)
    """And costs at least so much more."""
    pace_times: float = Field(default=2, gt=1)
    """A month that is on its way to so many times last month's is told."""
    digest_on: Weekday = "monday"
    """On which day the weekly digest comes; None (written "") is never."""
    digest_at: Clock = time(9)
    """At which time of that day, in `zone`."""
    digest_channel: Channel | None = None
    """Where to; None is where alerts of `billing` go."""


class Metrics(Part):
    """What Prometheus may scrape."""

    port: int | None = Field(default=None, ge=0, le=65535)
    """`http://HOST:port/metrics`; None serves nothing."""
    host: str = "127.0.0.1"
    """Where it listens: what it says is for nobody outside, so the machine itself alone unless you say `0.0.0.0`."""
    refresh_minutes: float = Field(default=15, ge=1)
    """How often what it says is looked up: a scrape itself asks AWS nothing."""


class Home(Part):
    """The state of the accounts, as the Home tab and `noroshi status` show it."""

    refresh_minutes: float = Field(default=5, ge=0, le=60, allow_inf_nan=False)
    """How old may be what costs nothing to look at: open findings, broken rules, queues; 0 looks nothing up at all.

    What the bot itself has told is read twice a minute, and at most a minute old; buckets and checks are looked at
    hourly at most, the bill every three hours. With 0 the Home tab lists commands alone.
    """


class Account(Part):
    """An account by a name people know."""

    id: AccountId
    name: str = ""
    """How people call it, and routes too."""
    role_arn: str | None = None
    """The role through which the bot looks whether this account can still be heard."""
    regions: Several = ()
    """Where it looks; none is the bot's own region."""
