"""The Web API answers and refuses as Slack does, through a real slack_sdk client."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.embedded.slack import SlackStandIn


async def error(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_a_method_that_is_not_served_fails_loudly(client):
    assert (await error(client.api_call("admin.users.list")))["error"] == "unknown_method"


async def test_tokens_are_checked_before_anything_else(slack):
    def with_token(token):
        return AsyncWebClient(token=token, base_url=slack.api_url).chat_postMessage(channel="#ops", text="x")

    assert (await error(with_token(None)))["error"] == "not_authed"
    assert (await error(with_token("xoxb-wrong")))["error"] == "invalid_auth"
    assert (await error(with_token(slack.app_token)))["error"] == "not_allowed_token_type"


async def test_a_scope_that_the_manifest_lacks_is_named(client):
    refused = await error(client.reactions_add(channel="#ops", timestamp="1.0", name="eyes"))

    assert refused["error"] == "missing_scope"
    assert refused["needed"] == "reactions:write"


async def test_a_channel_takes_a_burst_and_then_asks_to_wait(slack, client):
    slack.world.rates.seconds = lambda: 100.0
    for _ in range(4):
        await client.chat_postMessage(channel="#ops", text="x")
    refused = await error(client.chat_postMessage(channel="#ops", text="x"))

    assert refused.status_code == 429
    assert refused["error"] == "ratelimited"
    assert refused.headers["Retry-After"] == "1"


async def test_a_tier_is_counted_by_the_minute(slack, client):
    now = 100.0
    slack.world.rates.seconds = lambda: now
    for _ in range(20):
        await client.conversations_list()
    assert (await error(client.conversations_list())).headers["Retry-After"] == "60"
    now += 60
    assert (await client.conversations_list())["ok"]


async def test_limits_can_be_switched_off(slack, client):
    slack.world.rates.on = False

    assert all([(await client.chat_postMessage(channel="#ops", text="x"))["ok"] for _ in range(9)])


async def test_threads_are_counted_and_read_back(client):
    root = await client.chat_postMessage(
        channel="#ops", text="root", metadata={"event_type": "a", "event_payload": {}}
    )
    await client.chat_postMessage(channel="#ops", text="reply", thread_ts=root["ts"])
    await client.chat_postMessage(channel="#ops", text="loud", thread_ts=root["ts"], reply_broadcast=True)
    history = await client.conversations_history(channel=root["channel"], include_all_metadata=True)
    replies = await client.conversations_replies(channel=root["channel"], ts=root["ts"])

    assert [message["text"] for message in history["messages"]] == ["loud", "root"]
    assert history["messages"][1]["reply_count"] == 2
    assert history["messages"][1]["metadata"]["event_type"] == "a"
    assert [message["text"] for message in replies["messages"]] == ["root", "reply", "loud"]


async def test_metadata_stays_hidden_unless_it_is_asked_for(client):
    await client.chat_postMessage(channel="#ops", text="x", metadata={"event_type": "a", "event_payload": {}})
    channel = (await client.conversations_list())["channels"][2]["id"]

    assert "metadata" not in (await client.conversations_history(channel=channel))["messages"][0]


async def test_ephemeral_messages_cannot_be_found_again(slack, client):
    ops, mika = slack.world.channel("ops").id, slack.world.user("mika.sato").id
    sent = await client.chat_postEphemeral(channel=ops, user=mika, text="psst")

    assert (await error(client.chat_update(channel=ops, ts=sent["message_ts"], text="x")))[
        "error"
    ] == "message_not_found"
    assert (await client.conversations_history(channel=ops))["messages"] == []


async def test_guests_and_strangers_are_told_apart(slack, client):
    dana = (await client.users_info(user=slack.world.user("dana.ruiz").id))["user"]
    kai = (await client.users_info(user=slack.world.user("kai.lund").id))["user"]

    assert (dana["is_restricted"], dana.get("is_stranger")) == (True, None)
    assert (kai["is_stranger"], kai["team_id"] == slack.world.team.id) == (True, False)


async def test_a_file_is_uploaded_into_a_thread(slack, client):
    root = await client.chat_postMessage(channel="#ops", text="root")
    await client.files_upload_v2(
        channel=root["channel"],
        thread_ts=root["ts"],
        content="who,calls\nci,3\n",
        filename="a.csv",
        initial_comment="rows",
    )
    reply = slack.world.channel("ops").messages[-1].body

    assert (reply["thread_ts"], reply["text"]) == (root["ts"], "rows")
    assert reply["files"][0]["name"] == "a.csv"
    assert slack.world.files.get(reply["files"][0]["id"]).content == b"who,calls\nci,3\n"


async def test_methods_that_read_forms_only_ignore_json(slack):
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{slack.api_url}users.info", json={"user": "U1"}) as response,
    ):
        assert (await response.json())["error"] == "invalid_arguments"


async def test_a_trigger_works_once_and_for_three_seconds(slack, client, clock):
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    mika = slack.world.user("mika.sato").id
    trigger = slack.world.modals.trigger(mika)
    late = slack.world.modals.trigger(mika)
    await client.views_open(trigger_id=trigger, view=view)
    clock.forward(seconds=4)

    assert (await error(client.views_open(trigger_id=trigger, view=view)))["error"] == "exchanged_trigger_id"
    assert (await error(client.views_open(trigger_id=late, view=view)))["error"] == "expired_trigger_id"
    assert (await error(client.views_open(trigger_id="made.up", view=view)))["error"] == "invalid_trigger_id"


async def test_a_fourth_modal_does_not_fit_and_an_old_hash_conflicts(slack, client):
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    mika = slack.world.user("mika.sato").id

    def trigger():
        return slack.world.modals.trigger(mika)

    first = await client.views_open(trigger_id=trigger(), view=view)
    for _ in range(2):
        await client.views_push(trigger_id=trigger(), view=view)
    await client.views_update(view_id=first["view"]["id"], view=view, hash=first["view"]["hash"])
    again = client.views_update(view_id=first["view"]["id"], view=view, hash=first["view"]["hash"])

    assert (await error(client.views_push(trigger_id=trigger(), view=view)))["error"] == "push_limit_reached"
    assert (await error(again))["error"] == "hash_conflict"


async def test_a_response_url_works_five_times_within_thirty_minutes(slack, clock):
    url = slack.world.hooks.new(slack.world.user("mika.sato").id, slack.world.channel("ops").id)
    late = slack.world.hooks.new(slack.world.user("mika.sato").id, slack.world.channel("ops").id)
    async with aiohttp.ClientSession() as session:

        async def respond(to, **body):
            async with session.post(to, json=body) as response:
                return response.status, await response.text()

        answers = [await respond(url, text="x") for _ in range(5)]
        used = await respond(url, text="x")
        clock.forward(minutes=31)
        expired = await respond(late, text="x")

    assert answers == [(200, "ok")] * 5
    assert (used[0], "used_url" in used[1]) == (404, True)
    assert (expired[0], "expired_url" in expired[1]) == (404, True)


def test_the_same_seed_makes_the_same_ids(clock):
    one, other = (SlackStandIn({}, seed=7, clock=clock).world for _ in range(2))

    assert (one.team, one.bot_token, list(one.channels)) == (
        other.team,
        other.bot_token,
        list(other.channels),
    )
