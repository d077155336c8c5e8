"""What the machine itself did to a chaos: how late the stand-in was, how many calls failed."""

import asyncio
import contextlib
import time
from typing import Self

from bot.embedded.slack import Fault
from bot.embedded.slack.faults import Faults

_TICK = 0.02


class Lag:
    """How long the event loop, and so Slack's stand-in, kept everybody waiting at worst."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _watch(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_TICK)
            self.longest = max(self.longest, time.monotonic() - before - _TICK)


class CountedFaults(Faults):
    """Slack's faults, counted."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = self.failed = 0

    def take(self, method: str) -> Fault | None:
        fault = super().take(method)
        self.calls, self.failed = self.calls + 1, self.failed + (fault is not None)
        return fault
