"""What doctor finds of Slack: every channel that alerts may be told in, and what the app may do."""

import asyncio

import pytest

from bot.adapters.slack_checks import slack_checks
from bot.deploy.manifest import SCOPES
from bot.embedded.slack import SlackStandIn

MANIFEST = {
    "settings": {"socket_mode_enabled": True},
    "features": {"bot_user": {"display_name": "noroshi"}},
    "oauth_config": {"scopes": {"bot": list(SCOPES)}},
}


@pytest.fixture
async def slack():
    async with SlackStandIn(MANIFEST).serve() as served:
        yield served


async def found(slack, *channels, scopes=SCOPES):
    checks = slack_checks(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        api_url=slack.api_url,
        scopes=scopes,
        channels=channels,
    )
    return {check.name: await asyncio.to_thread(check.look) for check in checks}


async def test_every_channel_is_looked_at(slack):
    states = await found(slack, "#security", "#nowhere")

    assert states["channel #security"].state == "ok"
    assert states["channel #nowhere"].state == "missing"
    assert "/invite @noroshi" in states["channel #nowhere"].fix


async def test_a_channel_that_the_bot_was_removed_from_is_missing(slack):
    slack.world.admin.remove("#security")

    assert (await found(slack, "#security"))["channel #security"].state == "missing"


async def test_a_scope_that_was_not_granted_is_named(slack):
    states = await found(slack, scopes=(*SCOPES, "admin.everything"))

    assert states["scopes"].message == "the token lacks admin.everything"


async def test_without_any_channel_alerts_are_off(slack):
    assert (await found(slack))["channel"].state == "off"
