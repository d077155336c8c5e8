"""The desk: every question is a task of its own, and none ends without a word to the person."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.errors import NoroshiError, Upstream

log = structlog.get_logger("noroshi.slack")

_LAST_WORDS = 2.0

Tell = Callable[[NoroshiError], Awaitable[None]]
Work = Coroutine[Any, Any, None]


class Desk:
    """Runs the work that stands behind the acks; `tell` is how its person hears of a failure."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    def start(self, work: Work, tell: Tell) -> None:
        """Start work that may take its time; returns at once."""
        if self._closing:
            work.close()
            work = self._inform(tell, _restarting())
        task = asyncio.create_task(self._guarded(work, tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Work, tell: Tell) -> None:
        try:
            await work
        except NoroshiError as error:
            await self._inform(tell, error)
        except asyncio.CancelledError:
            await self._inform(tell, _restarting())
            raise
        except Exception:  # the edge: whatever broke, the person hears of it and the bot goes on
            number = secrets.token_hex(4)
            log.exception("broke", id=number)
            await self._inform(
                tell,
                NoroshiError(
                    f"Something broke on my side (id {number}).",
                    "Ask again; if it stays, show this id to who runs me.",
                ),
            )

    @staticmethod
    async def _inform(tell: Tell, error: NoroshiError) -> None:
        try:
            await tell(error)
        except NoroshiError as lost:
            log.warning("not_told", what=error.message, why=lost.message)

    async def close(self, within: float) -> None:
        """Finish what runs within so many seconds; who still waits then is told to ask again."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for seconds in (_LAST_WORDS, _LAST_WORDS / 2):
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                # Cancelled work still says a last word; the second round takes that from who is too slow.
                await asyncio.wait(self._tasks, timeout=seconds)


def _restarting() -> Upstream:
    return Upstream("I am being restarted before I could answer.", "Ask again in a minute.")
