"""What an operator sets, read once: environment over `noroshi.toml`; secrets never show themselves.

Nested keys take two underscores: `NOROSHI_TRAIL__WORKGROUP`. AWS's own variables are botocore's to read.
"""

import difflib
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import BadRequest


def _several(value: object) -> object:
    """One value, several behind commas, or a JSON list: as people type them into an environment."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return tuple(part.strip() for part in value.split(",") if part.strip())


Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,128}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trail(_Part):
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
    ask_above_usd: float | None = None
    """Not used yet."""
    refuse_above_usd: float | None = None
    """Not used yet; until then a workgroup's cutoff bounds what a query reads."""


class Alerts(_Part):
    """How events arrive, and where alerts go."""

    queue_url: Several = ()
    channel: str | None = None
    """Where everything goes that no route names."""
    routes: tuple[dict[str, Any], ...] = ()
    """Not used yet."""
    store: str | None = None
    """Not used yet."""


class Access(_Part):
    """Who may ask what, where."""

    channels: Several = ()
    """Channel ids or names (`#security`) where commands are answered; empty = wherever the bot is."""
    change: Several = ()
    """Not used yet: nothing here can change anything in AWS."""


class Settings(BaseSettings):
    """Everything that can be set; frozen."""

    model_config = SettingsConfigDict(
        env_prefix="NOROSHI_",
        env_nested_delimiter="__",
        enable_decoding=False,  # a queue's URL is no JSON; lists are read by `_several`
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_BOT_TOKEN", "slack_bot_token")
    )
    slack_app_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_APP_TOKEN", "slack_app_token")
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("SLACK_SIGNING_SECRET", "slack_signing_secret")
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", validation_alias=AliasChoices("SLACK_API_URL", "slack_api_url")
    )
    zone: str = "UTC"
    """IANA time zone in which `today` begins."""
    trail: Trail = Trail()
    alerts: Alerts = Alerts()
    access: Access = Access()
    accounts: tuple[dict[str, Any], ...] = ()
    """Not used yet: the caller's own account is asked."""

    @classmethod
    def settings_customise_sources(  # noqa: D102 - pydantic-settings' own hook
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - settings come from two places only
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = Path(os.environ.get("NOROSHI_SETTINGS") or "noroshi.toml")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)


_NOT_YET = (
    ("trail", "ask_above_usd"),
    ("trail", "refuse_above_usd"),
    ("alerts", "routes"),
    ("alerts", "store"),
    ("access", "change"),
)


def not_used_yet(given: Settings) -> list[str]:
    """The settings that somebody made and that this version does not heed."""
    made = [f"{part}.{name}" for part, name in _NOT_YET if getattr(getattr(given, part), name)]
    return [*made, *(["accounts"] if given.accounts else [])]


def read() -> Settings:
    """Read environment and file; raises BadRequest that names the setting at fault, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        where = [str(part) for part in problem["loc"]]
        raise BadRequest(
            f"The setting {'.'.join(where)} makes no sense: {_says(problem['type'], problem['msg'])}.",
            _hint(where),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BadRequest(f"The settings file can't be read: {error}.", "Check noroshi.toml.") from error


def _says(kind: str, message: str) -> str:
    return "there is no such setting" if kind == "extra_forbidden" else message[:1].lower() + message[1:]


def _hint(where: list[str]) -> str:
    """The variable it is set by, and the nearest name there is for one that is none."""
    part = getattr(Settings.model_fields.get(where[0]), "annotation", None)
    names = [*part.model_fields] if isinstance(part, type) and issubclass(part, BaseModel) else []
    near = difflib.get_close_matches(where[1], names, 1) if len(where) > 1 and where[1] not in names else []
    variable = f"NOROSHI_{'__'.join(where[:2]).upper()}"
    return (
        f"Did you mean {where[0]}.{near[0]}?"
        if near
        else f"Look at {variable}, or at {'.'.join(where)} in noroshi.toml."
    )


def child_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment for a child that must see `extra` and nothing of the caller's own AWS, Slack or bot."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "SLACK_", "NOROSHI_"))
    }
    return kept | dict(extra)
