"""An answer goes to Slack, and nowhere else, whatever response_url a payload names."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.edges.slack.line import ForeignError, Line
from bot.embedded.slack import payloads
from bot.errors import Upstream
from tests.edges.slack.conftest import MIKA, text


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/commands/T1/2/3",
        "http://hooks.slack.com/commands/T1/2/3",
        "https://hooks.slack.com@hooks.example.com/commands/T1/2/3",
        "https://hooks.slack.com.example.com/commands/T1/2/3",
        "https://hooks.slack.com:8443/commands/T1/2/3",
        "http://127.0.0.1:1/hooks/T1/3",
        "//hooks.slack.com/commands/T1/2/3",
        "file:///dev/null",
        "nonsense",
    ],
)
async def test_an_answer_goes_to_slack_only(workspace, url):
    """Whatever response_url a payload names: elsewhere nothing is sent, and the answer comes another way."""
    world = workspace.slack.world
    body = payloads.slash_command(world, world.user(MIKA), world.channel("ops"), "/look", "at payroll")

    with capture_logs() as logs:
        await workspace.visitor._send("slash_commands", {**body, "response_url": url})
        answer = await workspace.settled()

    assert "Who touched payroll" in text(answer)
    assert answer.only_for == world.user(MIKA).id
    assert workspace.calls("chat.postEphemeral")
    assert "foreign_response_url" in [line["event"] for line in logs]


@pytest.mark.parametrize(
    "url", ["https://hooks.slack.com/commands/T1/2/3", "https://hooks.slack-gov.com:443/actions/T1/2/3"]
)
async def test_slacks_own_addresses_are_taken(url):
    """Of both of its clouds, whatever API address is set."""
    async with Line("xoxb-x", "http://127.0.0.1:1/api/") as line:
        line._check(url)


async def test_no_api_address_makes_nonsense_a_place_to_answer():
    """An address that can't be read is nobody's."""
    async with Line("xoxb-x", "nonsense") as line:
        with pytest.raises(ForeignError):
            line._check("other nonsense")


async def test_an_answer_does_not_follow_a_redirect():
    """It would end where Slack did not send it."""
    reached = []

    async def away(_request):
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async def elsewhere(request):
        reached.append(request.path)
        return web.Response()

    site = web.Application()
    site.router.add_post("/hook", away)
    site.router.add_post("/elsewhere", elsewhere)
    async with TestServer(site) as server, Line("xoxb-x", str(server.make_url("/api/"))) as line:
        with pytest.raises(Upstream, match="307"):
            await line.respond(str(server.make_url("/hook")), {"text": "x"}, again=False)

    assert reached == []
