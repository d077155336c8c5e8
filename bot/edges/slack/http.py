"""HTTP mode: Slack posts to us; every request must carry Slack's signature, not older than five minutes.

The signature is checked over the raw body before anything reads it: Bolt checks it too, but only after it
has parsed (docs.slack.dev: verifying requests from Slack).
"""

import logging
import re
from http import HTTPStatus

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

PATH = "/slack/events"
MOST_BYTES = 1024 * 1024
"""The largest body that is read; a view is at most 250 kB (docs.slack.dev: reference/views)."""

log = structlog.get_logger("noroshi.slack")

_AT, _SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
_TOLD = ("Content-Type", _AT, _SIGNATURE)
# Slack looks at the certificate now and then, and wants a 200 for it; that leads nowhere.
_SSL_CHECK = re.compile(rb"(?:\A|&)ssl_check=1(?:&|\Z)")
# What Bolt's request raises for a body that is no JSON, nests too deep, or has other shapes than Slack's.
_UNREADABLE = (ValueError, RecursionError, TypeError, AttributeError, LookupError)
_BROKEN = (web.RequestPayloadError, HttpProcessingError)


class Door:
    """One HTTP server for commands, clicks and events; `secret` is the app's signing secret."""

    def __init__(self, app: AsyncApp, secret: str, host: str, port: int) -> None:
        self._app = app
        self._verifier = SignatureVerifier(secret)
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on, once open (0 asks for any free one)."""
        return int(self._runner.addresses[0][1]) if self._runner else self._port

    async def open(self) -> None:
        """Listen; raises OSError when the port is taken."""
        server = web.Application(client_max_size=MOST_BYTES)
        server.router.add_post(PATH, self._take)
        self._runner = web.AppRunner(server, access_log=None, logger=_short_logger())
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def _take(self, request: web.Request) -> web.Response:
        try:
            body = await request.read()
        except _BROKEN:
            return _no(request, HTTPStatus.BAD_REQUEST, "broken_request")
        if not self._signed(request, body):
            if _SSL_CHECK.search(body):
                return web.Response()
            return _no(request, HTTPStatus.UNAUTHORIZED, "not_signed")
        try:
            asked = _read(request, body)
        except _UNREADABLE:
            return _no(request, HTTPStatus.BAD_REQUEST, "not_readable")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    def _signed(self, request: web.Request, body: bytes) -> bool:
        at, signature = request.headers.get(_AT), request.headers.get(_SIGNATURE)
        try:
            return self._verifier.is_valid(body, at, signature)
        except (ValueError, TypeError):  # a timestamp that is no number, or bytes that are no text
            return False

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()


def _read(request: web.Request, body: bytes) -> AsyncBoltRequest:
    # In UTF-8, as it was signed, whatever charset the headers name: those are not signed.
    told = {name: request.headers[name] for name in _TOLD if name in request.headers}
    return AsyncBoltRequest(body=body.decode(), headers=dict(told))


def _no(request: web.Request, status: HTTPStatus, why: str) -> web.Response:
    log.warning(why, remote=request.remote)
    return web.Response(status=status)


def _short_logger() -> logging.Logger:
    """Aiohttp's own log, without the tracebacks that quote what is no HTTP at all."""
    logger = logging.getLogger("noroshi.http")
    logger.addFilter(_is_ours)
    return logger


def _is_ours(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], _BROKEN))
