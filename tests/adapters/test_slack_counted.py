"""Slack's calls are counted by Slack's own names, and by what came of them."""

import asyncio

import pytest

from bot.adapters.slack_channels import SlackChannels
from bot.core.view import View
from bot.deploy.manifest import SCOPES
from bot.edges.slack.line import Line
from bot.embedded.slack import RATELIMITED, SlackStandIn
from bot.errors import Throttled, Upstream
from bot.render.blocks import payload
from tests.counts import Counts

MANIFEST = {
    "features": {"bot_user": {"display_name": "noroshi"}},
    "oauth_config": {"scopes": {"bot": list(SCOPES)}},
}
VIEW = View("Port 22 of web-prod is open to the internet")


@pytest.fixture
async def slack():
    async with SlackStandIn(MANIFEST).serve() as served:
        yield served


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def channels(slack, counts):
    return SlackChannels(slack.bot_token, payload, base_url=slack.api_url, timeout_seconds=5, counting=counts)


async def test_an_alerts_post_is_one_call(channels, counts):
    await asyncio.to_thread(channels.post, "#security", VIEW)

    assert counts.slack_calls == [("chat.postMessage", "ok")]
    assert 0 < counts.seconds[0] < 60


async def test_a_refusal_is_counted_as_what_it_was(slack, channels, counts):
    slack.world.faults.next_calls("chat.postMessage", RATELIMITED)
    with pytest.raises(Throttled):
        await asyncio.to_thread(channels.post, "#security", VIEW)
    with pytest.raises(Upstream):
        await asyncio.to_thread(channels.post, "#nowhere", VIEW)

    assert counts.slack_calls == [("chat.postMessage", "throttled"), ("chat.postMessage", "no_place")]


async def test_no_answer_is_counted(counts):
    nowhere = SlackChannels("xoxb-x", payload, base_url="http://127.0.0.1:9/api/", counting=counts)
    with pytest.raises(Upstream):
        await asyncio.to_thread(nowhere.post, "#security", VIEW)

    assert counts.slack_calls == [("chat.postMessage", "unanswered")]


async def test_a_file_is_each_of_the_calls_that_it_takes(channels, counts):
    ts = await asyncio.to_thread(channels.post, "#security", VIEW)
    counts.slack_calls.clear()
    await asyncio.to_thread(channels._upload, "#security", {"content": "kind,count", "thread_ts": ts})

    assert counts.slack_calls == [
        ("files.getUploadURLExternal", "ok"),
        ("files.completeUploadExternal", "ok"),
    ]


async def test_what_the_edge_says_is_counted(slack, counts):
    async with Line(slack.bot_token, slack.api_url, counts) as line:
        await line.call(line.client.auth_test)
        with pytest.raises(Upstream):
            await line.call(line.client.users_info, user="U0NOBODY")

    assert counts.slack_calls == [("auth.test", "ok"), ("users.info", "refused")]
