"""The line to Slack: one HTTP session, one Web API client, and response_urls."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from yarl import URL

from bot.adapters.slack import direct, refused, unreachable
from bot.adapters.slack_counted import CountedAsyncClient
from bot.errors import Upstream
from bot.ports import Counting
from bot.render.lines import Json

log = structlog.get_logger("noroshi.slack")

_SECONDS = 30
_RETRIES = 2
_LONGEST_WAIT = 5.0
_HOOKS = frozenset({("https", "hooks.slack.com", 443), ("https", "hooks.slack-gov.com", 443)})
UNREACHABLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


class SpentError(Upstream):
    """A response_url that takes nothing more."""

    def __init__(self) -> None:
        super().__init__("Slack takes no more answers to this click or command.", "Ask again.")


class ForeignError(SpentError):
    """A response_url that is not Slack's; nothing is sent there."""


class Line:
    """Everything the edge says to Slack goes through here; make it inside the event loop."""

    def __init__(self, bot_token: str, api_url: str, counting: Counting | None = None) -> None:
        base = api_url.rstrip("/") + "/"
        # The stand-in hands out response_urls of its own, beside its API.
        self._hooks = _HOOKS | {_origin(base)}
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        self.session = aiohttp.ClientSession(timeout=timeout, trust_env=not direct(base))
        self.client = CountedAsyncClient(
            bot_token, counting, base_url=base, session=self.session, timeout=_SECONDS
        )
        self.client.retry_handlers = [
            AsyncConnectionErrorRetryHandler(max_retry_count=_RETRIES),
            AsyncServerErrorRetryHandler(max_retry_count=_RETRIES),
            AsyncRateLimitErrorRetryHandler(max_retry_count=_RETRIES),
        ]
        if direct(base):
            self.client.proxy = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the HTTP session."""
        await self.session.close()

    async def call(self, method: Callable[..., Any], *, where: str = "", **arguments: Any) -> Any:
        """Call one of the client's methods; raises Upstream with words for what Slack said."""
        try:
            return await method(**arguments)
        except SlackApiError as error:
            raise refused(error, where) from error
        except UNREACHABLE as error:
            raise unreachable(error) from error

    async def respond(self, url: str, message: Json, *, again: bool) -> None:
        """Send to a response_url, a second time when Slack stumbled and `again` allows it.

        Raises SpentError for a url that is used up, too old, or not Slack's (ForeignError), Upstream
        for anything else.
        """
        self._check(url)
        try:
            status, wait = await self._send(url, message)
            if again and (
                status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
            ):
                await asyncio.sleep(min(wait, _LONGEST_WAIT))
                status, wait = await self._send(url, message)
        except UNREACHABLE as error:
            raise unreachable(error) from error
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise SpentError
        if status != HTTPStatus.OK:
            raise Upstream(f"Slack did not take the answer (HTTP {status}).", "Ask again in a minute.")

    def _check(self, url: str) -> None:
        origin = _origin(url)
        if origin is None or origin not in self._hooks:
            log.warning("foreign_response_url", origin=origin)
            raise ForeignError

    async def _send(self, url: str, message: Json) -> tuple[int, float]:
        # A redirect could lead the answer, which is private, to anybody.
        async with self.session.post(URL(url), json=message, allow_redirects=False) as response:
            await response.read()
            wait = response.headers.get("Retry-After", "")
            return response.status, float(wait) if wait.isdigit() else 0.0


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port as the HTTP client reads them; None for what is no address."""
    try:
        origin = URL(url).origin()
    except ValueError:
        return None
    return origin.scheme, origin.host or "", origin.port
