"""The demo's world, small, and a bot in this process that is pointed at it."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.app import slack_edge
from bot.app.alerts import alerting
from bot.app.production import Production
from bot.deploy.manifest import manifest
from bot.embedded.scenes import Scenes
from bot.embedded.world import World, open_world
from bot.settings import read
from commands import COMMANDS
from tests.patience import unhurried


@dataclass
class Demo:
    world: World
    scenes: Scenes

    @property
    def stage(self):
        return self.world.slack.stage

    def messages(self, channel="security"):
        return self.world.slack.world.channel(channel).messages

    def posts(self, channel="security"):
        """The first lines in the channel itself, as they are now."""
        own = [each for each in self.messages(channel) if each.body.get("thread_ts") in (None, each.ts)]
        return [first_line(each) for each in own]

    async def press(self, *names):
        for name in names:
            await self.stage.run(name)


@asynccontextmanager
async def demo_world(storm=120):
    async with open_world(manifest(COMMANDS), with_logs=False) as world:
        unhurried(world.slack)
        yield Demo(world, Scenes(world, storm=storm))


@asynccontextmanager
async def bot_of(world, folder):
    """The bot, as its settings say in the world's environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in world.environment().items():
            patch.setenv(name, value)
        patch.setenv("NOROSHI_SETTINGS", str(folder / "noroshi.toml"))
        production = Production(read())
        alerts, desk = alerting(production)
        edge = slack_edge(production, None, desk)
        await edge.start()
        alerts.start()
        try:
            yield
        finally:
            await asyncio.to_thread(alerts.stop)
            await edge.stop()


def first_line(message) -> str:
    return next((block["text"]["text"] for block in message.blocks if block["type"] == "header"), "")


def words(message) -> str:
    """Everything that a message says."""
    return " ".join(_texts([message.body.get("blocks"), message.body.get("attachments")]))


def _texts(value: Any):
    match value:
        case {"text": str(said)}:
            yield said
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
