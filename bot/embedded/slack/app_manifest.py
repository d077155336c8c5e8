"""What the app's manifest turns on: commands, scopes, events, Home, interactivity.

The stand-in grants exactly what the manifest asks for, so a wrong manifest is found here and not
at a customer's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .shapes import Json

DEFAULT_NAME = "Noroshi"


@dataclass(frozen=True)
class AppManifest:
    """The parts of a Slack manifest that change what the app may do."""

    name: str
    handle: str
    commands: tuple[Json, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home_tab: bool
    interactive: bool
    socket_mode: bool

    @classmethod
    def read(cls, manifest: Mapping[str, Any]) -> "AppManifest":
        """Read a manifest as YAML or JSON gives it."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        name = manifest.get("display_information", {}).get("name", DEFAULT_NAME)
        return cls(
            name=name,
            handle=features.get("bot_user", {}).get("display_name", name).lower(),
            commands=tuple(features.get("slash_commands", ())),
            scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
            interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
            socket_mode=bool(settings.get("socket_mode_enabled")),
        )

    def command(self, name: str) -> Json | None:
        """The slash command of that name (with its slash)."""
        return next((command for command in self.commands if command["command"] == name), None)
