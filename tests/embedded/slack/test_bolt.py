"""A Bolt app and the stand-in understand each other over real sockets."""

import asyncio

import pytest

from bot.embedded.slack import SERVER_ERROR
from tests.embedded.slack.conftest import connected, happening
from tests.patience import LONGEST

FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Mute"},
    "submit": {"type": "plain_text", "text": "Mute"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "7d"}
MESSAGE = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]


def texts(slack, channel="ops"):
    return [message.body["text"] for message in slack.world.channel(channel).messages]


async def test_a_slash_command_is_answered_and_the_answer_replaced(slack, app):
    @app.command("/trail")
    async def trail(ack, respond, command):
        await ack()
        await respond("asking…")
        await respond(f"answer to {command['text']}", replace_original=True)

    outcome = await slack.visitor.command("mika.sato", "#ops", "/trail who-accessed payroll")
    await happening(lambda: "answer to who-accessed payroll" in texts(slack))

    assert outcome.ok
    assert len(texts(slack)) == 1
    assert slack.world.hooks.written(outcome.response_url) == tuple(slack.world.channel("ops").messages)
    assert slack.world.channel("ops").messages[0].only_for == slack.world.user("mika.sato").id


async def test_where_commands_cannot_replace_the_answer_is_a_second_message(slack, app):
    slack.world.hooks.commands_replace = False

    @app.command("/trail")
    async def trail(ack, respond):
        await ack()
        await respond("asking…")
        await respond("answer", replace_original=True)

    slack.world.post(slack.world.channel("ops"), {"text": "somebody else's"})
    outcome = await slack.visitor.command("mika.sato", "#ops", "/trail")
    await happening(lambda: "answer" in texts(slack))

    written = slack.world.hooks.written(outcome.response_url)
    assert [message.body["text"] for message in written] == ["asking…", "answer"]


async def test_an_unknown_command_is_told_to_the_person_alone(slack, app):
    outcome = await slack.visitor.command("mika.sato", "#ops", "/nope x")

    assert outcome.error == "invalid_command"
    assert texts(slack) == ["`/nope` is not a valid command."]


async def test_without_a_connection_the_dispatch_fails(slack):
    assert (await slack.visitor.command("mika.sato", "#ops", "/trail")).error == "dispatch_failed"
    assert "dispatch_failed" in texts(slack)[0]


async def test_without_an_ack_in_time_the_operation_times_out(slack, app):
    slack.socket.ack_seconds = 0.05

    @app.command("/trail")
    async def trail(ack):
        pass

    assert (await slack.visitor.command("mika.sato", "#ops", "/trail")).error == "operation_timeout"


async def test_a_click_reaches_the_app_with_what_slack_sends(slack, app, client):
    seen = asyncio.get_running_loop().create_future()

    @app.action("go")
    async def go(ack, body, respond):
        await ack()
        await respond("done", replace_original=True)
        seen.set_result(body)

    posted = await client.chat_postMessage(channel="#ops", text="Go?", blocks=MESSAGE)
    message = slack.world.channel("ops").message(posted["ts"])
    outcome = await slack.visitor.click("mika.sato", message, "go")
    body = await seen

    assert outcome.ok
    assert body["user"]["name"] == "mika.sato"
    assert body["actions"][0]["value"] == "7d"
    assert body["actions"][0]["block_id"] == "row"
    assert body["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": message.channel,
        "is_ephemeral": False,
    }
    assert message.body["text"] == "done"


async def test_a_modal_is_opened_refused_and_submitted(slack, app, client):
    @app.action("go")
    async def go(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    said = []

    @app.view("form")
    async def form(ack, view):
        words = view["state"]["values"]["why"]["words"]["value"]
        said.append(words)
        if words == "no":
            await ack(response_action="errors", errors={"why": "Say more."})
        else:
            await ack()

    mika = slack.world.user("mika.sato").id
    posted = await client.chat_postMessage(channel="#ops", text="Go?", blocks=MESSAGE)
    await slack.visitor.click(mika, slack.world.channel("ops").message(posted["ts"]), "go")
    await happening(lambda: slack.world.modals.stacks.get(mika))
    view = slack.world.modals.stacks[mika][0]

    assert (await slack.visitor.submit(view)).errors == {"why": "Please complete this required field."}
    assert (await slack.visitor.submit(view, {"words": "no"})).errors == {"why": "Say more."}
    assert (await slack.visitor.submit(view, {"words": "planned work"})).ok
    assert said == ["no", "planned work"]
    assert slack.world.modals.stacks[mika] == []


async def test_a_closed_modal_is_told_to_an_app_that_asked(slack, app):
    closed = []

    @app.view_closed("form")
    async def gone(ack, body):
        await ack()
        closed.append(body["view"]["callback_id"])

    view = slack.world.modals.open(slack.world.modals.trigger(slack.world.user("mika.sato").id), FORM)

    assert (await slack.visitor.close(view)).ok
    assert closed == ["form"]


async def test_the_home_is_published_when_it_is_opened(slack, app):
    @app.event("app_home_opened")
    async def home(event, client):
        block = {"type": "section", "text": {"type": "plain_text", "text": "Good morning"}}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    mika = slack.world.user("mika.sato").id
    await slack.visitor.open_home(mika)
    await happening(lambda: mika in slack.world.modals.homes)

    assert slack.world.modals.homes[mika].body["blocks"][0]["text"]["text"] == "Good morning"


async def test_an_event_without_an_ack_is_sent_three_more_times(slack, app):
    slack.socket.ack_seconds, slack.socket.retry_after_seconds = 0.05, (0, 0, 0)
    attempts = []

    @app.middleware
    async def count(context, req, next_):
        attempts.append(req.headers.get("x-slack-retry-num", ["0"])[0])

    await slack.visitor.open_home("mika.sato")
    await happening(lambda: len(attempts) == 4)

    assert attempts == ["0", "1", "2", "3"]


@pytest.mark.parametrize("fault", ["refresh", "close", "abort"])
async def test_the_app_comes_back_after_its_connection_is_lost(slack, app, fault):
    @app.command("/trail")
    async def trail(ack):
        await ack("here")

    before = slack.socket.connections[0]
    await getattr(slack.socket, fault)()
    await happening(lambda: slack.socket.connections and slack.socket.connections[0] is not before)

    # Told to reconnect and then closed, slack_sdk may connect twice, and give up the first: what is sent there meanwhile
    # is never acked, and whoever typed it types it again.
    slack.socket.ack_seconds = 1
    async with asyncio.timeout(LONGEST):
        while not (await slack.visitor.command("mika.sato", "#ops", "/trail")).ok:
            pass


async def test_a_silent_connection_is_noticed_and_replaced(slack, client):
    async with connected(slack, client, ping_interval=0.2):
        slack.socket.silence()
        before = slack.socket.connections[0]
        await happening(lambda: any(each is not before for each in slack.socket.connections))


async def test_a_server_error_on_order_hits_the_next_call_only(slack, client):
    slack.world.faults.next_calls("chat.postMessage", SERVER_ERROR)

    with pytest.raises(Exception, match="internal_error"):
        await client.chat_postMessage(channel="#ops", text="one")
    assert (await client.chat_postMessage(channel="#ops", text="two"))["ok"]
