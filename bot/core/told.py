"""What Slack has of something we tell, and what to do next about it: the same for problems, storms and notes.

Slack has no idempotency key. So the intent is written first, with a token; the message carries the token in
its metadata; and whoever finds an intent without an outcome looks for the token before sending again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from bot.core.kept import kept
from bot.core.severity import Severity
from bot.core.view import View


@kept
@dataclass(frozen=True, slots=True)
class Intent:
    """A message that is about to be sent, or was: nobody knows until it is looked for.

    `tellings` and `severity` are what the message tells of, for when it is found again.
    """

    token: str
    at: datetime
    does: Literal["post", "reply"]
    tellings: int = 0
    severity: Severity | None = None
    rings: bool = False


@kept
@dataclass(frozen=True, slots=True)
class Told:
    """What Slack has: the post's `ts`, what it shows, and how far its thread has come."""

    ts: str | None = None
    shown: str = ""
    tellings: int = 0
    severity: Severity | None = None
    rang_at: datetime | None = None
    sent: int = 0
    """How many messages were begun: no two tokens are the same."""
    edited_at: datetime | None = None
    intent: Intent | None = None

    def begin(self, token: str, move: "Send", now: datetime) -> "Told":
        """The intent, to be written before the message is sent."""
        intent = Intent(token, now, move.does, move.tellings, move.severity, move.rings)
        return replace(self, intent=intent, sent=self.sent + 1)

    def unsent(self) -> "Told":
        """The message does not stand there, for certain."""
        return replace(self, intent=None)

    def stands(self, ts: str) -> "Told":
        """The message of the intent stands there, under this `ts`."""
        intent = self.intent
        if intent is None:
            return self
        rang = intent.at if intent.rings else self.rang_at
        since = replace(self, tellings=intent.tellings, severity=intent.severity, rang_at=rang, intent=None)
        return replace(since, ts=ts, edited_at=intent.at) if intent.does == "post" else since

    def edited(self, shown: str, now: datetime) -> "Told":
        """The post shows this now."""
        return replace(self, shown=shown, edited_at=now)


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message: the post itself, or a reply in its thread; `rings`: it is seen in the channel."""

    does: Literal["post", "reply"]
    view: View
    tellings: int = 0
    severity: Severity | None = None
    rings: bool = True
    mention: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Let the post show something else."""

    view: View


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing before then."""

    at: datetime


Move = Send | Edit | Later | None


class Tellable(Protocol):
    """Something with a post in a channel."""

    @property
    def channel(self) -> str:
        """Where it is told."""

    @property
    def told(self) -> Told:
        """What Slack has of it."""

    def next_move(self, now: datetime) -> Move:
        """What is still to be told; None when all is."""
