"""What holds for every test."""

import pickle
from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader
from hypothesis import settings

# Machines are shared and noisy: how long an example takes says nothing.
settings.register_profile("noroshi", deadline=None)
settings.load_profile("noroshi")

_parsed = JSONFileLoader().load_file


@cache
def _pickled(path: str) -> bytes:
    return pickle.dumps(_parsed(path), 5)


def _read_once(_: JSONFileLoader, path: str) -> Any:
    """A service's model: megabytes of JSON that each session reads anew, unpickled in a fraction of that.

    A copy for each who asks, as moto writes into its own.
    """
    return pickle.loads(_pickled(path))


JSONFileLoader.load_file = _read_once
