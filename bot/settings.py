"""What an operator sets, read once: environment over `noroshi.toml`; secrets never show themselves.

Nested keys take two underscores: `NOROSHI_TRAIL__WORKGROUP`. AWS's own variables are botocore's to read.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.core.route import Routes, shadowed
from bot.errors import BadRequest
from bot.settings_faults import Written, told
from bot.settings_kinds import fault_at, tables
from bot.settings_parts import S3, Access, Account, Alerts, Billing, Home, Metrics, Trail


class Settings(BaseSettings):
    """Everything that can be set; frozen."""

    model_config = SettingsConfigDict(
        env_prefix="NOROSHI_",
        env_nested_delimiter="__",
        enable_decoding=False,  # a queue's URL is no JSON; lists are read by `_several`
        frozen=True,
        extra="forbid",
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
    s3: S3 = S3()
    billing: Billing = Billing()
    metrics: Metrics = Metrics()
    home: Home = Home()
    accounts: Annotated[tuple[Account, ...], BeforeValidator(tables)] = ()
    """The accounts by the names people know; the caller's own account is asked."""

    @property
    def account_names(self) -> dict[str, str]:
        """The name of each account that has one, by its id."""
        return {account.id: account.name for account in self.accounts if account.name}

    @property
    def channels(self) -> list[str]:
        """Every channel that anything may be told in, each once."""
        named = [*self.alerts.channels, self.billing.digest_channel]
        return list(dict.fromkeys(channel for channel in named if channel))

    @property
    def routes(self) -> Routes:
        """Where alerts go, accounts known by their ids."""
        return self.alerts.meant(self._account_ids)

    @property
    def _account_ids(self) -> dict[str, str]:
        return {name: number for number, name in self.account_names.items()}

    @model_validator(mode="after")
    def _no_account_twice(self) -> Self:
        for key in ("id", "name"):
            seen: set[str] = set()
            for n, account in enumerate(self.accounts):
                value = getattr(account, key)
                if value and value in seen:
                    raise fault_at(("accounts", n, key), f"another account has this {key}", "Name each once.")
                seen.add(value)
        return self

    @model_validator(mode="after")
    def _fixes_need_two(self) -> Self:
        """One alone could never have a bucket fixed: that is no setting but a trap."""
        asks, approves = set(self.access.change), set(self.access.approve)
        if not self.s3.fixes:
            return self
        if not (asks and approves):
            why = (
                "nobody may ask for one (access.change)"
                if not asks
                else "nobody may approve one (access.approve)"
            )
            raise fault_at(
                ("s3", "fixes"), f"fixes are on, and {why}", "Name members (U…) or user groups (S…)."
            )
        if len(asks | approves) == 1 and next(iter(asks)).startswith(("U", "W")):
            words = "the one who may ask is the only one who may approve"
            raise fault_at(("access", "approve"), words, "A fix needs two people: name another.")
        return self

    @model_validator(mode="after")
    def _routes_know_their_accounts(self) -> Self:
        for n, route in enumerate(self.alerts.routes):
            try:
                route.meant(self._account_ids)
            except BadRequest as error:
                raise fault_at(("alerts", "routes", n, "account"), error.message, error.hint) from error
        return self

    @classmethod
    def settings_customise_sources(  # noqa: D102 - pydantic-settings' own hook
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - settings come from two places only
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _written().file)


def read() -> Settings:
    """Read environment and file; raises BadRequest that names the setting at fault, and its line in the file.

    A value is quoted only where nobody would put a secret: in a route, in who may change something.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise told(error.errors(include_input=False)[0], Settings, _written()) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRequest(
            f"The settings file can't be read: {error}.", f"Check {_written().file.name}."
        ) from error


def unreachable(given: Settings) -> list[str]:
    """The routes that take nothing, in words: `route 3 (noroshi.toml, line 20): route 1 takes all of it before`."""
    found = []
    for number, by in shadowed(given.routes.routes):
        place = _written().place(("alerts", "routes", number - 1))
        found.append(f"route {number}{f' ({place})' if place else ''}: route {by} takes all of it before")
    return found


def missing_file() -> str | None:
    """The settings file that somebody named and that is not there."""
    named = os.environ.get("NOROSHI_SETTINGS")
    return named if named and not Path(named).is_file() else None


def _written() -> Written:
    return Written(Path(os.environ.get("NOROSHI_SETTINGS") or "noroshi.toml"), os.environ)


def child_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment for a child that must see `extra` and nothing of the caller's own AWS, Slack or bot."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "SLACK_", "NOROSHI_"))
    }
    return kept | dict(extra)
