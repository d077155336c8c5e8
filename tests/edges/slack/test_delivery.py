"""Nothing goes unacked, nothing is answered twice, and the connection comes back."""

import asyncio
import json

import pytest

from bot.edges.slack import SlackEdge, Tokens
from bot.edges.slack.line import Line
from bot.edges.slack.socket import Socket
from bot.embedded.slack import SlackStandIn, payloads
from bot.errors import NotConfigured, Upstream
from bot.render.safe import hidden
from tests.edges.slack.conftest import MANIFEST, MIKA, FakePorts, look, text
from tests.patience import LONGEST


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("interactive", {"type": "view_closed", "view": {"type": "modal", "callback_id": "form"}}),
        ("interactive", {"type": "view_submission", "view": {"type": "modal", "callback_id": "unknown"}}),
        (
            "interactive",
            {
                "type": "view_submission",
                "view": {"type": "modal", "callback_id": "form", "private_metadata": "nonsense"},
            },
        ),
        ("interactive", {"type": "shortcut", "callback_id": "unknown", "trigger_id": "1"}),
        ("interactive", {"type": "message_action", "callback_id": "unknown", "trigger_id": "2"}),
        ("interactive", {"type": "block_suggestion", "action_id": "unknown", "value": ""}),
        ("interactive", {"type": "something_of_next_year"}),
        ("events_api", {"type": "event_callback", "event": {"type": "reaction_added"}}),
        ("events_api", {"type": "event_callback", "event": {"type": "message", "text": "hello"}}),
        ("slash_commands", {"command": "/never", "text": ""}),
    ],
)
async def test_whatever_slack_sends_is_acked(workspace, kind, payload):
    """Unknown kinds, ids and views are acked at once, so that Slack shows no error and sends nothing again."""
    world = workspace.slack.world
    mika = world.user(MIKA)
    user = {"id": mika.id, "team_id": world.team.id}
    known = {"user": user, "team": {"id": world.team.id}, "team_id": world.team.id, "user_id": mika.id}

    assert await workspace.slack.socket.deliver(kind, payload | known) in ({}, {"text": ""})


async def test_who_submits_an_unknown_form_is_told(workspace):
    """With no channel to answer in, the word comes as a direct message."""
    world = workspace.slack.world
    user = {"id": world.user(MIKA).id, "team_id": world.team.id}
    await workspace.slack.socket.deliver(
        "interactive",
        {
            "type": "view_submission",
            "user": user,
            "team": {"id": world.team.id},
            "view": {"type": "modal", "callback_id": "old"},
        },
    )
    await workspace.until(workspace.dm)

    assert "I don't know this form" in text(workspace.dm()[-1])


async def test_who_chooses_a_shortcut_is_told(workspace):
    """There are none, and silence would look broken."""
    world = workspace.slack.world
    user = {"id": world.user(MIKA).id, "team_id": world.team.id}
    await workspace.slack.socket.deliver(
        "interactive",
        {
            "type": "shortcut",
            "callback_id": "x",
            "user": user,
            "team": {"id": world.team.id},
            "trigger_id": "9",
        },
    )
    await workspace.until(workspace.dm)

    assert "I have no shortcuts" in text(workspace.dm()[-1])


async def test_a_redelivered_event_publishes_once(workspace):
    """Slack sends an event up to four times; its event_id is the same."""
    world = workspace.slack.world
    event = payloads.event(world, {"type": "app_home_opened", "user": world.user(MIKA).id, "tab": "home"})
    for _ in range(3):
        await workspace.slack.socket.send_event(event)
    await workspace.until(lambda: world.modals.homes)
    await workspace.answer("/look now")

    assert len(workspace.calls("views.publish")) == 1


async def test_the_connection_comes_back_after_a_refresh(workspace):
    """Slack asks for a new connection every few hours."""
    await workspace.slack.socket.refresh()
    await asyncio.wait_for(workspace.slack.socket.connected.wait(), LONGEST)

    assert "It is 12:00" in text(await workspace.answer("/look now"))


