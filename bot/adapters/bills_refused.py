"""What AWS refused, remembered for a while: asking again would be paid again, and answered alike."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import AccessDenied, NotConfigured

_DENIED_FOR = timedelta(hours=1)
_LONG = 120  # minutes
Refusal = AccessDenied | NotConfigured


class Refused:
    """By what was asked: a permission that is missing, for an hour; what AWS does not have yet, for `refresh`."""

    def __init__(self, now: Callable[[], datetime], refresh: timedelta) -> None:
        self._now, self._refresh = now, refresh
        self._lock = threading.Lock()
        self._until: dict[str, tuple[datetime, Refusal]] = {}

    def check(self, asked: str) -> None:
        """Raise it again, saying when it is asked anew; nothing where it may be asked."""
        with self._lock:
            until, error = self._until.get(asked, (self._now(), None))
        left = until - self._now()
        if error and left > timedelta():
            raise _again(error, f"It is asked again in {_words(left)}.")

    def add(self, asked: str, error: Refusal) -> None:
        """Remember it."""
        lasts = _DENIED_FOR if isinstance(error, AccessDenied) else self._refresh
        with self._lock:
            self._until[asked] = self._now() + lasts, error


def _words(left: timedelta) -> str:
    minutes = -(-int(left.total_seconds()) // 60)
    return f"{minutes} min" if minutes < _LONG else f"{minutes // 60} h"


def _again(error: Refusal, when: str) -> Refusal:
    hint = f"{error.hint} {when}".strip()
    if isinstance(error, AccessDenied):
        return AccessDenied(error.message, hint, action=error.action)
    return NotConfigured(error.message, hint)
