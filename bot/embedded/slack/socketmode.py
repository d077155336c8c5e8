"""Socket Mode: single-use addresses, hello, envelopes, acks, redelivery, and faults on order.

Source: docs.slack.dev /apis/events-api/using-socket-mode; redelivery per /apis/events-api.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from .shapes import Json
from .world import World

ACK_SECONDS = 3.0
MOST_CONNECTIONS = 10
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)


class NotDeliveredError(Exception):
    """What the person sees when the app does not answer: operation_timeout or dispatch_failed."""


@dataclass(eq=False)
class Connection:
    """One open socket; a `silent` one neither sends, nor hears, nor answers pings."""

    ws: web.WebSocketResponse
    request: web.Request
    silent: bool = False
    closed: asyncio.Event = field(default_factory=asyncio.Event)


class SocketMode:
    """The app's connections; each envelope goes to one of them, in turn.

    `ack_seconds` and `retry_after_seconds` are Slack's; tests may set shorter ones.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._redeliveries: set[asyncio.Task[None]] = set()
        self._turn = 0
        self.connections: list[Connection] = []
        self.connected = asyncio.Event()
        self.ack_seconds = ACK_SECONDS
        self.retry_after_seconds: tuple[float, ...] = RETRY_AFTER_SECONDS

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve `/link/`: one connection, from hello to close."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._world.tickets:
            raise web.HTTPForbidden(text="ticket unknown or used")
        self._world.tickets.remove(ticket)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await ws.close()
            return ws
        await self._serve(Connection(ws, request))
        return ws

    async def _serve(self, connection: Connection) -> None:
        self.connections.append(connection)
        try:
            await connection.ws.send_json(self._hello())
            self.connected.set()
            await self._listen(connection)
        except ConnectionError:
            pass  # an app that is gone needs no farewell
        finally:
            self.connections.remove(connection)
            connection.closed.set()
            if not self.connections:
                self.connected.clear()

    def _hello(self) -> Json:
        debug = {"host": "stand-in", "approximate_connection_time": 18060}
        known = {"num_connections": len(self.connections), "connection_info": {"app_id": self._world.app_id}}
        return {"type": "hello", "debug_info": debug} | known

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.ws:
            if connection.silent:
                continue
            if frame.type is WSMsgType.PING:
                await connection.ws.pong(frame.data)
            elif frame.type is WSMsgType.TEXT:
                self._acknowledge(frame.json())

    def _acknowledge(self, said: Json) -> None:
        waiting = self._acks.get(said.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload") or {})

    async def deliver(self, kind: str, payload: Json, **extra: Any) -> Json:
        """Send one envelope and return what the ack carried.

        Raises:
            NotDeliveredError: no connection (dispatch_failed) or no ack in time (operation_timeout).
        """
        connection = self._next()
        if connection is None:
            raise NotDeliveredError("dispatch_failed")
        envelope = self._world.ids.envelope()
        self._acks[envelope] = ack = asyncio.get_running_loop().create_future()
        takes_answer = {"accepts_response_payload": kind != "events_api"}
        try:
            if not connection.silent:
                await connection.ws.send_json(
                    {"envelope_id": envelope, "type": kind, "payload": payload} | takes_answer | extra
                )
            return await asyncio.wait_for(ack, self.ack_seconds)
        except ConnectionError as error:
            raise NotDeliveredError("dispatch_failed") from error
        except TimeoutError as error:
            raise NotDeliveredError("operation_timeout") from error
        finally:
            del self._acks[envelope]

    def _next(self) -> Connection | None:
        usable = [connection for connection in self.connections if not connection.ws.closed]
        self._turn += 1
        return usable[self._turn % len(usable)] if usable else None

    async def send_event(self, payload: Json) -> None:
        """Send an event; what is not acked is sent again, three times, by a task of its own."""
        try:
            await self.deliver("events_api", payload, retry_attempt=0, retry_reason="")
        except NotDeliveredError as error:
            task = asyncio.create_task(self._send_again(payload, str(error)))
            self._redeliveries.add(task)
            task.add_done_callback(self._redeliveries.discard)

    async def _send_again(self, payload: Json, reason: str) -> None:
        for attempt, wait in enumerate(self.retry_after_seconds, start=1):
            await asyncio.sleep(wait)
            said = "timeout" if reason == "operation_timeout" else "connection_failed"
            try:
                await self.deliver("events_api", payload, retry_attempt=attempt, retry_reason=said)
            except NotDeliveredError as error:
                reason = str(error)
            else:
                return

    async def refresh(self) -> None:
        """Ask every connection to reconnect, then close it, as Slack does every few hours."""
        for connection in list(self.connections):
            await connection.ws.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await connection.ws.close()

    async def close(self) -> None:
        """Close every connection without a warning."""
        for connection in list(self.connections):
            await connection.ws.close()

    async def abort(self) -> None:
        """Reset every connection (TCP RST), as a broken network does."""
        for connection in list(self.connections):
            if connection.request.transport:
                connection.request.transport.abort()
            await connection.closed.wait()

    def silence(self) -> None:
        """Leave every connection open but dead: nothing sent, nothing heard, pings unanswered."""
        for connection in self.connections:
            connection.silent = True

    async def stop(self) -> None:
        """End redeliveries and close every connection."""
        for task in list(self._redeliveries):
            task.cancel()
        await self.close()
