"""Alerts posted, edited and filled with files over the real client; each failure as what it is."""

import asyncio

import pytest

from bot.adapters.slack_channels import SlackChannels
from bot.embedded.slack import (
    BAD_GATEWAY,
    CUT,
    RATELIMITED,
    SERVER_ERROR,
    TIMEOUT,
    UNAVAILABLE,
    Fault,
    SlackStandIn,
)
from bot.errors import BadForm, BadRequest, Gone, NoSuchPlace, Throttled, Unanswered, Upstream
from bot.ports import Sending
from bot.render.blocks import payload
from tests.adapters.alerts_told import ALERT, MANIFEST, OVER, PICTURE, PICTURES, WORSE


@pytest.fixture
async def slack():
    async with SlackStandIn(MANIFEST).serve() as served:
        yield served


@pytest.fixture
def channels(slack):
    return SlackChannels(
        slack.bot_token, payload, lambda view: PICTURES[view.title], base_url=slack.api_url, timeout_seconds=5
    )


async def post(channels, channel="#security", view=ALERT, **sending):
    return await asyncio.to_thread(channels.post, channel, view, Sending(**sending))


async def update(channels, ts, view=WORSE, channel="#security", **sending):
    await asyncio.to_thread(channels.update, channel, ts, view, Sending(**sending))


async def attach(channels, thread, channel="#security"):
    await asyncio.to_thread(channels.attach, channel, thread, OVER)


def standing(slack, ts, channel="security"):
    return slack.world.channel(channel).message(ts).body


def calls(slack):
    return [method for method, _ in slack.world.calls]


async def test_an_alert_stands_in_the_channel_and_is_harmless(slack, channels):
    """The timestamp comes back; nothing in it mentions, links or unfurls."""
    message, sent = standing(slack, await post(channels)), slack.world.calls[-1][1]

    assert "&lt;!channel&gt;" in message["text"]
    assert sent["unfurl_links"] in {False, "0", "false", "False"}
    assert sent["unfurl_media"] in {False, "0", "false", "False"}
    assert "link_names" not in sent
    assert "mrkdwn" not in str(message)
    assert "metadata" not in message


@pytest.mark.parametrize(
    ("mention", "element"),
    [
        ("<!here>", {"type": "broadcast", "range": "here"}),
        ("<@U0123>", {"type": "user", "user_id": "U0123"}),
        ("<!subteam^S0123>", {"type": "usergroup", "usergroup_id": "S0123"}),
    ],
)
async def test_a_mention_by_rule_rings_and_stays(slack, channels, mention, element):
    """It is an element of its own before the alert."""
    ts = await post(channels, mention=mention)
    assert standing(slack, ts)["blocks"][0]["elements"][0]["elements"] == [element]

    await update(channels, ts, mention=mention)
    assert standing(slack, ts)["blocks"][0]["elements"][0]["elements"] == [element]
    await update(channels, ts)
    assert standing(slack, ts)["blocks"][0]["type"] == "header"


@pytest.mark.parametrize(
    "mention", ["@here", "<!here|x>", "<!channel> and more", "<https://evil.example>", "U0123"]
)
async def test_anything_else_is_no_mention(slack, channels, mention):
    """A settings file with a typo is told, not posted."""
    with pytest.raises(BadRequest, match="no mention"):
        await post(channels, mention=mention)
    assert slack.world.channel("security").messages == []


async def test_the_token_and_the_problems_key_travel_with_the_message(slack, channels):
    ts = await post(channels, token="t-1", key="k" * 900)

    told = standing(slack, ts)["metadata"]
    assert told == {"event_type": "noroshi_alert", "event_payload": {"token": "t-1", "key": "k" * 500}}


async def test_a_reply_stands_in_its_thread_and_a_broadcast_in_the_channel_too(slack, channels):
    root = await post(channels)
    quiet, loud = await post(channels, thread=root), await post(channels, thread=root, broadcast=True)

    assert standing(slack, quiet)["thread_ts"] == standing(slack, loud)["thread_ts"] == root
    assert "subtype" not in standing(slack, quiet)
    assert standing(slack, loud)["subtype"] == "thread_broadcast"


