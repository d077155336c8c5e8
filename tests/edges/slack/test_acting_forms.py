"""A mute's form counts once, for who may, where it was opened; what is forged or stale is refused in words."""

import json

import pytest

from bot.embedded.slack import payloads
from tests.edges.slack.alerts import alert, form, open_alerts, submit
from tests.edges.slack.conftest import BEN, text


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


async def test_a_form_that_is_submitted_twice_mutes_once(alerts):
    """The same submission again, to either of two replicas."""
    view = await form(alerts, await alerts.tell(alert()))
    world = alerts.slack.world
    state = {
        "what": {"value": {"type": "static_select", "selected_option": {"value": "kind"}}},
        "until": {"value": {"type": "static_select", "selected_option": {"value": "1h"}}},
        "reason": {"value": {"type": "plain_text_input", "value": "why not"}},
    }
    payload = payloads.view_submission(world, world.user("mika.sato"), view, state)

    async with alerts.replica():
        for _ in range(3):
            before = len(alerts.presses())
            await alerts.slack.socket.deliver("interactive", payload)
            await alerts.recorded(before)
    await alerts.run()

    refused = [each["result"] for each in alerts.presses()[-2:]]
    assert all(each.startswith("Forbidden: This click came before") for each in refused)
    assert len([each for each in alerts.messages() if "mika.sato muted" in text(each)]) == 1


async def test_who_left_the_channel_meanwhile_mutes_nothing(alerts):
    view = await form(alerts, await alerts.tell(alert()))
    alerts.slack.world.channel("security").members.discard(alerts.id("mika.sato"))
    alerts.clock.forward(minutes=2)

    pressed = await submit(alerts, view)

    assert pressed["result"].startswith("Forbidden: Only members")
    assert alerts.ledger.store.read("mutes") == {}


async def test_a_form_of_another_channel_mutes_nothing_here(alerts):
    """What a form keeps is only taken at its word where it fits."""
    view = await form(alerts, await alerts.tell(alert()))
    kept = json.loads(view.body["private_metadata"])
    kept["place"]["channel"] = alerts.slack.world.channel("general").id
    view.body["private_metadata"] = json.dumps(kept)

    assert (await submit(alerts, view))["result"].startswith("Forbidden: This is not told in this channel")


@pytest.mark.parametrize(
    "metadata",
    ["", "{}", "[]", "null", "nope", '{"subject":"mutes"}', '{"subject":["x"],"place":7}', "[" * 2900],
)
async def test_a_form_that_i_cannot_read_is_told_in_words(alerts, metadata):
    view = await form(alerts, await alerts.tell(alert()))
    view.body["private_metadata"] = metadata

    pressed = await submit(alerts, view)

    assert pressed["result"].partition(":")[0] in {"BadRequest", "NotFound"}
    assert pressed["user_id"] == alerts.id("mika.sato")


async def test_what_somebody_muted_meanwhile_is_not_muted_again(alerts):
    post = await alerts.tell(alert())
    mine, bens = await form(alerts, post), await form(alerts, post, user=BEN)
    await submit(alerts, mine)

    pressed = await submit(alerts, bens)

    assert pressed["result"].startswith("BadRequest: mika.sato has muted this already: we test the scanner")
    assert len([each for each in alerts.messages() if " muted: " in text(each)]) == 1


async def test_a_scope_that_the_alert_lacks_is_refused_though_the_form_says_it(alerts):
    view = await form(alerts, await alerts.tell(alert(resource=None)))
    what = next(block for block in view.body["blocks"] if block.get("block_id") == "what")
    what["element"]["options"].append({"text": {"type": "plain_text", "text": "x"}, "value": "resource"})

    pressed = await submit(alerts, view, what="resource")

    assert pressed["result"].startswith("BadRequest: This alert names no such thing to mute.")
