"""Channels that are made, archived, renamed, left and deleted, as the Web API then sees them."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.deploy.manifest import SCOPES
from bot.embedded.slack import SlackStandIn


async def refusal(call):
    with pytest.raises(SlackApiError) as told:
        await call
    return told.value.response["error"]


async def names(method, **asked):
    found, cursor = [], None
    while True:
        page = await method(cursor=cursor, **asked)
        found += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            return found


async def test_an_archived_channel_takes_nothing_and_is_still_read(slack, client):
    sent = await client.chat_postMessage(channel="#ops", text="x")
    where = sent["channel"]
    slack.world.admin.archive("#ops")

    assert await refusal(client.chat_postMessage(channel="#ops", text="x")) == "is_archived"
    assert await refusal(client.chat_update(channel=where, ts=sent["ts"], text="x")) == "is_inactive"
    upload = client.files_upload_v2(channel=where, content="a", filename="a.txt")
    assert await refusal(upload) == "is_archived"
    assert len((await client.conversations_history(channel=where))["messages"]) == 1
    assert (await client.conversations_info(channel=where))["channel"]["is_archived"]
    assert "ops" in await names(client.conversations_list)
    assert "ops" not in await names(client.conversations_list, exclude_archived=True)

    slack.world.admin.archive("#ops", archived=False)
    assert (await client.chat_postMessage(channel="#ops", text="x"))["ok"]


async def test_a_channel_without_the_bot_takes_nothing_of_it(slack, client):
    ops = slack.world.channel("ops").id
    slack.world.admin.remove("#ops")

    assert await refusal(client.chat_postMessage(channel="#ops", text="x")) == "not_in_channel"
    assert await refusal(client.conversations_history(channel=ops)) == "not_in_channel"
    assert "ops" not in await names(client.users_conversations)
    slack.world.admin.invite("#ops")
    assert "ops" in await names(client.users_conversations)


async def test_a_deleted_channel_and_a_strange_private_one_are_not_found(slack, client):
    secret = slack.world.admin.create("board", private=True, members=[slack.world.user("mika.sato").id])
    slack.world.admin.delete("#ops")
    both = {"types": "public_channel,private_channel"}

    for channel in ("#ops", "#board", secret.id):
        assert await refusal(client.chat_postMessage(channel=channel, text="x")) == "channel_not_found"
    assert "board" not in await names(client.conversations_list, **both)
    slack.world.admin.invite("#board")
    assert "board" in await names(client.conversations_list, **both)


async def test_a_response_url_of_a_deleted_channel_takes_nothing(slack):
    url = slack.world.hooks.new(slack.world.user("mika.sato").id, slack.world.channel("ops").id)
    slack.world.admin.delete("#ops")
    async with aiohttp.ClientSession() as session, session.post(url, json={"text": "x"}) as response:
        assert response.status == 404


async def test_a_renamed_channel_keeps_its_id(slack, client):
    ops = slack.world.channel("ops").id
    slack.world.admin.rename("#ops", "operations")

    assert (await client.chat_postMessage(channel="#operations", text="x"))["channel"] == ops
    assert await refusal(client.chat_postMessage(channel="#ops", text="x")) == "channel_not_found"


async def test_only_posting_knows_names(slack, client):
    sent = await client.chat_postMessage(channel="ops", text="x")

    for call in (
        client.chat_update(channel="#ops", ts=sent["ts"], text="x"),
        client.conversations_history(channel="#ops"),
        client.conversations_members(channel="ops"),
        client.files_upload_v2(channel="#ops", content="a", filename="a.txt"),
    ):
        assert await refusal(call) == "channel_not_found"


async def test_channels_come_in_pages(slack, client):
    for n in range(30):
        slack.world.admin.create(f"c{n}")

    for method in (client.conversations_list, client.users_conversations):
        found = await names(method, limit=7)
        assert len(found) == len(set(found)) == 34


async def test_members_come_in_pages(slack, client):
    ops, found, cursor = slack.world.channel("ops"), [], None
    while cursor != "":
        page = await client.conversations_members(channel=ops.id, limit=2, cursor=cursor)
        assert len(page["members"]) <= 2
        found += page["members"]
        cursor = page["response_metadata"]["next_cursor"]

    assert sorted(found) == sorted(ops.members)
    assert await refusal(client.conversations_members(channel=ops.id, cursor="x")) == "invalid_cursor"


async def test_a_user_group_tells_who_is_in_it(clock):
    async with SlackStandIn(
        {"oauth_config": {"scopes": {"bot": list(SCOPES)}}}, clock=clock
    ).serve() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        (group,) = slack.world.usergroups
        told = await client.usergroups_users_list(usergroup=group)

        assert told["users"] == [slack.world.user(name).id for name in ("mika.sato", "ben.okafor")]
        assert await refusal(client.usergroups_users_list(usergroup="S0")) == "no_such_subteam"