async def test_a_spent_address_is_given_up_for_a_fresh_one():
    """slack_sdk by itself would try the same dead address for ever."""
    async with SlackStandIn(MANIFEST).serve() as slack, Line(slack.bot_token, slack.api_url) as line:
        edge = SlackEdge([look], FakePorts(), Tokens(slack.bot_token, slack.app_token, "", slack.api_url))
        app = edge._bolt(line, await line.client.auth_test())
        socket = Socket(app, line, slack.app_token)
        dead = slack.address.replace("http", "ws") + "/link/?ticket=used"

        await asyncio.wait_for(socket.connect(dead), LONGEST)
        connected = await socket.connected()
        await socket.close()

    assert connected


@pytest.mark.parametrize(
    ("broken", "says"), [("bot", "does not take my token"), ("app", "does not take my token")]
)
async def test_a_wrong_token_ends_the_start_in_words(broken, says):
    """The operator is told which settings to look at, and the process does not hang."""
    async with SlackStandIn(MANIFEST).serve() as slack:
        tokens = {"bot": slack.bot_token, "app": slack.app_token, "api_url": slack.api_url} | {
            broken: "xoxb-wrong"
        }
        edge = SlackEdge([look], FakePorts(), Tokens(**tokens))
        with pytest.raises(Upstream, match=says) as refused:
            await asyncio.wait_for(edge.start(), LONGEST)
    assert "SLACK_APP_TOKEN" in refused.value.hint


def test_a_mode_without_its_secret_does_not_start():
    """Socket Mode needs an app token, HTTP mode a signing secret."""
    with pytest.raises(NotConfigured, match="app-level token"):
        SlackEdge([look], FakePorts(), Tokens("xoxb-x"))
    with pytest.raises(NotConfigured, match="signing secret"):
        SlackEdge([look], FakePorts(), Tokens("xoxb-x", "xapp-x"), http=("127.0.0.1", 0))


def test_tokens_do_not_show_themselves():
    """Neither in a log nor in a traceback."""
    assert "xoxb" not in repr(Tokens("xoxb-secret", "xapp-secret", "signing"))
    assert "secret" not in repr(Tokens("xoxb-secret", "xapp-secret", "signing-secret"))


HOSTILE = {
    "broadcast": "<!channel>",
    "link": "<https://evil.example|click>",
    "ticks": "`a` ```b``` *c*",
    "right to left": "x\u202egpj.exe",
    "long": "A" * 1500,
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize(
    "words", ["/look at '{}'", "/look at '{}' --since soon", "/look '{}'", "/look at thing --since '{}'"]
)
async def test_hostile_words_are_harmless_in_whatever_slack_gets(workspace, what, words):
    """Notes, answers, errors and buttons: no text in any payload holds live markup or hidden characters."""
    workspace.ports.trail.who = HOSTILE[what]
    await workspace.answer(words.format(HOSTILE[what]))

    sent = workspace.calls("response_url")
    assert sent
    for body in sent:
        assert "<" not in body["text"]
        assert not [char for char in json.dumps(body, ensure_ascii=False) if hidden(char)]
        assert '"mrkdwn"' not in json.dumps(body)
        assert '"broadcast"' not in json.dumps(body)


async def test_hostile_errors_are_harmless(workspace):
    """What AWS wrote into an error message comes alive nowhere."""
    workspace.ports.trail.error = Upstream("Athena: <!channel> <https://evil.example|fix> \u202e", "<@U0123>")

    await workspace.visitor.command(MIKA, "ops", "/look at payroll")
    await workspace.until(lambda: workspace.seen() and "Athena" in text(workspace.seen()[-1]))

    last = workspace.calls("response_url")[-1]
    assert last["text"].startswith("Athena: &lt;!channel&gt;")
    assert '"mrkdwn"' not in json.dumps(last)
    assert "\u202e" not in json.dumps(last, ensure_ascii=False)
