"""HTTP mode takes only what Slack signed, lately."""

import json
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.embedded.slack import payloads
from tests.edges.slack.conftest import MIKA, text


@pytest.fixture
async def workspace(open_workspace):
    return await open_workspace(http=("127.0.0.1", 0), signing=True)


async def _post(workspace, body, *, secret=None, age=0, kind="application/x-www-form-urlencoded"):
    at = str(int(time.time()) - age)
    signature = SignatureVerifier(secret or workspace.slack.signing_secret).generate_signature(
        timestamp=at, body=body
    )
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
    url = f"http://127.0.0.1:{workspace.edge.door.port}/slack/events"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()


def _command(workspace, words="at payroll"):
    world = workspace.slack.world
    return urlencode(payloads.slash_command(world, world.user(MIKA), world.channel("ops"), "/look", words))


async def test_a_signed_command_is_acked_and_answered(workspace):
    """The ack is empty; the answer comes by the response_url."""
    assert await _post(workspace, _command(workspace)) == (200, "")

    assert "Who touched payroll" in text(await workspace.settled())


@pytest.mark.parametrize(
    ("wrong", "age"),
    [("not-the-secret", 0), (None, 301), (None, -301)],
    ids=["forged", "old", "of the future"],
)
async def test_what_is_not_signed_lately_is_refused(workspace, wrong, age):
    """A wrong secret, and a signature more than five minutes off, get 401 and no answer."""
    status, _ = await _post(workspace, _command(workspace), secret=wrong, age=age)
    assert status == 401
    assert (await _post(workspace, _command(workspace, "now")))[0] == 200
    await workspace.settled()

    assert workspace.ports.trail.asked == []
    assert len(workspace.seen()) == 1


async def test_a_forged_check_of_the_certificate_lets_nothing_in(workspace):
    """`ssl_check=1` is answered without a signature, so it must lead nowhere."""
    forged = _command(workspace) + "&ssl_check=1"
    assert (await _post(workspace, forged, secret="wrong"))[0] == 200
    assert (await _post(workspace, _command(workspace, "now")))[0] == 200
    await workspace.settled()

    assert workspace.ports.trail.asked == []


async def test_slack_may_verify_the_address(workspace):
    """The challenge comes back."""
    body = json.dumps({"type": "url_verification", "challenge": "abc"})

    status, said = await _post(workspace, body, kind="application/json")

    assert status == 200
    assert "abc" in said


async def test_a_bad_form_is_answered_in_the_ack(workspace):
    """In HTTP mode too, what is wrong in a form stands in the response."""
    world = workspace.slack.world
    kept = json.dumps({"form": ["Change…", ["look", "at", "x"], [["--since", "From", ""]]], "place": {}})
    view = {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": kept,
        "state": {"values": {"--since": {"value": {"value": "soon"}}}},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": world.user(MIKA).id},
        "team": {"id": world.team.id},
        "view": view,
    }

    status, said = await _post(workspace, urlencode({"payload": json.dumps(payload)}))

    assert status == 200
    assert json.loads(said)["response_action"] == "errors"
    assert list(json.loads(said)["errors"]) == ["--since"]
