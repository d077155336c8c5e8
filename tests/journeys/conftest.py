"""The whole thing in one process: the embedded world, the real Bolt app, real boto3 and PyAthena, the real queue."""

import threading

import pytest
import pytest_asyncio

from bot.app import intakes, slack_edge
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
            given = read()
            edge, readers = slack_edge(given, None), intakes(given)
            await edge.start()
            threads = [threading.Thread(target=reader.run, daemon=True) for reader in readers]
            for thread in threads:
                thread.start()
            try:
                yield Journey(world)
            finally:
                for reader in readers:
                    reader.stop()
                await edge.stop()
