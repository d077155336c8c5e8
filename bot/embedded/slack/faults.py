"""Faults on order: tests make the next calls of a method fail in a chosen way."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """How one call fails: an HTTP status, Slack's error code, a wait before the answer, or no answer.

    `hang` keeps the request open until the client gives up; `delay` is in seconds.
    """

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    delay: float = 0.0
    hang: bool = False


RATELIMITED = Fault(error="ratelimited", status=429, retry_after=1)
SERVER_ERROR = Fault(error="internal_error", status=500)
TIMEOUT = Fault(hang=True)


class Faults:
    """Faults that wait for calls, first ordered first served."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def next_calls(self, method: str, fault: Fault, times: int = 1) -> None:
        """Make the next `times` calls of a Web API method (or `response_url`) end in `fault`."""
        self._waiting[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, if one waits."""
        return self._waiting[method].popleft() if self._waiting[method] else None
