"""`/metrics` and `/health` over HTTP, for Prometheus and for whatever restarts the bot. Nobody's scrape asks AWS.

On the event loop that Slack's acks come from, by aiohttp, which is here anyway: while `/health` answers, that loop
lives, which no server in a thread of its own could say. Pages are made in a thread, so that no ack waits for one.
"""

import asyncio
import errno
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.errors import BadRequest

_log = structlog.get_logger("noroshi.metrics")
MISSING = "Metrics need the extra: pip install 'noroshi[metrics]'"
_SMALL = 16_384
"""Bytes that are packed on the loop itself; a longer page in a thread."""
Page = Callable[[str], tuple[bytes, str]]
Faults = Callable[[], Sequence[str]]


class Web:
    """Serves until closed. `page` makes the metrics for an Accept header, None where their library is missing.

    `faults` are the sentences against the bot's health; none is well.
    """

    def __init__(self, host: str, port: int, page: Page | None, faults: Faults) -> None:
        self._host, self._port, self._page, self._faults = host, port, page, faults
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on, once open (0 asks for any free one)."""
        return int(self._runner.addresses[0][1]) if self._runner and self._runner.addresses else self._port

    async def open(self) -> None:
        """Listen; raises BadRequest where that can't be done."""
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None, logger=logging.getLogger("noroshi.http"))
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.close()
            raise _unheard(self._host, self._port, error) from error
        if self._page is None:
            _log.warning("metrics are off", hint=MISSING)
        _log.info("metrics are served", address=f"http://{self._host}:{self.port}/metrics")

    async def close(self) -> None:
        """Listen no more; may be called twice."""
        if self._runner:
            await self._runner.cleanup()

    async def _metrics(self, request: web.Request) -> web.Response:
        if self._page is None:
            return _words(HTTPStatus.NOT_IMPLEMENTED, MISSING)
        body, form = await asyncio.to_thread(self._page, request.headers.get("Accept", ""))
        response = web.Response(body=body, headers={"Content-Type": form}, zlib_executor_size=_SMALL)
        response.enable_compression()
        return response

    async def _health(self, _: web.Request) -> web.Response:
        if faults := self._faults():
            return _words(HTTPStatus.SERVICE_UNAVAILABLE, "\n".join(faults))
        return _words(HTTPStatus.OK, "All is well.")


def _words(status: HTTPStatus, words: str) -> web.Response:
    return web.Response(text=f"{words}\n", status=status)


def _unheard(host: str, port: int, error: OSError) -> BadRequest:
    if error.errno == errno.EADDRINUSE:
        return BadRequest(
            f"Port {port} for metrics is taken.", "Set NOROSHI_METRICS__PORT to another; 0 is any free one."
        )
    words = error.strerror or type(error).__name__
    return BadRequest(
        f"Metrics can't be served on {host}, port {port}: {words}.",
        "Check NOROSHI_METRICS__HOST and NOROSHI_METRICS__PORT.",
    )
