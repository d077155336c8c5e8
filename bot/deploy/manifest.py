"""Slack's app manifest, from the commands themselves; manifest.yaml is this, and a test holds them equal.

Fields: docs.slack.dev, App manifest reference.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.command import Slash

SCOPES = (
    "channels:history",  # does an alert stand there already, of which a crash or a time-out left no word?
    "channels:read",  # is the bot in the alert channel? what is #ops called by id?
    "chat:write",  # alerts, shared answers
    "commands",
    "files:write",  # CSV
    "groups:history",  # as channels:history, in private channels
    "groups:read",  # as channels:read, of private channels
    "usergroups:read",  # who is in a group that may change something in AWS?
    "users:read",  # is the asker a full member of this workspace?
)
"""The least that works; each has its reason."""


def manifest(commands: Sequence[Slash]) -> dict[str, Any]:
    """The manifest as Slack reads it."""
    return {
        "display_information": {
            "name": "Noroshi",
            "description": "AWS alerts and answers: what happened, who did it, what it could not see",
            "background_color": "#2b2118",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "noroshi", "always_online": True},
            "slash_commands": [_slash(command) for command in commands],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened"]},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def text(commands: Sequence[Slash]) -> str:
    """The manifest as YAML."""
    head = "# Generated from the commands: noroshi setup slack > manifest.yaml\n"
    return head + yaml.safe_dump(manifest(commands), sort_keys=False, allow_unicode=True, width=110)


def _slash(command: Slash) -> dict[str, Any]:
    return {
        "command": f"/{command.name}",
        "description": command.short_help,
        "usage_hint": f"{' | '.join(command.asks())} | help",
        "should_escape": False,
    }
