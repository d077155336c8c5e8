"""What holds for every test."""

import gc
import threading

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import LONGEST

# Machines are shared and noisy: how long an example takes, and how long making it, says nothing.
settings.register_profile("noroshi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noroshi")


_LONG = {"journeys", "browser", "chaos", "trail"}


@pytest.fixture(scope="module", autouse=True)
def _intakes_end():
    """Wait for the intakes of bots that were stopped: what they still draw by chance, hypothesis takes for its own."""
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("intake"):
            thread.join(LONGEST)


@pytest.fixture(scope="session")
def days(request, tmp_path_factory):
    """A folder for the ordinary days of worlds' logs: made once in a run, by whichever process needs one first."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if hasattr(request.config, "workerinput") else own) / "days"


def pytest_collection_modifyitems(items):
    """Begin with what is long and waits much: begun last, it would leave the other cores with nothing to do."""
    items.sort(key=lambda item: _LONG.isdisjoint(item.path.parts))


def pytest_collection_finish():
    """Look for rubbish seldom, and not in what is there for the whole run: a fifth of all the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_unconfigure():
    """Let everything go at the end, as it would have."""
    gc.unfreeze()
