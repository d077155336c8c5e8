"""A message is found again by its token, so that a lost answer makes no second alert; and rooms by their names."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.slack_channels import EVENT_TYPE, SlackChannels
from bot.core.view import View
from bot.deploy.manifest import SCOPES
from bot.embedded.slack import (
    CUT,
    DONE_BUT_CUT,
    DONE_BUT_ERROR,
    DONE_BUT_TIMEOUT,
    SERVER_ERROR,
    Fault,
    SlackStandIn,
)
from bot.errors import Gone, NoSuchPlace, Unanswered
from bot.ports import Sending
from bot.render.blocks import payload
from tests.fakes import StandingClock

MANIFEST = {"oauth_config": {"scopes": {"bot": list(SCOPES)}}}
START = datetime(2026, 11, 23, 3, 11, tzinfo=UTC)
LOST = [DONE_BUT_TIMEOUT, DONE_BUT_CUT, DONE_BUT_ERROR, Fault(text="<html>", status=502, done=True)]


@pytest.fixture
def clock():
    return StandingClock(START)


@pytest.fixture
async def slack(clock):
    async with SlackStandIn(MANIFEST, clock=clock).serve() as served:
        served.world.rates.on = False
        yield served


def connected(slack, timeout_seconds=5):
    return SlackChannels(slack.bot_token, payload, base_url=slack.api_url, timeout_seconds=timeout_seconds)


async def post(channels, channel="#security", title="A key is used", **sending):
    return await asyncio.to_thread(channels.post, channel, View(title), Sending(**sending))


async def find(channels, token, channel="#security", since=START, thread=""):
    return await asyncio.to_thread(channels.find, channel, token, since=since, thread=thread)


def methods(slack):
    return [method for method, _ in slack.world.calls]


def fill(slack, count, **rest):
    """Other messages of the bot's."""
    channel = slack.world.channel("security")
    for n in range(count):
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"token": f"other-{n}"}}
        slack.world.post(channel, slack.world.as_bot({"text": "x", "metadata": metadata} | rest))


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("threaded", [False, True])
async def test_what_was_posted_without_an_answer_is_found(slack, fault, threaded):
    """By another process too, which has nothing but the channel's name and the token."""
    root = await post(connected(slack))
    where = {"thread": root} if threaded else {}
    slack.world.faults.next_calls("chat.postMessage", fault)
    with pytest.raises(Unanswered):
        await post(connected(slack, 0.2), token="t-1", **where)

    found = await find(connected(slack), "t-1", **where)

    standing = [message.ts for message in slack.world.channel("security").messages]
    assert found == standing[-1]
    assert len(standing) == 2


@pytest.mark.parametrize("fault", [CUT, SERVER_ERROR])
async def test_what_was_not_posted_is_not_found(slack, fault):
    slack.world.faults.next_calls("chat.postMessage", fault)
    with pytest.raises(Unanswered):
        await post(connected(slack), token="t-1")

    assert await find(connected(slack), "t-1") is None


@pytest.mark.parametrize("threaded", [False, True])
async def test_the_search_goes_through_all_pages(slack, threaded):
    channels = connected(slack)
    root = await post(channels)
    where = {"thread": root} if threaded else {}
    first = await post(channels, token="t-first", **where)
    fill(slack, 450, **({"thread_ts": root} if threaded else {}))
    last = await post(channels, token="t-last", **where)

    assert await find(channels, "t-first", **where) == first
    assert await find(channels, "t-last", **where) == last
    assert await find(channels, "t-none", **where) is None


async def test_a_search_that_breaks_off_never_says_that_nothing_is_there(slack):
    channels = connected(slack)
    await post(channels, token="t-1")
    fill(slack, 250)
    slack.world.faults.next_calls("conversations.history", Fault())
    slack.world.faults.next_calls("conversations.history", SERVER_ERROR)

    with pytest.raises(Unanswered):
        await find(channels, "t-1")


async def test_it_looks_no_further_back_than_it_must_but_clocks_differ(slack, clock):
    channels = connected(slack)
    early = await post(channels, token="early")
    clock.now += timedelta(seconds=70)
    near = await post(channels, token="near")
    since = START + timedelta(seconds=100)

    assert early < near
    assert await find(channels, "near", since=since) == near
    assert await find(channels, "early", since=since) is None


