"""The page's endpoints: for the page alone, as one person, live."""

import json

import aiohttp
import pytest

from bot.embedded.slack.stage import Scene


@pytest.fixture
async def browser(slack):
    async with aiohttp.ClientSession(slack.address) as session:
        yield session


async def state(browser, user):
    async with browser.get(f"/page/state?user={user}") as response:
        return await response.json()


async def test_the_page_and_its_modules_are_served_under_a_strict_policy(browser):
    async with browser.get("/") as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert '<script type="module"' in await response.text()
    async with browser.get("/static/app.js") as response:
        assert response.content_type == "text/javascript"
    async with browser.get("/static/..%2Fserver.py") as response:
        assert response.status == 404


async def test_other_sites_and_other_hosts_may_not_ask(browser):
    async with browser.get("/page/state", headers={"Host": "evil.example"}) as response:
        assert response.status == 403
    async with browser.post("/page/send", json={}, headers={"Origin": "https://evil.example"}) as response:
        assert response.status == 403
    async with browser.post("/page/send", data={"text": "a form"}) as response:
        assert response.status == 415


async def test_ephemeral_messages_are_for_one_person(slack, browser):
    mika, ops = slack.world.user("mika.sato"), slack.world.channel("ops")
    slack.world.post(ops, slack.world.as_bot({"text": "psst"}), only_for=mika.id)

    assert [message["text"] for message in (await state(browser, "mika.sato"))["messages"][ops.id]] == [
        "psst"
    ]
    assert (await state(browser, "ben.okafor"))["messages"][ops.id] == []


async def test_what_is_typed_is_stored_escaped(slack, browser):
    asked = {"user": "mika.sato", "channel": "ops", "text": "<!channel> & @ben.okafor"}
    async with browser.post("/page/send", json=asked) as response:
        assert (await response.json())["ok"]

    ben = slack.world.user("ben.okafor").id
    assert (
        slack.world.channel("ops").messages[0].body["text"] == f"&lt;!channel&gt; &amp; <@{ben}|ben.okafor>"
    )


async def test_changes_arrive_live_and_only_for_those_who_may_see_them(slack, browser):
    mika, ops = slack.world.user("mika.sato"), slack.world.channel("ops")
    async with browser.get("/page/live?user=ben.okafor") as stream:
        assert await stream.content.readline() == b": hello\n"
        slack.world.post(ops, slack.world.as_bot({"text": "secret"}), only_for=mika.id)
        slack.world.post(ops, slack.world.as_bot({"text": "open"}))
        await stream.content.readline()
        told = json.loads((await stream.content.readline()).removeprefix(b"data: "))

    assert (told["kind"], told["message"]["text"]) == ("message", "open")


async def test_nobody_clicks_in_a_message_that_is_not_theirs(slack, browser):
    mika, ops = slack.world.user("mika.sato"), slack.world.channel("ops")
    sent = slack.world.post(ops, slack.world.as_bot({"text": "psst"}), only_for=mika.id)
    asked = {
        "user": slack.world.user("ben.okafor").id,
        "channel": ops.id,
        "ts": sent.ts,
        "block_id": "",
        "action_id": "a",
    }
    async with browser.post("/page/click", json=asked) as response:
        assert response.status == 400


async def test_only_what_is_on_the_stage_can_be_run_and_only_by_the_page(slack, browser):
    ran = []

    async def storm():
        ran.append("storm")

    slack.stage.open({"storm": Scene(lambda: "Storm", storm)}, "calm")

    async with browser.post("/page/stage/storm", json={}) as response:
        assert response.status == 200
    async with browser.post("/page/stage/nothing", json={}) as response:
        assert response.status == 404
    elsewhere = {"Origin": "https://evil.example"}
    async with browser.post("/page/stage/storm", json={}, headers=elsewhere) as response:
        assert response.status == 403
    async with browser.post("/page/stage/storm", data={}) as response:
        assert response.status == 415
    assert ran == ["storm"]


async def test_the_page_learns_what_stands_on_the_stage(slack, browser):
    assert (await state(browser, "mika.sato"))["stage"]["scenes"] == []

    async def nothing():
        pass

    slack.stage.open(
        {"x": Scene(lambda: "X", nothing, "what it does", is_on=lambda: True, is_over=lambda: True)}, "now"
    )

    shown = {"id": "x", "label": "X", "hint": "what it does", "on": True, "over": True}
    assert (await state(browser, "mika.sato"))["stage"] == {"status": "now", "scenes": [shown]}
