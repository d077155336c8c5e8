"""The whole thing in one process: the embedded world, the real Bolt app, real boto3 and PyAthena, the real queue."""

import asyncio

import pytest
import pytest_asyncio

from bot.app import slack_edge
from bot.app.alerts import alerting
from bot.deploy.manifest import manifest
from bot.embedded.demo import open_world
from bot.settings import read
from commands import COMMANDS
from tests.journeys.steps import Journey


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def journey(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        async with open_world(manifest(COMMANDS)) as world:
            for name, value in world.environment().items():
                patch.setenv(name, value)
            patch.setenv("NOROSHI_SETTINGS", str(tmp_path_factory.mktemp("none") / "noroshi.toml"))
            patch.setenv("NOROSHI_ALERTS__STORE", f"sqlite:///{tmp_path_factory.mktemp('store')}/noroshi.db")
            given = read()
            alerts, desk = alerting(given)
            edge = slack_edge(given, None, desk)
            await edge.start()
            alerts.start()
            try:
                yield Journey(world)
            finally:
                await asyncio.to_thread(alerts.stop)
                await edge.stop()
