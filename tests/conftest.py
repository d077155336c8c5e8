"""What holds for every test."""

import gc

from hypothesis import settings

# Machines are shared and noisy: how long an example takes says nothing.
settings.register_profile("noroshi", deadline=None)
settings.load_profile("noroshi")


def pytest_collection_finish():
    """Leave out what is there for the whole run whenever rubbish is looked for: a tenth of all the work."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure():
    """Let everything go at the end, as it would have."""
    gc.unfreeze()
