"""The whole thing in one process: the embedded world, the real Bolt app, real boto3 and PyAthena, the real queue.

A module's `SETTINGS` stand over the world's own; values may be made of the world.
"""

from contextlib import closing

import pytest
import pytest_asyncio

from bot.deploy.manifest import manifest
from bot.embedded.aws.athena.archive import Archive
from bot.embedded.demo import open_world
from commands import COMMANDS
from tests.journeys.steps import Journey
from tests.patience import unhurried


@pytest.fixture(scope="session")
def archive():
    """What the worlds' Athena read of log files: nearly all are the same in each world, and reading takes seconds."""
    with closing(Archive()) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def journey(request, tmp_path_factory, days, archive):
    with pytest.MonkeyPatch.context() as patch:
        async with open_world(manifest(COMMANDS), cache=days, archive=archive) as world:
            wanted = {
                name: value(world) if callable(value) else value
                for name, value in getattr(request.module, "SETTINGS", {}).items()
            }
            here = {
                "NOROSHI_SETTINGS": str(tmp_path_factory.mktemp("none") / "noroshi.toml"),
                "NOROSHI_ALERTS__STORE": f"sqlite:///{tmp_path_factory.mktemp('store')}/noroshi.db",
            }
            made = Journey(world, world.environment() | wanted | here)
            for name, value in made.environment.items():
                patch.setenv(name, value)
            unhurried(world.slack)
            await made.start()
            try:
                yield made
            finally:
                await made.stop()
