"""`noroshi demo`: the embedded world around a real bot.

The world's servers run in this process, the bot in a child of its own: the same `noroshi run` as in
production, pointed at them by its environment and by nothing else.
"""

import asyncio
import contextlib
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.embedded.aws import AwsStandIn, Seeded
from bot.embedded.aws.world import deliver_logs, furnish, tell_finding
from bot.embedded.incident import Incident, findings
from bot.embedded.own_trail import own_log_files
from bot.embedded.slack import SlackStandIn

CHANNEL = "#security"
FIRST_ALERT_SECONDS = 15.0
"""How long after the start the first finding arrives; the others follow at this distance, each."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What `noroshi demo` is told."""

    port: int = 8080
    seed: int = 1
    trail: Path | None = None
    browser: bool = True


@dataclass(frozen=True)
class World:
    """The two stand-ins, serving, and the incident that they tell."""

    slack: SlackStandIn
    aws: AwsStandIn
    incident: Incident
    seeded: Seeded

    def environment(self) -> dict[str, str]:
        """What points a bot, or a terminal, at this world."""
        return self.aws.environment() | {
            "NOROSHI_TRAIL__ENGINE": "athena",
            "NOROSHI_TRAIL__DATABASE": self.seeded.database,
            "NOROSHI_TRAIL__TABLE": self.seeded.table,
            "NOROSHI_TRAIL__WORKGROUP": self.seeded.workgroup,
            "NOROSHI_ALERTS__CHANNEL": CHANNEL,
            "NOROSHI_ALERTS__QUEUE_URL": self.seeded.queue_url,
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
        }


@contextlib.asynccontextmanager
async def open_world(
    manifest: Mapping[str, Any],
    *,
    port: int = 0,
    seed: int = 1,
    trail: Path | None = None,
    cache: Path | None = None,
) -> AsyncIterator[World]:
    """Serve Slack and AWS on loopback, the incident's logs and accounts in place."""
    incident = Incident(seed, datetime.now(UTC))
    slack, aws = SlackStandIn(manifest, seed=seed), AwsStandIn()
    with aws.serve():
        async with slack.serve(port):
            yield World(slack, aws, incident, await asyncio.to_thread(_furnish, aws, incident, trail, cache))


def _furnish(aws: AwsStandIn, incident: Incident, trail: Path | None, cache: Path | None) -> Seeded:
    own = own_log_files(trail) if trail else None
    seeded = furnish(aws, incident, own)
    deliver_logs(aws, incident, cache)
    if own:
        aws.put_logs(incident.log_bucket, own.files)
    return seeded


async def tell(world: World, pause: float = FIRST_ALERT_SECONDS) -> None:
    """Send the incident's findings, one after another, as GuardDuty would: to the event bus."""
    for finding in findings(world.incident):
        await asyncio.sleep(pause)
        await asyncio.to_thread(tell_finding, world.aws, finding)


async def demo(
    manifest: Mapping[str, Any],
    environment: Callable[[Mapping[str, str]], dict[str, str]],
    say: Say,
    options: Options,
) -> int:
    """Run it until SIGTERM or Ctrl-C (then 0), or until the bot ends by itself (then its exit code)."""
    say("Starting Slack, AWS and one incident on this machine …")
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    cache = Path.home() / ".cache" / "noroshi"
    async with open_world(
        manifest, port=options.port, seed=options.seed, trail=options.trail, cache=cache
    ) as world:
        command = (sys.executable, "-m", "bot", "run", "--with-parent")
        here = Path(__file__).parents[2]
        bot = await asyncio.create_subprocess_exec(
            *command,
            env=environment(world.environment()),
            cwd=here,
            start_new_session=True,
            stdin=asyncio.subprocess.PIPE,  # it ends with us, however we end
        )
        try:
            return await _tell_until(stopped, bot, world, say, browser=options.browser)
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.terminate()
            await bot.wait()


async def _tell_until(
    stopped: asyncio.Event, bot: asyncio.subprocess.Process, world: World, say: Say, *, browser: bool
) -> int:
    ended = asyncio.create_task(bot.wait())
    stopping = asyncio.create_task(stopped.wait())
    story = asyncio.create_task(_story(world, say, browser=browser))
    try:
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if story.done():
            story.result()
        return 0 if stopped.is_set() else ended.result()
    finally:
        for task in (ended, stopping, story):
            task.cancel()


async def _story(world: World, say: Say, *, browser: bool) -> None:
    """Say where the page is once the bot answers there, and let the incident begin."""
    await world.slack.socket.connected.wait()
    _announce(world, say)
    if browser:
        webbrowser.open(world.slack.page_url)
    await tell(world)


def _announce(world: World, say: Say) -> None:
    path = f"  export PATH={_quoted(str(Path(sys.executable).parent))}:$PATH\n"
    exports = path + "\n".join(
        f"  export {name}={_quoted(value)}" for name, value in sorted(world.environment().items())
    )
    say(f"\nOpen {world.slack.page_url}\n")
    say(
        "There, type /trail who-accessed acme-payroll --since 7d; the first alert comes to #security in a moment."
    )
    say(
        f"\nTo ask from another terminal:\n{exports}\n  noroshi trail who-accessed acme-payroll --since 7d\n\nCtrl-C ends it."
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"
