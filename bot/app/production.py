"""Everything a command may reach, as the settings say."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import BadRequest, NotConfigured
from bot.ports import Buckets, Recording, TrailEngine

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.adapters.duckdb.engine import DuckdbEngine
    from bot.settings import Settings
    from bot.trail.compaction import Compactor


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

            return AthenaEngine(AthenaSettings(**self._of_trail(AthenaSettings)), session=self.session)
        return self._duckdb

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
        """The engine; nothing is metered yet."""
        del asker, up_to
        return self.trail

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
