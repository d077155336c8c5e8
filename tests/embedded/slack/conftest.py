"""A workspace, a real slack_sdk client, and a real Bolt app on its socket."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.embedded.slack import SlackStandIn

MANIFEST = {
    "display_information": {"name": "Noroshi"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "bot_user": {"display_name": "noroshi"},
        "slash_commands": [
            {"command": "/trail", "description": "Who did what", "usage_hint": "who-accessed BUCKET"}
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 3, 11, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def slack(clock) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(MANIFEST, clock=clock).serve() as served:
        served.socket.ack_seconds = 0.5
        yield served


@pytest.fixture
def client(slack):
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def app(slack, client) -> AsyncIterator[AsyncApp]:
    bolt = AsyncApp(client=client)
    handler = AsyncSocketModeHandler(bolt, slack.app_token, ping_interval=0.2)
    await handler.connect_async()
    await slack.socket.connected.wait()
    yield bolt
    await handler.close_async()
