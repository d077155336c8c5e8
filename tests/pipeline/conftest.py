"""A bot in memory for each test, as the settings have it by default."""

import pytest

from tests.pipeline.world import World


@pytest.fixture
def world():
    return World()
