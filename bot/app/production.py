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


def secret(value: "SecretStr | None", name: str, hint: str) -> str:
    """The token; raises NotConfigured where it is not set."""
    if value is None:
        raise NotConfigured(f"{name} is not set.", f"Set it ({hint}), or look around first: noroshi demo")
    return value.get_secret_value()
