"""The threads in which questions are answered: so many at once, so many waiting, and no more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.errors import Throttled

Result = TypeVar("Result")


class Pool:
    """A bounded pool; use from the event loop only."""

    def __init__(self, workers: int, waiting: int) -> None:
        self._workers = workers
        self._most = workers + waiting
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="noroshi-ask")
        self._busy = 0

    def submit(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Start work as soon as a thread is free; raises Throttled when too much waits already."""
        if self._busy >= self._most:
            raise Throttled(
                f"I am busy: {self._busy - self._workers:,} questions wait already.", "Ask again in a minute."
            )
        self._busy += 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        future.add_done_callback(self._done)
        return future

    def _done(self, _future: asyncio.Future[Result]) -> None:
        self._busy -= 1

    def close(self) -> None:
        """Take no more work; what runs goes on in its thread, what waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
