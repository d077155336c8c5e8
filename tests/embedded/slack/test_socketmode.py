"""Socket Mode connections: addresses that work once, and no more than ten."""

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


async def address(slack):
    return (await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token))[
        "url"
    ]


async def test_an_address_works_once(slack, session):
    url = await address(slack)
    async with session.ws_connect(url) as ws:
        assert (await ws.receive_json())["type"] == "hello"

    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await session.ws_connect(url)


async def test_an_eleventh_connection_is_sent_away(slack, session):
    ten = [await session.ws_connect(await address(slack)) for _ in range(10)]
    assert [(await ws.receive_json())["num_connections"] for ws in ten] == list(range(1, 11))
    eleventh = await session.ws_connect(await address(slack))

    assert (await eleventh.receive_json())["reason"] == "too_many_websockets"


async def test_an_envelope_goes_to_one_connection_and_its_ack_may_come_from_another(slack, session):
    one, other = [await session.ws_connect(await address(slack)) for _ in range(2)]
    for ws in (one, other):
        await ws.receive_json()

    for taker, giver in (
        (other, one),
        (one, other),
    ):  # in turn: had both got the first, the second would show it
        asking = asyncio.create_task(slack.visitor.command("mika.sato", "#ops", "/trail"))
        envelope = await taker.receive_json()
        assert envelope["type"] == "slash_commands"
        assert envelope["payload"]["user_name"] == "mika.sato"
        await giver.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "here"}})
        assert (await asking).ack == {"text": "here"}

    assert [message.body["text"] for message in slack.world.channel("ops").messages] == ["here", "here"]
