"""Logs: one line of JSON an event on stderr, or readable lines on a terminal.

Never a secret, and nothing that a terminal obeys: what a library's message or an exception holds may be
anybody's words.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from io import StringIO
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo

from bot.render.safe import clean

# Secrets are cut out of the finished line, where one may stand behind a JSON escape (`\nxoxb-…`) or a
# terminal's colour: so no \b before them, and no backslash in what is cut.
_ESCAPE = r"\\(?:u[0-9a-fA-F]{4}|[^u])"
_BETWEEN = rf"(?:{_ESCAPE}|\x1b\[[\d;]*m|%3D|[\"'\s:=>,])++"
_APART = rf"(?:{_ESCAPE}|[^A-Za-z0-9\\]){{1,8}}"
_NAMES = r"secret_?-?access_?-?key|(?:session|security)_?-?token|amz-signature"
_SECRETS = (
    # Slack's tokens (xoxb-…, xoxe.xoxp-…, xapp-…).
    (re.compile(r"(?i)(xox[a-z]|xapp)-[a-z0-9-]+"), r"\1-…"),
    # response_urls and incoming webhooks: who has one may post, without a token.
    (re.compile(r"(?i)(hooks\.slack(?:-gov)?\.com(?::\d+)?(?:/|%2F))[\w./%-]+"), r"\1…"),
    # The address of a Socket Mode connection.
    (re.compile(r"(?i)(ticket=)[\w%-]+"), r"\1…"),
    # AWS: an access key's id with its secret, and what names itself a secret.
    (
        re.compile(rf"((?:AKIA|ASIA)[A-Z0-9]{{12,28}})({_APART})[A-Za-z0-9/+]{{40}}(?![A-Za-z0-9/+])"),
        r"\1\2…",
    ),
    (re.compile(rf"(?i)({_NAMES})({_BETWEEN})[a-z0-9/+=%]{{16,}}"), r"\1\2…"),
)
_TRACES = frozenset({"exception", "stack"})


def set_up() -> None:
    """Log to stderr: everything of ours, and only trouble of the libraries'."""
    # Tracebacks without local variables: those hold what must not be logged.
    rendering: list[Any] = (
        [_harmless, structlog.dev.ConsoleRenderer(exception_formatter=_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *rendering,
            _last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s", force=True)
    logging.getLogger().handlers[0].setFormatter(_Quiet("%(levelname)s %(name)s %(message)s"))


class _Quiet(logging.Formatter):
    """The libraries' lines, without secrets and harmless."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(_lines(super().format(record)))


def without_secrets(line: str) -> str:
    """The line with tokens, response_urls and keys cut out; JSON stays JSON."""
    for secret, shown in _SECRETS:
        line = secret.sub(shown, line)
    return line


def _last(_logger: object, _method: str, line: Any) -> str:
    """The last of structlog's processors: what comes from a renderer is a text."""
    return without_secrets(line)


def _harmless(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For the terminal, before it is coloured: nothing in a value is obeyed, or breaks the line."""
    return {
        key: value if key == "exc_info" else _lines(value) if key in _TRACES else _shown(value)
        for key, value in event.items()
    }


def _shown(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {clean(str(name)): _shown(each) for name, each in value.items()}
        case list() | tuple():
            return [_shown(each) for each in value]
        case _:
            return clean(repr(value))


def _traceback(out: TextIO, error: ExcInfo) -> None:
    plain = StringIO()
    structlog.dev.plain_traceback(plain, error)
    out.write(_lines(plain.getvalue()))


def _lines(text: Any) -> str:
    """Text of several lines: none of them can pass for a line of the log, for all but the first are indented."""
    return clean(str(text), lines=True).replace("\n", "\n  ")
