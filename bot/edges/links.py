"""Where messages are found: Slack is asked once for each."""

from collections.abc import Callable

import structlog

from bot.errors import NoroshiError

_log = structlog.get_logger("noroshi.glance")
_MOST = 1_000


class Links:
    """Remembers the addresses of messages; `ask` gives one for a channel and a `ts`, or raises NoroshiError."""

    def __init__(self, ask: Callable[[str, str], str]) -> None:
        self._ask = ask
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, channel: str, ts: str) -> str:
        """The address; "" where Slack does not say."""
        key = (channel, ts)
        if key not in self._known:
            try:
                found = self._ask(channel, ts)
            except NoroshiError as error:
                _log.info("no link to a message", channel=channel, why=error.message)
                return ""
            if len(self._known) >= _MOST:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = found
        return self._known[key]