async def test_an_update_says_something_else_and_keeps_the_rest(slack, channels):
    root = await post(channels, token="t-1", key="k")
    loud = await post(channels, token="t-2", thread=root, broadcast=True)
    for ts in (root, loud):
        await update(channels, ts)

    assert "again" in standing(slack, root)["text"]
    assert standing(slack, root)["attachments"][0]["color"] == "#c62828"
    assert standing(slack, root)["metadata"]["event_payload"] == {"token": "t-1", "key": "k"}
    assert standing(slack, loud)["metadata"]["event_payload"]["token"] == "t-2"
    assert (standing(slack, loud)["thread_ts"], standing(slack, loud)["subtype"]) == (
        root,
        "thread_broadcast",
    )
    assert standing(slack, root)["reply_count"] == 1


async def test_an_update_without_attachments_takes_the_old_ones_away(slack, channels):
    ts = await post(channels)
    assert standing(slack, ts)["attachments"]

    await update(channels, ts, OVER)

    assert standing(slack, ts)["attachments"] == []
    assert [block["type"] for block in standing(slack, ts)["blocks"]] == ["header"]


async def test_an_update_gives_the_token_again_where_it_is_told(slack, channels):
    ts = await post(channels)
    await update(channels, ts, token="t-9", key="k")

    assert standing(slack, ts)["metadata"]["event_payload"] == {"token": "t-9", "key": "k"}


async def test_a_picture_stands_in_the_thread_and_says_in_words_what_it_shows(slack, channels):
    root = await post(channels)
    await attach(channels, root)

    reply = slack.world.channel("security").messages[-1].body
    file = slack.world.files.get(reply["files"][0]["id"])
    assert (reply["thread_ts"], file.name, file.content) == (root, PICTURE.name, PICTURE.content)
    assert (file.title, file.alt_txt) == (PICTURE.title, PICTURE.alt)


async def test_a_view_that_has_no_picture_brings_no_file(slack, channels):
    root = await post(channels)
    await asyncio.to_thread(channels.attach, "#security", root, ALERT)

    assert len(slack.world.channel("security").messages) == 1


FAULTS = [
    (RATELIMITED, Throttled),
    (SERVER_ERROR, Unanswered),
    (UNAVAILABLE, Unanswered),
    (BAD_GATEWAY, Unanswered),
    (CUT, Unanswered),
    (Fault(text="<html>a captive portal</html>"), Unanswered),
    (Fault(error="fatal_error"), Unanswered),
    (Fault(error="not_in_channel"), NoSuchPlace),
    (Fault(error="invalid_blocks"), BadForm),
    (Fault(error="invalid_auth"), Upstream),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS, ids=lambda each: getattr(each, "__name__", None))
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "files.completeUploadExternal"])
async def test_each_failure_is_what_it_is_and_is_not_tried_again(slack, channels, method, fault, kind):
    act = {"chat.postMessage": post, "chat.update": update, "files.completeUploadExternal": attach}[method]
    ts = await post(channels)
    slack.world.calls.clear()
    slack.world.faults.next_calls(method, fault, times=9)

    with pytest.raises(Upstream) as told:
        await (act(channels) if act is post else act(channels, ts))

    assert type(told.value) is kind
    assert told.value.__cause__ is not None
    assert calls(slack).count(method) == 1


async def test_a_limit_names_the_seconds(slack, channels):
    slack.world.faults.next_calls("chat.postMessage", Fault(error="ratelimited", status=429, retry_after=17))
    with pytest.raises(Throttled) as told:
        await post(channels)

    assert told.value.retry_after == 17


