"""Posting alerts to Slack over the real client, and Slack's refusals in words."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.adapters.slack import SlackChannels, direct, refused
from bot.core.severity import Severity
from bot.core.view import Paragraph, View
from bot.embedded.slack import RATELIMITED, SERVER_ERROR, Fault, SlackStandIn
from bot.errors import BadRequest, Throttled, Upstream
from bot.render.blocks import payload

ALERT = View(
    "Key of user <!channel> is used from a new address",
    (Paragraph((("from ", "`192.0.2.7` <https://evil.example|here>"),)),),
    severity=Severity.HIGH,
)
MANIFEST = {
    "features": {"bot_user": {"display_name": "noroshi"}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}


@pytest.fixture
async def slack():
    async with SlackStandIn(MANIFEST).serve() as served:
        yield served


async def post(slack, channel="#security", **options):
    channels = SlackChannels(options.pop("token", slack.bot_token), payload, base_url=slack.api_url)
    return await asyncio.to_thread(channels.post, channel, ALERT, **options)


async def test_an_alert_stands_in_the_channel_and_is_harmless(slack):
    """The timestamp comes back; nothing in it mentions, links or unfurls."""
    ts = await post(slack)

    message = slack.world.channel("security").message(ts)
    sent = slack.world.calls[-1][1]
    assert "&lt;!channel&gt;" in message.body["text"]
    assert sent["unfurl_links"] in {False, "0", "false", "False"}
    assert sent["unfurl_media"] in {False, "0", "false", "False"}
    assert "link_names" not in sent
    assert "mrkdwn" not in str(message.body)


@pytest.mark.parametrize(
    ("mention", "element"),
    [
        ("<!here>", {"type": "broadcast", "range": "here"}),
        ("<@U0123>", {"type": "user", "user_id": "U0123"}),
        ("<!subteam^S0123>", {"type": "usergroup", "usergroup_id": "S0123"}),
    ],
)
async def test_a_mention_by_rule_rings(slack, mention, element):
    """It is an element of its own before the alert."""
    ts = await post(slack, mention=mention)

    first = slack.world.channel("security").message(ts).body["blocks"][0]
    assert first["elements"][0]["elements"] == [element]


@pytest.mark.parametrize(
    "mention", ["@here", "<!here|x>", "<!channel> and more", "<https://evil.example>", "U0123"]
)
async def test_anything_else_is_no_mention(slack, mention):
    """A settings file with a typo is told, not posted."""
    with pytest.raises(BadRequest, match="no mention"):
        await post(slack, mention=mention)
    assert slack.world.channel("security").messages == []


async def test_a_limit_is_waited_out(slack):
    """429 with Retry-After: the alert is posted all the same, once."""
    slack.world.faults.next_calls("chat.postMessage", RATELIMITED)
    await post(slack)

    assert len(slack.world.channel("security").messages) == 1
    assert len(slack.world.calls) == 2


async def test_a_stumbling_server_is_tried_again(slack):
    """One 500 loses no alert."""
    slack.world.faults.next_calls("chat.postMessage", SERVER_ERROR)
    await post(slack)

    assert len(slack.world.channel("security").messages) == 1


@pytest.mark.parametrize(
    ("fault", "message", "hint"),
    [
        ("channel_not_found", "won't let me post in #security", "/invite @noroshi in #security"),
        ("not_in_channel", "won't let me post in #security", "/invite @noroshi in #security"),
        ("is_archived", "#security is archived", "Unarchive"),
        ("invalid_blocks", "refused the form", "bug of mine"),
        ("restricted_action", "Slack said no: restricted_action", "noroshi doctor"),
    ],
)
async def test_refusals_say_whose_turn_it_is(slack, fault, message, hint):
    """Each code becomes words and the next step."""
    slack.world.faults.next_calls("chat.postMessage", Fault(error=fault))
    with pytest.raises(Upstream, match=message) as told:
        await post(slack)
    assert hint in told.value.hint
    assert isinstance(told.value.__cause__, SlackApiError)


async def test_real_refusals_are_translated(slack):
    """A wrong token, a missing scope and a channel without the bot, as the server itself says them."""
    with pytest.raises(Upstream, match="does not take my token"):
        await post(slack, token="xoxb-wrong")
    with pytest.raises(Upstream, match="won't let me post in #nowhere"):
        await post(slack, channel="#nowhere")
    async with SlackStandIn({"oauth_config": {"scopes": {"bot": []}}}).serve() as bare:
        with pytest.raises(Upstream, match="I lack chat:write"):
            await post(bare)


async def test_an_absent_slack_is_told(slack):
    """Nothing listens there: no exception of the library's gets through."""
    gone = SlackChannels("xoxb-x", payload, base_url="http://127.0.0.1:9/api/")
    gone._client.retry_handlers = []
    with pytest.raises(Upstream, match="can't be reached"):
        await asyncio.to_thread(gone.post, "#security", ALERT)


def test_a_limit_that_outlasts_the_waiting_is_throttled():
    """So that a queue keeps the message for later."""
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": "ratelimited"},
        headers={},
        status_code=429,
    )
    assert isinstance(refused(SlackApiError("no", response)), Throttled)


@pytest.mark.parametrize("response", ["<html>", {}, None])
def test_an_answer_that_is_no_json_is_still_told(response):
    """slack_sdk puts whatever came in this place."""
    assert "unknown_error" in refused(SlackApiError("no", response)).message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8080/api/", True),
        ("http://localhost/api/", True),
        ("https://slack.com/api/", False),
    ],
)
def test_no_proxy_stands_before_loopback(url, expected, monkeypatch):
    """The embedded world is reached directly even where a proxy is set."""
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    assert direct(url) is expected
