"""Everything that can go wrong, as one tree.

    NoroshiError(message, hint)
      HelpWanted      asked how a command is used (not a failure)
      BadRequest      the words make no sense
        Costly        would cost more than may be spent without being asked
      NotFound        nothing by that name
      Forbidden       this person may not do that here
      BadEvent        a message that can't be read: shown as unknown, kept
      Upstream        AWS or Slack said no
        AccessDenied  names the missing IAM action
        Throttled     asked too often; try again later
        QueryFailed   carries the query id
        NoSuchPlace   a channel that can't be posted in: unknown, archived, not ours
        BadForm       Slack does not take the message's form
        Unanswered    no answer came: what was asked may have happened
        Gone          the message it is about is no more
      Conflict        somebody else wrote first: read again
      NotConfigured   a setting is missing; the hint names it

Adapters translate and chain (`raise … from`); edges show the message and the hint.
"""

from typing import ClassVar


class NoroshiError(Exception):
    """Base of all: `message` says what happened, `hint` the next step in one line."""

    exit_code: ClassVar[int] = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def type(self) -> str:
        """The error's name, as JSON output gives it."""
        return type(self).__name__


class HelpWanted(NoroshiError):
    """Somebody asked how a command is used; `message` is the help text."""

    exit_code = 0


class BadRequest(NoroshiError):
    """The words make no sense."""

    exit_code = 2


class Costly(BadRequest):
    """It would cost more than may be spent without a yes: about `usd`, for `bytes` read.

    The same words with `--up-to USD` are the yes.
    """

    def __init__(self, message: str, hint: str = "", *, usd: float, bytes: int) -> None:  # noqa: A002 - what it counts
        super().__init__(message, hint)
        self.usd = usd
        self.bytes = bytes


class NotFound(NoroshiError):
    """Nothing by that name."""

    exit_code = 3


class Forbidden(NoroshiError):
    """This person may not do that here."""

    exit_code = 5


class BadEvent(NoroshiError):
    """A message that can't be read."""


class NotConfigured(NoroshiError):
    """A setting is missing; the hint names it."""

    exit_code = 2


class Upstream(NoroshiError):
    """AWS or Slack said no."""


class AccessDenied(Upstream):
    """AWS refused; `action` is the missing IAM action (`s3:GetObject`)."""

    def __init__(self, message: str, hint: str = "", *, action: str) -> None:
        super().__init__(message, hint)
        self.action = action


class Throttled(Upstream):
    """Asked too often; nothing is wrong with the question. `retry_after` in seconds, where it was told."""

    def __init__(self, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class QueryFailed(Upstream):
    """Athena or DuckDB could not run the query; `query_id` finds it in the console.

    `cost_usd`: what it is charged all the same (one that was cancelled); None where that is not known.
    """

    def __init__(
        self, message: str, hint: str = "", *, query_id: str | None = None, cost_usd: float | None = 0.0
    ) -> None:
        super().__init__(message, hint)
        self.query_id = query_id
        self.cost_usd = cost_usd


class NoSuchPlace(Upstream):
    """A channel that can't be posted in: unknown, archived, or the bot is no member."""


class BadForm(Upstream):
    """Slack does not take the form of this message."""


class Unanswered(Upstream):
    """No answer came (time-out, broken connection, 5xx): what was asked may have happened all the same."""


class Gone(Upstream):
    """The message it is about is no more: somebody deleted it."""


class Conflict(NoroshiError):
    """Somebody else wrote first: read again, decide again."""
