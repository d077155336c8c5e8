"""Logs: one line of JSON an event on stderr, or readable lines on a terminal; never a token."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Slack's tokens (xoxb-…, xapp-…), AWS's secret keys are never logged by us; what a library's message holds is cut here.
_SECRET = re.compile(r"\b(xox[a-z]|xapp)-[A-Za-z0-9-]+")


def set_up() -> None:
    """Log to stderr: everything of ours, and only trouble of the libraries'."""
    # Tracebacks without local variables: those hold what must not be logged.
    rendering: list[Any] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, without_secrets, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_secrets,
            *rendering,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s", force=True)
    logging.getLogger().handlers[0].setFormatter(_Quiet("%(levelname)s %(name)s %(message)s"))


class _Quiet(logging.Formatter):
    """The libraries' lines, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return _cut(super().format(record))


def without_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Cut tokens out of every text: a processor of structlog."""
    return {key: _cut(value) if isinstance(value, str) else value for key, value in event.items()}


def _cut(text: str) -> str:
    return _SECRET.sub(r"\1-…", text)
