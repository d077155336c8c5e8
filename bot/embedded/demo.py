"""`noroshi demo`: the embedded world around a real bot.

The world's servers run in this process, the bot in a child of its own: the same `noroshi run` as in
production, pointed at them by its environment and by nothing else.
"""

import asyncio
import contextlib
import signal
import sys
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.embedded.scenes import Scenes
from bot.embedded.world import World, open_world

__all__ = ["Options", "World", "demo", "open_world"]

FIRST_SECONDS, PACE_SECONDS = 5.0, 8.0
"""How long after the start the story begins, and how far apart its steps are."""
_DIGEST_AFTER = timedelta(minutes=5)
"""The daily digest comes once the story is told, not at nine in the morning."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What `noroshi demo` is told."""

    port: int = 8080
    seed: int = 1
    trail: Path | None = None
    browser: bool = True


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
            env=environment(world.environment() | _soon()),
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


def _soon() -> dict[str, str]:
    """What comes by the clock comes within minutes: both digests, and what stands out in the bill."""
    soon = datetime.now(UTC) + _DIGEST_AFTER
    return {
        "NOROSHI_ALERTS__DIGEST_AT": f"{soon:%H:%M}",
        "NOROSHI_BILLING__WATCH": "true",
        "NOROSHI_BILLING__DIGEST_ON": f"{soon:%A}",
        "NOROSHI_BILLING__DIGEST_AT": f"{soon:%H:%M}",
        "NOROSHI_ZONE": "UTC",
    }


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
    scenes = Scenes(world)
    _announce(world, say)
    if browser:
        webbrowser.open(world.slack.page_url)
    await scenes.play(FIRST_SECONDS, PACE_SECONDS)


def _announce(world: World, say: Say) -> None:
    path = f"  export PATH={_quoted(str(Path(sys.executable).parent))}:$PATH\n"
    exports = path + "\n".join(
        f"  export {name}={_quoted(value)}" for name, value in sorted(world.environment().items())
    )
    say(f"\nOpen {world.slack.page_url}\n")
    say("The incident comes to #security and #billing by itself; its buttons are in the bar above the page.")
    say("Ask there, too: /trail who-accessed acme-payroll --since 7d")
    say(
        f"\nTo ask from another terminal:\n{exports}\n  noroshi trail who-accessed acme-payroll --since 7d\n\nCtrl-C ends it."
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"
