"""Socket Mode over aiohttp: how events come in where nothing can be reached from outside."""

import logging
from types import SimpleNamespace

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.adapters.slack import direct
from bot.edges.slack.line import Line

# A dead connection is found after four silent pings: 8 s instead of 40.
_PING_SECONDS = 2
_SWITCHED = 101


class Socket:
    """One connection to Slack that comes back by itself."""

    def __init__(self, app: AsyncApp, line: Line, app_token: str) -> None:
        self._app = app
        self._line = line
        self._token = app_token
        self._handler: AsyncSocketModeHandler | None = None

    async def open(self) -> None:
        """Connect; raises Upstream where Slack does not take the app token (slack_sdk would try for ever)."""
        client = self._line.client
        told = await self._line.call(client.apps_connections_open, app_token=self._token)
        await self.connect(str(told["url"]))

    async def connect(self, url: str) -> None:
        """Connect to an address that apps.connections.open gave; when it is spent, to a fresh one."""
        handler = AsyncSocketModeHandler(
            self._app,
            self._token,
            logger=logging.getLogger("noroshi.socket"),
            web_client=self._line.client,
            ping_interval=_PING_SECONDS,
        )
        self._handler = handler
        await handler.client.aiohttp_client_session.close()
        handler.client.aiohttp_client_session = self._session(handler)
        handler.client.wss_uri = url
        if direct(url):
            handler.client.proxy = None
        await handler.client.connect()  # type: ignore[no-untyped-call] # slack_sdk leaves it bare

    async def connected(self) -> bool:
        """Whether the connection stands."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def close(self) -> None:
        """Disconnect for good."""
        if self._handler:
            await self._handler.client.close()  # type: ignore[no-untyped-call] # same

    @staticmethod
    def _session(handler: AsyncSocketModeHandler) -> aiohttp.ClientSession:
        """A session that forgets an address that did not work: slack_sdk 3.47 tries the same one for ever."""

        async def ended(
            _session: object, _context: SimpleNamespace, told: aiohttp.TraceRequestEndParams
        ) -> None:
            if told.response.status != _SWITCHED:
                handler.client.wss_uri = None

        async def failed(
            _session: object, _context: SimpleNamespace, _told: aiohttp.TraceRequestExceptionParams
        ) -> None:
            handler.client.wss_uri = None

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(ended)
        trace.on_request_exception.append(failed)
        return aiohttp.ClientSession(trace_configs=[trace])
