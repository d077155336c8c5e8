"""HTTP mode: Slack posts to us; every request must carry Slack's signature, not older than five minutes.

Bolt checks it over the raw body (docs.slack.dev: verifying requests from Slack).
"""

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"


class Door:
    """One HTTP server for commands, clicks and events."""

    def __init__(self, app: AsyncApp, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on, once open (0 asks for any free one)."""
        return int(self._runner.addresses[0][1]) if self._runner else self._port

    async def open(self) -> None:
        """Listen; raises OSError when the port is taken."""
        server = web.Application()
        server.router.add_post(PATH, self._take)
        self._runner = web.AppRunner(server, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def _take(self, request: web.Request) -> web.Response:
        return await to_aiohttp_response(await self._app.async_dispatch(await to_bolt_request(request)))

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()
