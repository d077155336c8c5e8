"""The running bot: Slack's edge on the event loop, one thread a queue, until a signal ends it."""

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.edges.intake import Intake

if TYPE_CHECKING:
    from bot.settings import Settings

_log = structlog.get_logger("noroshi")


class Edge(Protocol):
    """What answers people, until it is stopped."""

    async def start(self) -> None:
        """Connect, or listen; raises Upstream."""

    async def stop(self) -> None:
        """Finish what is in hand, within a bound."""


def announce(given: "Settings") -> None:
    """Say once what is not configured, and so left off."""
    if not given.alerts.queue_url:
        _log.warning("alerts are off", hint="set NOROSHI_ALERTS__QUEUE_URL to an SQS queue")
    elif not given.alerts.channel:
        _log.warning("alerts have no channel and stay on the queue", hint="set NOROSHI_ALERTS__CHANNEL")
    if given.trail.engine == "duckdb" and not given.trail.location:
        _log.warning("/trail is off", hint="set NOROSHI_TRAIL__LOCATION, or use the athena engine")


async def serve(make_edge: Callable[[], Edge], intakes: Sequence[Intake]) -> None:
    """Run both until SIGTERM or Ctrl-C."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    edge = make_edge()
    await edge.start()
    for intake in intakes:
        # A daemon: a long poll in progress must not hold up the end; its messages come again.
        threading.Thread(target=intake.run, name="intake", daemon=True).start()
    _log.info("ready", queues=len(intakes))
    await stopped.wait()
    for intake in intakes:
        intake.stop()
    await edge.stop()
