"""HTTP mode takes only what Slack signed, lately."""

import asyncio
import gzip
import io
import json
import logging
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier
from structlog.testing import capture_logs

from bot.edges.slack.http import MOST_BYTES
from bot.embedded.slack import payloads
from tests.edges.slack.conftest import MIKA, text
from tests.patience import LONGEST

FORM = "application/x-www-form-urlencoded"
JSON = {"Content-Type": "application/json"}
JUNK = [
    b"payload=%7Bnope",
    b'{"a"',
    b"[" * 200_000,
    b"payload=" + b"[" * 200_000,
    b"payload=[]",
    b'{"authorizations": {"a": 1}}',
    b"payload=" + b"9" * 5_000,
]
IDS = ["payload", "json", "deep", "deep payload", "list", "shapes", "number"]


@pytest.fixture
async def workspace(open_workspace):
    return await open_workspace(http=("127.0.0.1", 0), signing=True)


async def _post(workspace, body, *, secret=None, age=0, **headers):
    at = str(int(time.time() - age))
    signature = SignatureVerifier(secret or workspace.slack.signing_secret).generate_signature(
        timestamp=at, body=body
    )
    signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
    return await _send(workspace, body, **(signed | headers))


async def _send(workspace, body, **headers):
    headers = {"Content-Type": FORM} | headers
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
    [("not-the-secret", 0), (None, 301), (None, -301 - LONGEST)],
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


@pytest.mark.parametrize("kind", [FORM, "application/json", "text/plain; charset=nope"])
@pytest.mark.parametrize("body", [*JUNK, b"\xff\xfe", b""], ids=[*IDS, "no text", "empty"])
async def test_unsigned_junk_is_one_line_in_the_log(workspace, caplog, kind, body):
    """401 before anything is parsed; the log has who sent it, and nothing of what."""
    with capture_logs() as logs:
        status, said = await _send(workspace, body, **{"Content-Type": kind})

    assert (status, said) == (401, "")
    assert logs == [{"event": "not_signed", "log_level": "warning", "remote": "127.0.0.1"}]
    assert caplog.records == []


@pytest.mark.parametrize(
    "at", ["", "soon", "nan", "1e9", "9" * 5_000, "\xb2", "-1"], ids=lambda at: ascii(at)[:9]
)
async def test_a_timestamp_that_is_no_number_is_refused(workspace, caplog, at):
    """Like one that is missing, even under a signature."""
    status, _ = await _post(workspace, "x=1", **{"X-Slack-Request-Timestamp": at})

    assert status == 401
    assert caplog.records == []


@pytest.mark.parametrize("signature", ["", "v0=", "v1=0", "v0=\xe9"])
async def test_a_signature_of_another_form_is_refused(workspace, caplog, signature):
    """Also one that no text comparison takes."""
    status, _ = await _post(workspace, "x=1", **{"X-Slack-Signature": signature})

    assert status == 401
    assert caplog.records == []


@pytest.mark.parametrize("body", JUNK, ids=IDS)
async def test_signed_junk_is_a_bad_request(workspace, caplog, body):
    """400, without a traceback."""
    with capture_logs() as logs:
        status, _ = await _post(workspace, body, **({} if body.startswith(b"payload") else JSON))

    assert status == 400
    assert [line["event"] for line in logs] == ["not_readable"]
    assert caplog.records == []


async def test_a_body_is_read_to_a_bound(workspace, caplog):
    """More than a megabyte is refused unread, in whatever form it is packed."""
    assert (await _send(workspace, io.BytesIO(b"x" * (MOST_BYTES + 1))))[0] == 413
    packed = gzip.compress(b"x" * (MOST_BYTES * 20))
    assert (await _send(workspace, packed, **{"Content-Encoding": "gzip"}))[0] == 413
    assert caplog.records == []


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nEVIL-JUNK",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nEVIL-JUNK\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nEVIL JUNK\x1b[2J: \x00\r\n\r\n",
        b"EVIL-JUNK\r\n\r\n",
    ],
    ids=["packing", "chunks", "header", "no http"],
)
async def test_what_is_no_http_leaves_nothing_of_itself_in_the_log(workspace, caplog, sent):
    """400, and at most one short line."""
    with capture_logs() as logs:
        reader, writer = await asyncio.open_connection("127.0.0.1", workspace.edge.door.port)
        writer.write(sent)
        said = await reader.readline()
        writer.close()

    assert said.startswith(b"HTTP/1.")
    assert b" 400 " in said
    lines = [logging.Formatter().format(record) for record in caplog.records]
    assert len(lines) + len(logs) <= 1
    assert not any("EVIL" in line or "\n" in line for line in lines + [str(each) for each in logs])


async def test_slack_may_verify_the_address(workspace):
    """The challenge comes back."""
    body = json.dumps({"type": "url_verification", "challenge": "abc"})

    status, said = await _post(workspace, body, **JSON)

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
