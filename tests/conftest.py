"""What holds for every test."""

from hypothesis import settings

# Machines are shared and noisy: how long an example takes says nothing.
settings.register_profile("noroshi", deadline=None)
settings.load_profile("noroshi")
