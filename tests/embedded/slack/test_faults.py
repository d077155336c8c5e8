"""Faults on order, by chance and all at once, and the count of what was written when."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.embedded.slack import (
    BAD_GATEWAY,
    CUT,
    DONE_BUT_CUT,
    DONE_BUT_ERROR,
    DONE_BUT_TIMEOUT,
    MISHAPS,
    SERVER_ERROR,
    TIMEOUT,
    Fault,
)
from bot.embedded.slack.faults import Faults
from bot.embedded.slack.pace import Pace
from tests.embedded.slack.conftest import happening


@pytest.fixture
def plain(slack):
    """A client that tries nothing again."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def standing(slack):
    return len(slack.world.channel("ops").messages)


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (SERVER_ERROR, False),
        (BAD_GATEWAY, False),
        (CUT, False),
        (TIMEOUT, False),
        (DONE_BUT_ERROR, True),
        (DONE_BUT_CUT, True),
        (DONE_BUT_TIMEOUT, True),
    ],
)
async def test_a_failed_call_did_its_work_or_did_not(slack, plain, fault, done):
    slack.world.faults.next_calls("chat.postMessage", fault)
    asked = asyncio.create_task(plain.chat_postMessage(channel="#ops", text="x"))
    if fault.hang:
        await happening(lambda: slack.world.calls)
        asked.cancel()
    with pytest.raises((SlackApiError, aiohttp.ClientError, asyncio.CancelledError)):
        await asked

    assert standing(slack) == done
    assert (await plain.chat_postMessage(channel="#ops", text="x"))["ok"]


async def test_what_slack_refuses_anyway_is_refused_as_ever(slack, plain):
    slack.world.faults.next_calls("chat.postMessage", DONE_BUT_CUT)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await plain.chat_postMessage(channel="#nowhere", text="x")


async def test_an_outage_is_everywhere_until_it_is_over(slack, client):
    url = slack.world.hooks.new(slack.world.user("mika.sato").id, slack.world.channel("ops").id)
    slack.world.faults.outage = True
    for call in (client.chat_postMessage(channel="#ops", text="x"), client.auth_test()):
        with pytest.raises(SlackApiError) as told:
            await call
        assert told.value.response.status_code == 503
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json={"text": "x"}) as hook,
        session.post(f"{slack.address}/upload/v1/x", data=b"x") as upload,
    ):
        assert (hook.status, upload.status) == (503, 503)
    assert standing(slack) == 0

    slack.world.faults.outage = False
    assert (await client.chat_postMessage(channel="#ops", text="x"))["ok"]


def drawn(rate, seed, count=2000, **rest):
    faults = Faults()
    faults.randomly(rate, seed, **rest)
    return [faults.take("chat.postMessage") for _ in range(count)]


def test_chance_has_a_rate_a_seed_and_kinds():
    taken = drawn(0.1, 7)

    assert 150 < len([fault for fault in taken if fault]) < 250
    assert {fault for fault in taken if fault} == set(MISHAPS)
    assert taken == drawn(0.1, 7)
    assert taken != drawn(0.1, 8)
    assert set(drawn(1, 1, kinds=[CUT])) == {CUT}
    assert set(drawn(1, 1, methods=["chat.update"])) == {None}


def test_an_ordered_fault_comes_before_chance_and_chance_can_end():
    faults = Faults()
    faults.randomly(1, kinds=[CUT])
    faults.next_calls("chat.update", SERVER_ERROR)

    assert faults.take("chat.update") == SERVER_ERROR
    assert faults.take("chat.update") == CUT
    faults.never()
    assert faults.take("chat.update") is None


async def test_a_delay_only_delays(slack, client):
    slack.world.faults.next_calls("chat.postMessage", Fault(delay=0.01))

    assert (await client.chat_postMessage(channel="#ops", text="x"))["ok"]


async def test_what_people_saw_happen_is_counted_by_channel_and_time(slack, client):
    now = 0.0
    slack.world.pace.seconds = lambda: now
    slack.world.rates.on = False
    ops = slack.world.channel("ops").id
    sent = await client.chat_postMessage(channel="#ops", text="x")
    slack.world.faults.next_calls("chat.postMessage", SERVER_ERROR)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="#ops", text="x")
    now = 0.9
    await client.chat_update(channel=ops, ts=sent["ts"], text="y")
    await client.files_upload_v2(channel=ops, content="a", filename="a.txt")
    await client.chat_postMessage(channel="#billing", text="x")

    kinds = [write.kind for write in slack.world.pace.writes if write.channel == ops]
    assert kinds == ["post", "update", "file"]
    assert slack.world.pace.most(ops) == 2
    assert slack.world.pace.most(ops, within=0.5) == 1
    assert slack.world.pace.most(slack.world.channel("billing").id) == 1


@pytest.mark.parametrize(
    ("times", "expected"), [([], 0), ([0], 1), ([0, 1], 1), ([0, 0.99], 2), ([0, 0.5, 1.0, 1.4, 2.6], 3)]
)
def test_the_most_within_a_second_leaves_out_the_second_s_end(times, expected):
    pace, now = Pace(lambda: now[0]), [0.0]
    for at in times:
        now[0] = at
        pace.note("C1", "post")

    assert pace.most("C1") == expected
