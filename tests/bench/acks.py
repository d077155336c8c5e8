"""200 slash commands at once, each 2 s of work: how fast each is acked, and that none is lost.

    python tests/bench/acks.py

Slack takes an ack for 3 s; the promise is under 1 s (p99). Everything runs on loopback in one
process, so the figures hold the stand-in's own work too; the floor is the same burst against a
listener that only acks.
"""

import asyncio
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import click
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.command import Slash
from bot.core.view import View
from bot.edges.slack import SlackEdge, Tokens
from bot.edges.slack.line import Line
from bot.edges.slack.socket import Socket
from bot.embedded.slack import SlackStandIn

COMMANDS, WORK_SECONDS, PROMISE_SECONDS = 200, 2.0, 1.0
MANIFEST = {
    "features": {"bot_user": {"display_name": "noroshi"}, "slash_commands": [{"command": "/work"}]},
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "users:read"]}},
    "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
}


class Ports:
    """A clock, and an engine that takes its time."""

    zone = UTC

    def now(self):
        """The present."""
        return datetime.now(UTC)

    @property
    def trail(self):
        """Two seconds of blocking work, as a query is."""
        time.sleep(WORK_SECONDS)
        return self


@click.group(name="work", cls=Slash)
def work():
    """Work."""


@work.command("hard")
@click.argument("number")
@click.pass_obj
def hard(reach, number):
    """Work hard."""
    _ = reach.ports.trail
    return View(title=f"Done {number}")


async def burst(slack: SlackStandIn) -> list[float]:
    """Send all commands at once; the seconds until each was acked, infinite for one that was not."""
    slack.world.rates.on = False

    async def one(number: int) -> float:
        begun = time.perf_counter()
        outcome = await slack.visitor.command("mika.sato", "ops", f"/work hard {number}")
        return time.perf_counter() - begun if outcome.ok else float("inf")

    await asyncio.wait_for(slack.socket.connected.wait(), 10)
    return list(await asyncio.gather(*(one(number) for number in range(COMMANDS))))


async def floor() -> list[float]:
    """The same burst against Bolt with nothing behind the ack."""
    async with SlackStandIn(MANIFEST).serve() as slack, Line(slack.bot_token, slack.api_url) as line:
        me = await line.client.auth_test()

        async def authorize():
            return AuthorizeResult(
                enterprise_id=None,
                team_id=me["team_id"],
                bot_user_id=me["user_id"],
                bot_token=slack.bot_token,
            )

        client = AsyncWebClient(base_url=slack.api_url, session=line.session)
        app = AsyncApp(client=client, authorize=authorize, signing_secret="-")

        @app.command("/work")
        async def only_ack(ack):
            await ack()

        socket = Socket(app, line, slack.app_token)
        await socket.open()
        try:
            return await burst(slack)
        finally:
            await socket.close()


async def bot() -> tuple[list[float], int]:
    """The burst against the bot; and how many of the commands were answered in the end."""
    async with SlackStandIn(MANIFEST).serve() as slack:
        edge = SlackEdge([work], Ports(), Tokens(slack.bot_token, slack.app_token, "", slack.api_url))
        await edge.start()
        try:
            acks = await burst(slack)
            with slack.world.feed.watch() as changes:
                while (answered := done(slack)) < COMMANDS:
                    try:
                        await asyncio.wait_for(changes.get(), 30)
                    except TimeoutError:
                        break
            return acks, answered
        finally:
            await edge.stop()


def done(slack: SlackStandIn) -> int:
    """How many different answers stand in the channel."""
    titles = {message.body["text"] for message in slack.world.channel("ops").messages}
    return sum(title.startswith("Done ") for title in titles)


def quantile(seconds: list[float], percent: int) -> float:
    """The percentile, of acks that came."""
    return statistics.quantiles([each for each in seconds if each < float("inf")], n=100)[percent - 1]


async def main() -> int:
    """Run both and print; 1 when a promise is broken."""
    least = await floor()
    acks, answered = await bot()
    lost = sum(each == float("inf") for each in acks)
    for name, seconds in (("floor (ack only)", least), (f"bot ({COMMANDS} x {WORK_SECONDS:g} s)", acks)):
        p50, p99 = quantile(seconds, 50), quantile(seconds, 99)
        print(f"{name:22} acks p50 {p50 * 1000:6.0f} ms   p99 {p99 * 1000:6.0f} ms")
    ratio = quantile(acks, 99) / quantile(least, 99)
    print(f"p99 is {ratio:.1f} x the floor's; {lost} acks lost; {answered} of {COMMANDS} answered")
    return int(lost > 0 or answered < COMMANDS or quantile(acks, 99) >= PROMISE_SECONDS)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