async def test_a_burst_ends_in_slacks_own_limit(slack, channels):
    slack.world.rates.seconds = lambda: 100.0
    for _ in range(4):
        await post(channels)
    with pytest.raises(Throttled):
        await post(channels)


async def test_a_slow_slack_is_waited_for_so_long_and_no_longer(slack):
    hasty = SlackChannels(slack.bot_token, payload, base_url=slack.api_url, timeout_seconds=0.1)
    slack.world.faults.next_calls("chat.postMessage", TIMEOUT)
    with pytest.raises(Unanswered, match="TimeoutError"):
        await post(hasty)
    assert calls(slack) == ["chat.postMessage"]


async def test_where_nothing_listens_nothing_has_happened():
    nowhere = SlackChannels("xoxb-x", payload, base_url="http://127.0.0.1:9/api/")
    with pytest.raises(Upstream, match="can't be reached") as told:
        await post(nowhere)
    assert type(told.value) is Upstream


async def test_an_outage_ends(slack, channels):
    slack.world.faults.outage = True
    for act in (post(channels), update(channels, "1.1", channel="C0"), attach(channels, "1.1", channel="C0")):
        with pytest.raises(Unanswered):
            await act
    slack.world.faults.outage = False

    assert await post(channels)


async def test_the_servers_own_refusals_are_translated(slack, channels):
    """A wrong token, a missing scope, an archived channel, one that the bot left, one that never was."""
    wrong = SlackChannels("xoxb-wrong", payload, base_url=slack.api_url)
    with pytest.raises(Upstream, match="does not take my token"):
        await post(wrong)
    slack.world.admin.archive("#ops")
    slack.world.admin.remove("#billing")
    for channel in ("#ops", "#billing", "#nowhere"):
        with pytest.raises(NoSuchPlace):
            await post(channels, channel)
        with pytest.raises(NoSuchPlace):
            await update(channels, "1.1", channel=channel)
        with pytest.raises(NoSuchPlace):
            await attach(channels, "", channel)
    async with SlackStandIn({"oauth_config": {"scopes": {"bot": []}}}).serve() as bare:
        with pytest.raises(Upstream, match="I lack chat:write"):
            await post(SlackChannels(bare.bot_token, payload, base_url=bare.api_url))


async def test_a_message_that_was_deleted_is_gone(slack, channels):
    ts = await post(channels)
    slack.world.delete(slack.world.channel("security").message(ts))

    with pytest.raises(Gone):
        await update(channels, ts)
    with pytest.raises(Gone):
        await post(channels, thread=ts)


async def test_a_message_of_somebody_elses_cannot_be_changed(slack, channels):
    said = await slack.visitor.say("mika.sato", "#security", "mine")
    with pytest.raises(Gone):
        await update(channels, said.ts)


async def test_a_form_that_slack_refuses_is_a_bad_form(slack):
    long = SlackChannels(
        slack.bot_token,
        lambda view: payload(view) | {"blocks": [{"type": "header", "text": "no"}]},
        base_url=slack.api_url,
    )
    with pytest.raises(BadForm):
        await post(long)


async def test_a_file_whose_bytes_were_refused_is_not_there(slack, channels):
    """The upload has its own address, and nothing is seen before its last step: a plain no."""
    slack.world.faults.next_calls("upload", SERVER_ERROR)
    root = await post(channels)
    with pytest.raises(Upstream, match="did not take the file") as told:
        await attach(channels, root)

    assert type(told.value) is Upstream
    assert len(slack.world.channel("security").messages) == 1


@pytest.mark.parametrize("channel", ["#security", "security"])
async def test_a_message_is_found_at_its_address(slack, channels, channel):
    ts = await post(channels)

    address = await asyncio.to_thread(channels.link, channel, ts)
    assert address.startswith("https://")
    assert address.endswith(f"/p{ts.replace('.', '')}")


async def test_a_message_that_is_not_there_has_no_address(channels):
    with pytest.raises(Upstream):
        await asyncio.to_thread(channels.link, "#security", "1.000001")
