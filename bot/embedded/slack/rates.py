"""Rate limits: tiers per method and minute, one message a second and channel with short bursts.

Source: docs.slack.dev /apis/web-api/rate-limits. Slack gives the tiers as minimums ("20+"); the
stand-in holds to the minimum, and lets a channel burst to four messages.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from .refusal import SlackError

MINUTE = 60.0
PER_MINUTE = {"T1": 1, "T2": 20, "T3": 50, "T4": 100, "special": 600}
CHANNEL_BURST = 4
WORKSPACE_PER_MINUTE = 300
TOO_MANY = 429


class Rates:
    """Counts calls; `seconds` is a monotonic clock, not the world's, so a stopped world still flows."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.on = True
        self.seconds = seconds
        self._calls: dict[str, deque[float]] = {}
        self._channels: dict[str, tuple[float, float]] = {}

    def count(self, method: str, tier: str) -> None:
        """Count one call of a method.

        Raises:
            SlackError: ratelimited (429), with the seconds to wait as `retry_after`.
        """
        if self.on:
            self._within_minute(method, PER_MINUTE[tier])

    def post(self, channel: str) -> None:
        """Count one posted message.

        Raises:
            SlackError: ratelimited (429), with the seconds to wait as `retry_after`.
        """
        if not self.on:
            return
        now = self.seconds()
        left, since = self._channels.get(channel, (float(CHANNEL_BURST), now))
        left = min(CHANNEL_BURST, left + now - since)
        if left < 1:
            refuse(1 - left)
        self._within_minute("posted messages", WORKSPACE_PER_MINUTE)
        self._channels[channel] = (left - 1, now)

    def _within_minute(self, what: str, most: int) -> None:
        now, calls = self.seconds(), self._calls.setdefault(what, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= most:
            refuse(calls[0] + MINUTE - now)
        calls.append(now)


def refuse(seconds: float) -> None:
    """Say no for so many seconds.

    Raises:
        SlackError: ratelimited, always.
    """
    raise SlackError("ratelimited", status=TOO_MANY, retry_after=max(1, math.ceil(seconds)))
