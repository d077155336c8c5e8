"""Everything a command may reach, as the settings say."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.configuration.item import Place
from bot.errors import BadRequest, NotConfigured
from bot.ports import (
    Advice,
    Buckets,
    BucketSettings,
    Configurations,
    FindingChanges,
    Findings,
    PolicyValidation,
    PublicAccess,
    Recording,
    Shifts,
    TrailEngine,
)

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.adapters.athena import AthenaEngine
    from bot.adapters.aws.config_ways import ConfigWays
    from bot.adapters.bills import AwsBills
    from bot.adapters.duckdb.engine import DuckdbEngine
    from bot.adapters.fallback import OrHistory
    from bot.ports import Counting, Store
    from bot.settings import Settings
    from bot.trail.compaction import Compactor
    from bot.trail.estimate import Estimating
    from bot.trail.spending import Spending

_REMEMBERED = timedelta(days=90, hours=1)
"""How far back CloudTrail’s event history goes, and a little: `--since 90d` is cut to the minute."""
_PATIENCE = 30.0
"""Seconds that somebody who asks who changed something waits for each look into the event history."""
_NEXT_TO_FREE = 0.05
"""USD that a question may cost in the table when nobody was told of a price."""


@dataclass(frozen=True)
class Production:
    """Everything a command may reach, as the settings say; satisfies `bot.ports.Ports`."""

    settings: "Settings"
    counting: "Counting | None" = None
    """Who hears of every request to AWS, if anybody."""

    @cached_property
    def session(self) -> Any:
        """AWS, as botocore finds its credentials and region."""
        from bot.adapters.aws.session import make_session

        return make_session(counting=self.counting)

    @cached_property
    def trail(self) -> TrailEngine:
        """The engine that the settings name; CloudTrail's event history where it has nothing to read."""
        trail = self.settings.trail
        if trail.engine == "athena":
            return self._athena_or_history
        return (
            self._duckdb if trail.location else self._history("no log files", "set NOROSHI_TRAIL__LOCATION")
        )

    @property
    def named_engine(self) -> TrailEngine:
        """The engine that the settings name, for who looks whether it works."""
        return self._athena if self.settings.trail.engine == "athena" else self._duckdb

    @cached_property
    def _athena_or_history(self) -> "OrHistory":
        from bot.adapters.fallback import OrHistory

        return OrHistory(self._athena, self._history("no table", "make a table: noroshi setup trail"))

    def _history(self, missing: str, way: str) -> TrailEngine:
        from bot.adapters.aws.lookup import LookupEngine
        from bot.adapters.aws.lookup_caveats import Instead
        from bot.adapters.aws.session import client

        trail = self.settings.trail
        return LookupEngine(
            lambda region: client("cloudtrail", region, self.session),
            lambda: client("cloudtrail", session=self.session).meta.region_name,
            table=f"{trail.database}.{trail.table}",
            timeout_seconds=trail.timeout_seconds,
            instead=Instead(missing, way),
        )

    @cached_property
    def _athena(self) -> "AthenaEngine":
        from bot.adapters.athena import AthenaEngine, AthenaSettings

        return AthenaEngine(AthenaSettings(**self._of_trail(AthenaSettings)), session=self.session)

    @cached_property
    def compactor(self) -> "Compactor":
        """What keeps the compact copy of the engine that the settings name."""
        if self.settings.trail.engine != "athena":
            return self._duckdb
        from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
        from bot.adapters.aws.session import client

        settings = CompactSettings(**self._of_trail(CompactSettings))
        return AthenaCompactor(settings, lambda service: client(service, session=self.session))

    def _of_trail(self, kind: Any) -> dict[str, Any]:
        """Those of the trail's settings that a dataclass of an adapter's has by the same name."""
        trail = self.settings.trail
        wanted = {field.name for field in fields(kind)} & set(type(trail).model_fields)
        return trail.model_dump(include=wanted)

    @cached_property
    def _duckdb(self) -> "DuckdbEngine":
        trail = self.settings.trail
        if not trail.location:
            raise NotConfigured(
                "The duckdb engine has no log files to read.",
                "Set NOROSHI_TRAIL__LOCATION to a folder, or to s3://….",
            )
        from bot.adapters.duckdb.engine import DuckdbEngine

        place = trail.model_dump(include={"database", "table", "timeout_seconds", "compact_location"})
        return DuckdbEngine(trail.location, **place)

    def paid_trail(self, asker: str, up_to: float | None) -> TrailEngine:
        """Athena within the settings' limits; DuckDB costs nothing, whoever asks."""
        if self.settings.trail.engine != "athena":
            return self.trail
        return self._metered(self._athena_or_history, asker, up_to)

    def _metered(
        self, engine: "Estimating", asker: str, up_to: float | None, **instead: float
    ) -> TrailEngine:
        from bot.trail.metered import Limits, MeteredEngine

        limits = Limits(**self._of_trail(Limits) | instead)
        return MeteredEngine(engine, limits, self._spending, asker, up_to)

    @cached_property
    def _spending(self) -> "Spending":
        from bot.trail.spending import Spending

        return Spending(lambda: self._store, self.now)

    @cached_property
    def _store(self) -> "Store":
        from bot.app.alerts import open_store

        return open_store(self.settings, self.counting)

    @cached_property
    def accounts(self) -> dict[str, str]:
        """Id to name, as the settings have them."""
        return {account.id: account.name for account in self.settings.accounts}

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

        return TrailRecording(
            lambda: client("cloudtrail", session=self.session),
            lambda region: client("cloudtrail", region, self.session),
        )

    @cached_property
    def configurations(self) -> Configurations:
        """AWS Config, in every account that the settings name a role of."""
        from bot.adapters.aws.config import AwsConfigurations

        return AwsConfigurations(self._ways, now=self.now)

    @cached_property
    def public_access(self) -> PublicAccess:
        """S3, in every account that the settings name a role of."""
        from bot.adapters.aws.s3_public import S3PublicAccess

        return S3PublicAccess(self._ways, self.accounts)

    @cached_property
    def findings(self) -> Findings:
        """GuardDuty, in every account that the settings name a role of."""
        from bot.adapters.aws.findings import AwsFindings

        return AwsFindings(self._ways, self.accounts)

    @cached_property
    def finding_changes(self) -> FindingChanges:
        """GuardDuty, where findings are archived and judged, and rules made."""
        from bot.adapters.aws.finding_changes import AwsFindingChanges

        return AwsFindingChanges(self._ways)

    @property
    def changes_findings(self) -> bool:
        """Presses are taken where alerts are, and only of those whom the settings name."""
        alerts = self.settings.alerts
        return bool(alerts.queue_url and alerts.channel and self.settings.access.change)

    @cached_property
    def advice(self) -> Advice:
        """Trusted Advisor and our own checks, in every account that the settings name a role of."""
        from bot.adapters.aws.advice import AwsAdvice
        from bot.adapters.aws.own_checks_asked import Places

        return AwsAdvice(Places(self._ways), self.public_access, self.accounts, now=self.now)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every account and region that the settings let us ask in, our own first; raises Upstream without a region."""
        return (self._ways.home(), *self._ways.others())

    def client(self, service: str, place: Place) -> Any:
        """A client there; raises NotConfigured where no role leads to its account."""
        from bot.adapters.aws.session import client

        return client(service, place.region, self._ways.session(place.account_id))

    @property
    def fixes(self) -> bool:
        """As the settings say."""
        return self.settings.s3.fixes

    @cached_property
    def bucket_settings(self) -> BucketSettings:
        """S3, where an approved fix changes a bucket."""
        from bot.adapters.aws.s3_change import S3Settings

        return S3Settings(self._ways)

    @cached_property
    def shifts(self) -> Shifts:
        """The record of alerts, where they are told and kept."""
        from bot.app.record import shifts

        return shifts(self.settings, lambda: self._store)

    @cached_property
    def bills(self) -> "AwsBills":
        """Cost Explorer and CloudWatch's estimates, as the caller's own account sees them."""
        from bot.app.bills import aws_bills

        return aws_bills(
            self.settings.billing,
            session=lambda: self.session,
            account=lambda: self._ways.home().account_id,
            store=lambda: self._store,
            now=self.now,
        )

    @cached_property
    def policy_validation(self) -> PolicyValidation:
        """IAM Access Analyzer, in the bucket's own account and region."""
        from bot.adapters.aws.policy_validation import AccessAnalyzer

        return AccessAnalyzer(self._ways)

    @cached_property
    def _ways(self) -> "ConfigWays":
        from bot.adapters.aws.config_ways import ConfigWays
        from bot.adapters.aws.ways import Known

        accounts = [Known(each.id, each.name, each.role_arn, each.regions) for each in self.settings.accounts]
        return ConfigWays(lambda: self.session, accounts)

    def calls(self, place: Place, asker: str, up_to: float | None, *, since: datetime) -> TrailEngine:
        """Files on disk, else the table where that is next to free, else the place's event history, if it reaches back.

        What is older than the history, and in no account that we may ask in, is in the table alone, at its price.
        """
        trail = self.settings.trail
        if trail.engine == "duckdb" and trail.location:
            return self.trail
        if since < self.now() - _REMEMBERED or not self._ways.leads_to(place.account_id):
            return self.paid_trail(asker, up_to)
        from bot.adapters.fallback import QuickFirst

        return QuickFirst(self._history_of(place), self._next_to_free(asker, up_to))

    def _history_of(self, place: Place) -> TrailEngine:
        from bot.adapters.aws.lookup import LookupEngine
        from bot.adapters.aws.lookup_caveats import Instead
        from bot.adapters.aws.session import client

        if place not in self._histories:
            session = self._ways.session(place.account_id)
            made = LookupEngine(
                lambda region: client("cloudtrail", region, session),
                lambda: place.region,
                table=f"{self.settings.trail.database}.{self.settings.trail.table}",
                timeout_seconds=min(self.settings.trail.timeout_seconds, _PATIENCE),
                instead=Instead("who did it", "older ones: /trail resource", self._whose(place.account_id)),
            )
            self._histories.setdefault(place, made)  # who came first: all share its pace
        return self._histories[place]

    def _whose(self, account_id: str) -> str:
        name = self.accounts.get(account_id)
        words = f"{name} ({account_id})" if name else account_id
        return f"account {words}" if words else "the bot’s own account"

    @cached_property
    def _histories(self) -> dict[Place, TrailEngine]:
        return {}

    def _next_to_free(self, asker: str, up_to: float | None) -> TrailEngine | None:
        """The table alone, for what costs some cents at most, or what was agreed to; None where there is none."""
        if self.settings.trail.engine != "athena":
            return None
        asks = self.settings.trail.ask_above_usd
        most = _NEXT_TO_FREE if asks is None else min(asks, _NEXT_TO_FREE)
        return self._metered(self._athena, asker, up_to, ask_above_usd=most)

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


def secret(value: "SecretStr | None", name: str, hint: str) -> str:
    """The token; raises NotConfigured where it is not set."""
    if value is None:
        raise NotConfigured(f"{name} is not set.", f"Set it ({hint}), or look around first: noroshi demo")
    return value.get_secret_value()
