"""What AWS refused, remembered for a while: asking again would be paid again, and answered alike."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import AccessDenied, NotConfigured

_FOR = timedelta(hours=1)
Refusal = AccessDenied | NotConfigured


class Refused:
    """By what was asked: a permission that is missing, or something that is not switched on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._until: dict[str, tuple[datetime, Refusal]] = {}

    def check(self, asked: str) -> None:
        """Raise it again, saying when it is asked anew; nothing where it may be asked."""
        with self._lock:
            until, error = self._until.get(asked, (self._now(), None))
        left = until - self._now()
        if error and left > timedelta():
            raise _again(error, f"It is asked again in {-(-int(left.total_seconds()) // 60)} min.")

    def add(self, asked: str, error: Refusal) -> None:
        """Remember it for an hour."""
        with self._lock:
            self._until[asked] = self._now() + _FOR, error


def _again(error: Refusal, when: str) -> Refusal:
    hint = f"{error.hint} {when}".strip()
    if isinstance(error, AccessDenied):
        return AccessDenied(error.message, hint, action=error.action)
    return NotConfigured(error.message, hint)