async def test_an_edited_alert_and_a_broadcast_reply_are_found(slack):
    channels = connected(slack)
    root = await post(channels, token="t-1")
    await asyncio.to_thread(channels.update, "#security", root, View("Again"))
    loud = await post(channels, token="t-2", thread=root, broadcast=True)

    assert await find(channels, "t-1") == root
    assert await find(channels, "t-2", thread=root) == loud
    assert await find(channels, "t-2") == loud


async def test_somebody_elses_message_with_our_token_is_not_ours(slack):
    """Metadata is readable and can be written by any app of the workspace."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"token": "t-1"}}
    ops = slack.world.channel("security")
    for author in ({"user": "U0EVIL", "bot_id": "B0EVIL", "app_id": "A0EVIL"}, {"user": "U0EVIL"}):
        slack.world.post(ops, author | {"text": "x", "metadata": metadata})
    channels = connected(slack)

    assert await find(channels, "t-1") is None
    ours = await post(channels, token="t-1")
    assert await find(channels, "t-1") == ours
    assert methods(slack).count("auth.test") == 1


async def test_another_event_of_ours_with_the_same_token_is_no_alert(slack):
    metadata = {"event_type": "other", "event_payload": {"token": "t-1"}}
    slack.world.post(slack.world.channel("security"), slack.world.as_bot({"text": "x", "metadata": metadata}))

    assert await find(connected(slack), "t-1") is None


async def test_a_thread_that_is_no_more_is_gone(slack):
    with pytest.raises(Gone):
        await find(connected(slack), "t-1", thread="1700000000.000001")


async def test_a_name_that_was_posted_to_needs_no_list(slack):
    channels = connected(slack)
    ts = await post(channels)
    await asyncio.to_thread(channels.update, "#security", ts, View("Again"))
    await find(channels, "t-1")

    assert "users.conversations" not in methods(slack)


async def test_names_are_looked_up_once_and_ids_never(slack):
    channels, room = connected(slack), slack.world.channel("security").id
    for channel in ("#security", "security", "#ops", room):
        await find(channels, "t-1", channel)
        await find(channels, "t-1", channel)

    assert methods(slack).count("users.conversations") <= 2
    assert methods(slack).count("conversations.history") == 8


async def test_a_channel_on_a_later_page_and_a_private_one_are_known(slack):
    for n in range(1100):
        slack.world.admin.create(f"c{n}")
    slack.world.admin.create("quiet", private=True)

    assert await find(connected(slack), "t-1", "#quiet") is None
    assert methods(slack).count("users.conversations") == 2


@pytest.mark.parametrize("archived", [False, True])
async def test_a_name_that_moved_to_another_channel_is_asked_again_once(slack, archived):
    channels = connected(slack)
    await post(channels)
    if archived:
        slack.world.admin.archive("#security")
        slack.world.admin.rename("#security", "security-old")
    else:
        slack.world.admin.delete("#security")
    made = slack.world.admin.create("security")
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"token": "t-2"}}
    moved = slack.world.post(made, slack.world.as_bot({"text": "x", "metadata": metadata}))
    await asyncio.to_thread(channels.update, "#security", moved.ts, View("Again"))

    assert moved.body["text"] == "Again"
    assert await find(channels, "t-2") == moved.ts


async def test_a_name_of_no_channel_any_more_is_refused_with_slacks_reason(slack):
    channels = connected(slack)
    ts = await post(channels)
    slack.world.admin.archive("#security")
    with pytest.raises(NoSuchPlace, match="#security is archived"):
        await asyncio.to_thread(channels.update, "#security", ts, View("Again"))
    with pytest.raises(NoSuchPlace, match="I am in no channel #nowhere"):
        await find(channels, "t-1", "#nowhere")


async def test_a_persons_direct_messages_are_edited_where_they_are(slack):
    """Slack posts to a person's id, but edits only by the conversation's."""
    channels, mika = connected(slack), slack.world.user("mika.sato").id
    ts = await post(channels, mika)
    await asyncio.to_thread(channels.update, mika, ts, View("Again"))

    assert slack.world.im(mika).message(ts).body["text"] == "Again"
