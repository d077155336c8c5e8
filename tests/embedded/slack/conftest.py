"""A workspace, a real slack_sdk client, and a real Bolt app on its socket."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.embedded.slack import SlackStandIn
from tests.patience import LONGEST, unhurried

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

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


async def happening(condition):
    """Wait until something holds, by yielding to the loop."""
    async with asyncio.timeout(LONGEST):
        while not condition():  # noqa: ASYNC110 - conditions of many kinds, true within milliseconds
            await asyncio.sleep(0.005)


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
        served.socket.ack_seconds = LONGEST
        yield served


@pytest.fixture
def client(slack):
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@asynccontextmanager
async def connected(slack, client, ping_interval=1.0) -> AsyncIterator[AsyncApp]:
    """A Bolt app on the socket; it takes a connection for dead after four pings without an answer."""
    bolt = AsyncApp(client=client)
    handler = AsyncSocketModeHandler(bolt, slack.app_token, ping_interval=ping_interval)
    await handler.connect_async()
    await slack.socket.connected.wait()
    yield bolt
    await handler.close_async()


@pytest.fixture
async def app(slack, client) -> AsyncIterator[AsyncApp]:
    async with connected(slack, client) as bolt:
        yield bolt


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    playwright = pytest.importorskip("playwright.async_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    async with playwright.async_playwright() as running:
        browser = await running.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=LONGEST * 1000)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def workspace():
    """A workspace for tests of the page, on the loop that they share with Chromium."""
    async with SlackStandIn(MANIFEST).serve() as served:
        unhurried(served)
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def visit(chromium, workspace):
    """Open the page at a place of a screen's size; anything that asks beyond loopback fails the test."""
    opened, beyond = [], []

    async def visit(where="/mika.sato/ops", size=(1280, 900)):
        context = await chromium.new_context(viewport=dict(zip(("width", "height"), size, strict=True)))
        context.on("request", lambda request: beyond.append(request.url))
        context.set_default_timeout(LONGEST * 1000)
        page = await context.new_page()
        opened.append(context)
        await page.goto(f"{workspace.page_url}#{where}")
        await page.locator("#log, .home").wait_for()
        return page

    yield visit
    for context in opened:
        await context.close()
    assert not [url for url in beyond if not url.startswith((workspace.address, "data:"))]
