"""Slack's Web API clients that count their calls, by Slack's own names of the methods (`chat.postMessage`)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack import UNREACHABLE, refused
from bot.core.outcome import Outcome, outcome_of
from bot.ports import Counting


class CountedClient(WebClient):
    """A WebClient whose calls are counted, where anybody counts."""

    def __init__(self, token: str, counting: Counting | None = None, **settings: Any) -> None:
        super().__init__(token, **settings)
        self._counting = counting

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:
        """As WebClient's, of which every method is made."""
        with counted(self._counting, api_method):
            return super().api_call(api_method, **how)


class CountedAsyncClient(AsyncWebClient):
    """An AsyncWebClient whose calls are counted, where anybody counts."""

    def __init__(self, token: str, counting: Counting | None = None, **settings: Any) -> None:
        super().__init__(token, **settings)
        self._counting = counting

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        """As AsyncWebClient's, of which every method is made."""
        with counted(self._counting, api_method):
            return await super().api_call(api_method, **how)


@contextmanager
def counted(counting: Counting | None, method: str) -> Iterator[None]:
    """Count what happens inside as one call: how it ended, and how long it took."""
    if counting is None:
        yield
        return
    began = time.monotonic()
    ended: Outcome = "refused"
    try:
        yield
        ended = "ok"
    except SlackApiError as error:
        ended = outcome_of(refused(error))
        raise
    except (*UNREACHABLE, aiohttp.ClientError, TimeoutError):
        ended = "unanswered"
        raise
    finally:
        counting.slack(method, ended, time.monotonic() - began)
