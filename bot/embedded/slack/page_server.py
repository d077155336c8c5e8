"""The page's own endpoints: static files, JSON for what a person sees and does, live changes.

Only the page itself may call them: Host and Origin are checked, and the CSP lets nothing else in.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files as package_files

from aiohttp import web

from .feed import Change
from .page_acts import PageActs
from .refusal import SlackError
from .shapes import Json
from .stage import Stage
from .visitor import Visitor
from .world import World, shown

PING_SECONDS = 15.0
SAFE_INLINE = ("image/png",)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageServer:
    """Serves the page for one world, and the buttons of its stage, if there are any."""

    def __init__(self, world: World, visitor: Visitor, stage: Stage) -> None:
        self._world = world
        self._acts = PageActs(world, visitor)
        self._stage = stage

    def add_to(self, app: web.Application) -> None:
        """Add the page's routes."""
        app.router.add_get("/", self._guarded(self._static))
        app.router.add_get("/static/{path}", self._guarded(self._static))
        app.router.add_get("/page/state", self._guarded(self._state))
        app.router.add_get("/page/live", self._guarded(self._live))
        app.router.add_get("/page/files/{file}", self._guarded(self._file))
        app.router.add_post("/page/stage/{scene}", self._guarded(self._run_scene))
        app.router.add_post("/page/{act}", self._guarded(self._act))

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            port = self._world.address.rpartition(":")[2]
            hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
            origin = request.headers.get("Origin")
            if request.host not in hosts or origin not in {None, *(f"http://{host}" for host in hosts)}:
                raise web.HTTPForbidden(text="only this page may ask")
            if request.method == "POST" and request.content_type != "application/json":
                # A form of another site cannot send JSON without asking first.
                raise web.HTTPUnsupportedMediaType
            return await handler(request)

        return guarded

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info.get("path", "index.html")
        file = package_files(__package__) / "page" / name
        kind = TYPES.get(name.rpartition(".")[2])
        if kind is None or not file.is_file():
            raise web.HTTPNotFound
        return web.Response(text=file.read_text("utf-8"), content_type=kind, headers=HEADERS)

    async def _state(self, request: web.Request) -> web.Response:
        """Everything that the person of `?user=` can see."""
        person = self._person(request)
        world = self._world
        own_im = world.im(person)
        seen = [channel for channel in world.channels.values() if person in channel.members]
        views = [world.modals.to_json(view) for view in world.modals.stacks.get(person, [])]
        home = world.modals.homes.get(person)
        state: Json = {
            "me": person,
            "team": world.team.to_json(),
            "app": {"id": world.app_id, "name": world.manifest.name, "user": world.bot.id, "im": own_im.id},
            "users": [user.to_json() for user in world.users.values()],
            "channels": [channel.to_json(person) for channel in seen],
            "messages": {channel.id: self._messages(channel.id, person) for channel in seen},
            "commands": list(world.manifest.commands),
            "views": views,
            "home": world.modals.to_json(home) if home else None,
            "usergroups": {
                key: {"handle": handle, "members": members}
                for key, (handle, members) in world.usergroups.items()
            },
            "stage": self._stage.to_json(),
        }
        return web.json_response(state, headers=HEADERS)

    def _messages(self, channel: str, person: str) -> list[Json]:
        messages = self._world.channels[channel].messages
        return [shown(message) for message in messages if message.only_for in (None, person)]

    def _person(self, request: web.Request) -> str:
        try:
            return self._world.user(request.query.get("user") or "mika.sato").id
        except SlackError as error:
            raise web.HTTPNotFound from error

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: each change that the person may see."""
        person = self._person(request)
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        # A browser that has gone away is no failure: its stream just ends.
        with self._world.feed.watch() as queue, suppress(ConnectionError):
            await response.write(b": hello\n\n")
            await self._stream(response, queue, person)
        return response

    async def _stream(
        self, response: web.StreamResponse, queue: asyncio.Queue[Change | None], person: str
    ) -> None:
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), PING_SECONDS)
            except TimeoutError:
                await response.write(b": ping\n\n")
                continue
            if change is None:
                return
            if change.visible_to(person):
                data = json.dumps({"kind": change.kind} | change.data)
                await response.write(f"data: {data}\n\n".encode())

    async def _file(self, request: web.Request) -> web.Response:
        try:
            file = self._world.files.get(request.match_info["file"])
        except SlackError as error:
            raise web.HTTPNotFound from error
        inline = file.mimetype in SAFE_INLINE
        # The page names the download itself: a file name of the app must not write headers.
        disposition = {} if inline else {"Content-Disposition": "attachment"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=HEADERS | disposition)

    async def _run_scene(self, request: web.Request) -> web.Response:
        scene = request.match_info["scene"]
        if scene not in self._stage:
            raise web.HTTPNotFound
        await self._stage.run(scene)
        return web.json_response({"ok": True}, headers=HEADERS)

    async def _act(self, request: web.Request) -> web.Response:
        try:
            said = await self._acts.act(request.match_info["act"], await request.json())
        except (LookupError, SlackError, ValueError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400, headers=HEADERS)
        return web.json_response(said, headers=HEADERS)
