"""Faults on order, by chance, or all at once: how calls of the Web API fail.

The worst of them is not a failed call but a lost answer: what was asked is done, and the app cannot
know. Slack says so itself of internal_error and fatal_error.
"""

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from aiohttp import web

from .refusal import SlackError

HANG_SECONDS = 3600.0


@dataclass(frozen=True)
class Fault:
    """How one call fails: an HTTP status, Slack's error code, a wait before the answer, or no answer.

    `hang` keeps the request open until the client gives up, `cut` breaks the connection, `text` is a
    body that is no JSON; `delay` is in seconds. With `done` the call does its work first, so only the
    answer is lost; a call that Slack refuses anyway is refused as ever.
    """

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    delay: float = 0.0
    hang: bool = False
    cut: bool = False
    text: str = ""
    done: bool = False


RATELIMITED = Fault(error="ratelimited", status=429, retry_after=1)
SERVER_ERROR = Fault(error="internal_error", status=500)
UNAVAILABLE = Fault(error="service_unavailable", status=503)
BAD_GATEWAY = Fault(status=502, text="<html><body>Bad Gateway</body></html>")
TIMEOUT = Fault(hang=True)
CUT = Fault(cut=True)
DONE_BUT_TIMEOUT = Fault(hang=True, done=True)
DONE_BUT_CUT = Fault(cut=True, done=True)
DONE_BUT_ERROR = Fault(error="internal_error", status=500, done=True)
MISHAPS = (RATELIMITED, SERVER_ERROR, UNAVAILABLE, BAD_GATEWAY, CUT, DONE_BUT_CUT, DONE_BUT_ERROR)
"""One of each kind that needs no waiting for a time-out."""


class Faults:
    """Which calls fail; methods by their Web API names, and `response_url` and `upload`.

    `outage = True` makes every call answer 503 until it is False again.
    """

    def __init__(self) -> None:
        self.outage = False
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)
        self.never()

    def next_calls(self, method: str, fault: Fault, times: int = 1) -> None:
        """Make the next `times` calls of a method end in `fault`; first ordered, first served."""
        self._waiting[method].extend([fault] * times)

    def randomly(
        self,
        rate: float,
        seed: int = 1,
        kinds: Sequence[Fault] = MISHAPS,
        methods: Collection[str] | None = None,
    ) -> None:
        """Let this share of all calls (or of those `methods`) fail from now on, each in one of these ways."""
        self._rate, self._chance, self._kinds, self._methods = rate, random.Random(seed), kinds, methods

    def never(self) -> None:
        """Let nothing fail by chance any more."""
        self.randomly(0)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, if one is due."""
        if self.outage:
            return UNAVAILABLE
        if self._waiting[method]:
            return self._waiting[method].popleft()
        hit = (self._methods is None or method in self._methods) and self._chance.random() < self._rate
        return self._chance.choice(self._kinds) if hit else None


class BrokenAnswer(Exception):
    """The call ends without an answer of Slack's."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self._fault = fault

    def to_response(self, request: web.Request) -> web.Response:
        """What goes over the wire instead: a page of some machine between, or nothing at all."""
        if self._fault.cut and request.transport:
            request.transport.abort()
        return web.Response(text=self._fault.text, status=self._fault.status, content_type="text/html")


async def suffer(fault: Fault) -> None:
    """Let a fault happen: wait, hang, break, refuse.

    Raises:
        SlackError: the fault's error, if it has one.
        BrokenAnswer: there is to be none.
    """
    await asyncio.sleep(HANG_SECONDS if fault.hang else fault.delay)
    if fault.cut or fault.text:
        raise BrokenAnswer(fault)
    if fault.error:
        waits = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
        raise SlackError(fault.error, status=fault.status, **waits)
