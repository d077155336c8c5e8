"""The worst instants to die at: something is done, and whoever asked for it does not know yet."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from bot.embedded.slack import Fault
from tests.chaos.stage import Stage

HELD = 0.4
"""Seconds that the answer is kept back."""
_PATIENCE = 1.5
Instant = Callable[[Stage], Coroutine[Any, Any, None]]


async def a_message_stands(place: Stage) -> None:
    """Wait until a message stands in Slack, and its answer is on its way; not for ever."""
    place.slack.world.faults.next_calls("chat.postMessage", Fault(delay=HELD, done=True))
    with place.slack.world.feed.watch() as changes, contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while (change := await changes.get()) and change.kind != "message":
                pass


async def a_message_left_the_queue(place: Stage) -> None:
    """Wait until a message is deleted, and the answer is on its way; not for ever."""
    loop, gone, queue = asyncio.get_running_loop(), asyncio.Event(), place.queue
    delete = queue.delete_message

    def deleted(handle: str) -> None:
        delete(handle)
        queue.delete_message = delete
        loop.call_soon_threadsafe(gone.set)
        threading.Event().wait(HELD)

    queue.delete_message = deleted
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await gone.wait()
    queue.delete_message = delete


WORST: tuple[Instant, ...] = (a_message_stands, a_message_left_the_queue)
