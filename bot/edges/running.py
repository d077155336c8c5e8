"""The running bot: Slack's edge on the event loop, one thread a queue, until a signal ends it."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.settings import missing_file, unreachable

if TYPE_CHECKING:
    from bot.edges.alerting import Alerting
    from bot.edges.web import Web
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
    if named := missing_file():
        _log.warning("there is no such settings file: what it would say is left at its default", file=named)
    if idle := unreachable(given):
        _log.warning("routes that take nothing", routes=idle)
    if not given.alerts.queue_url:
        _log.warning("alerts are off", hint="set NOROSHI_ALERTS__QUEUE_URL to an SQS queue")
    elif not given.alerts.channel:
        _log.warning(
            "alerts have no channel for what no route names: the queue is not read, and keeps them",
            hint="set NOROSHI_ALERTS__CHANNEL",
        )
    if given.trail.engine == "duckdb" and not given.trail.location:
        _log.warning(
            "/trail has no log files: it asks CloudTrail's event history",
            hint="set NOROSHI_TRAIL__LOCATION, or use the athena engine",
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """What runs: `edge` is made on the event loop; `web` is None where nothing is served."""

    edge: Callable[[], Edge]
    alerting: "Alerting"
    web: "Web | None" = None


async def serve(
    make_edge: Callable[[], Edge],
    alerting: "Alerting",
    *,
    with_parent: bool = False,
    web: "Web | None" = None,
) -> None:
    """Run all until SIGTERM or Ctrl-C; `with_parent`, also until standard input ends.

    Raises BadRequest where `web` can't listen: before anybody is answered, and before anything is told.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    if with_parent:
        threading.Thread(target=_outlast_nobody, args=(loop, stopped), daemon=True).start()
    async with contextlib.AsyncExitStack() as stack:
        if web:
            await web.open()
            stack.push_async_callback(web.close)
        edge = make_edge()
        await edge.start()
        alerting.start()
        _log.info("ready", queues=len(alerting.intakes))
        await stopped.wait()
        # People first: what they pressed is still put on record and told, and only then the store is closed.
        await edge.stop()
        await asyncio.to_thread(alerting.stop)


def _outlast_nobody(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    """Stop when the parent is gone: a killed parent can tell nobody, but its end of the pipe closes."""
    while os.read(
        sys.stdin.fileno(), 4096
    ):  # unbuffered: a buffered reader holds a lock that ending trips over
        pass
    loop.call_soon_threadsafe(stopped.set)
