"""The Slack stand-in as a server on loopback: Web API, Socket Mode, response_url, files, page."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web

from .faults import BrokenAnswer, suffer
from .page_server import PageServer
from .refusal import SlackError
from .shapes import Json
from .socketmode import SocketMode
from .stage import Stage
from .visitor import Visitor
from .webapi import WebApi
from .world import World, present

LOOPBACK = "127.0.0.1"
BODY_BYTES = 64 * 1024 * 1024
BAD_REQUEST = 400


class SlackStandIn:
    """A Slack workspace with one app installed, for tests and for the demo.

    `world` is its state, `visitor` acts as its people, `socket` holds the app's connections.
    `stage` is empty; whoever runs the world around it opens scenes there, and the page shows their buttons.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        seed: int = 1,
        clock: Callable[[], datetime] = present,
    ) -> None:
        self.world = World(manifest, seed, clock)
        self.socket = SocketMode(self.world)
        self.visitor = Visitor(self.world, self.socket)
        self.bot_token, self.app_token = self.world.bot_token, self.world.app_token
        self.signing_secret = self.world.signing_secret
        self.stage = Stage(self.world.feed)

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`, once it serves."""
        return self.world.address

    @property
    def api_url(self) -> str:
        """The base URL of the Web API, for SLACK_API_URL."""
        return f"{self.address}/api/"

    @property
    def page_url(self) -> str:
        """The address of the page."""
        return f"{self.address}/"

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator["SlackStandIn"]:
        """Serve on 127.0.0.1 (port 0: any free one) until the block ends."""
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, LOOPBACK, port)
        await site.start()
        self.world.address = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self.world.feed.end()
            await self.socket.stop()
            await runner.cleanup()

    def _app(self) -> web.Application:
        app, webapi = web.Application(client_max_size=BODY_BYTES), WebApi(self.world)
        app.router.add_route("*", "/api/{method}", webapi.handle)
        app.router.add_get("/link/", self.socket.handle)
        app.router.add_post("/hooks/{team}/{key}", self._respond)
        app.router.add_post("/upload/v1/{ticket}", self._upload)
        app.router.add_get("/files-pri/{file}/{name}", self._download)
        PageServer(self.world, self.visitor, self.stage).add_to(app)
        return app

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            body = await _json_body(request)
            self.world.calls.append(("response_url", body))
            fault = self.world.faults.take("response_url")
            if fault and not fault.done:
                await suffer(fault)
            self.world.hooks.respond(request.match_info["key"], body)
            if fault and fault.done:
                await suffer(fault)
        except BrokenAnswer as end:
            return end.to_response(request)
        except SlackError as error:
            return web.json_response(
                error.to_json(),
                status=error.status if error.status != web.HTTPOk.status_code else BAD_REQUEST,
            )
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        try:
            fault = self.world.faults.take("upload")
            if fault:
                await suffer(fault)
            file = self.world.files.receive(request.match_info["ticket"], await _file_body(request))
        except BrokenAnswer as end:
            return end.to_response(request)
        except SlackError as error:
            return web.Response(text=error.code, status=error.status)
        return web.Response(text=f"OK - {file.length}")

    async def _download(self, request: web.Request) -> web.Response:
        """Serve url_private to the app, which must show its token."""
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            raise web.HTTPForbidden
        try:
            file = self.world.files.get(request.match_info["file"])
        except SlackError as error:
            raise web.HTTPNotFound from error
        return web.Response(body=file.content, content_type=file.mimetype)


async def _json_body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise SlackError("invalid_payload", status=BAD_REQUEST) from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload", status=BAD_REQUEST)
    return body


async def _file_body(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    async for part in await request.multipart():
        if getattr(part, "filename", None):
            return await part.read()  # type: ignore[union-attr]  # a part with a file name is no nested multipart
    return b""
