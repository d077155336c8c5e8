"""What looks at the clock now and then, in a thread of its own."""

import threading
from collections.abc import Callable

import structlog

from bot.errors import NoroshiError

_log = structlog.get_logger("noroshi.alerts")


class Clockwork:
    """Calls `look` every so many seconds until stopped; a look that fails is logged, and the next one comes."""

    def __init__(self, name: str, look: Callable[[], None], every: float = 20.0) -> None:
        self._name, self._look, self._every = name, look, every
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look until `stop`."""
        while not self._stopping.is_set():
            try:
                self._look()
            except NoroshiError as error:
                _log.error(f"no {self._name}", message=error.message, hint=error.hint)
            self._stopping.wait(self._every)

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()
