"""Everything a command may reach, as the settings say."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.app import clock
from bot.app.engines import Engines
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

    from bot.adapters.aws.config_ways import ConfigWays
    from bot.adapters.bills import AwsBills
    from bot.app.later_store import LaterStore
    from bot.ports import Counting
    from bot.settings import Settings
    from bot.trail.compaction import Compactor


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

    @property
    def trail(self) -> TrailEngine:
        """The engine that the settings name; CloudTrail's event history where it has nothing to read."""
        return self._engines.trail

    @property
    def named_engine(self) -> TrailEngine:
        """The engine that the settings name, for who looks whether it works."""
        return self._engines.named

    @property
    def compactor(self) -> "Compactor":
        """What keeps the compact copy of the engine that the settings name."""
        return self._engines.compactor

    def paid_trail(self, asker: str, up_to: float | None) -> TrailEngine:
        """Athena within the settings' limits; DuckDB costs nothing, whoever asks."""
        return self._engines.paid(asker, up_to)

    def calls(self, place: Place, asker: str, up_to: float | None, *, since: datetime) -> TrailEngine:
        """Files on disk, else the table where that is next to free, else the place's event history, if it reaches back."""
        return self._engines.calls(place, asker, up_to, since=since)

    @cached_property
    def _engines(self) -> Engines:
        return Engines(
            self.settings.trail,
            session=lambda: self.session,
            ways=lambda: self._ways,
            store=lambda: self.store,
            names=self.accounts,
            now=self.now,
        )

    @cached_property
    def store(self) -> "LaterStore":
        """What is kept, opened when it is first asked: one for alerts, spending, and what the Home tab shows."""
        from bot.app.alerts import open_store
        from bot.app.later_store import LaterStore

        return LaterStore(lambda: open_store(self.settings, self.counting))

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

        return shifts(self.settings, lambda: self.store)

    @cached_property
    def bills(self) -> "AwsBills":
        """Cost Explorer and CloudWatch's estimates, as the caller's own account sees them."""
        from bot.app.bills import aws_bills

        return aws_bills(
            self.settings.billing,
            session=lambda: self.session,
            account=lambda: self._ways.home().account_id,
            store=lambda: self.store,
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
        return clock.now()


def secret(value: "SecretStr | None", name: str, hint: str) -> str:
    """The token; raises NotConfigured where it is not set."""
    if value is None:
        raise NotConfigured(f"{name} is not set.", f"Set it ({hint}), or look around first: noroshi demo")
    return value.get_secret_value()
