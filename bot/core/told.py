"""What Slack has of something we tell: the same for problems, storms, reports.

Slack has no idempotency key. So the intent is written first, with a token; the message carries the token in
its metadata; and whoever finds an intent without an outcome looks for the token before sending again.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.core.kept import fingerprint
from bot.core.severity import Severity
from bot.core.view import View

_AT_ONCE = 2
"""So often a message without an answer is sent again at once."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What people were told so far: how many tellings, how bad and since when, whether it is over, how often reminded."""

    tellings: int = 0
    severity: Severity | None = None
    since: datetime | None = None
    over: bool = False
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a critical problem may stay unacknowledged, how seldom a thread grows, a post changes.

    None: never reminded of, never mentioned for.
    """

    remind_after: timedelta | None = timedelta(minutes=15)
    mention_after: timedelta | None = timedelta(minutes=30)
    mention: str = "<!here>"
    reply_every: timedelta = timedelta(minutes=10)
    edit_every: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Intent:
    """A message that is about to be sent, or was: nobody knows until it is looked for.

    `shown` is the fingerprint of what it shows, `memory` what people know once it stands.
    """

    token: str
    at: datetime
    does: Literal["post", "reply"]
    shown: str = ""
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message: the post itself, or a reply in its thread; `rings`: the reply is seen in the channel."""

    does: Literal["post", "reply"]
    view: View
    memory: Memory
    rings: bool = False
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Let the post show something else."""

    view: View
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Attach:
    """Put pictures of its charts into its thread."""

    view: View


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing before then."""

    at: datetime


Move = Send | Edit | Attach | Later | None


@dataclass(frozen=True, slots=True)
class Told:
    """What Slack has: the post's `ts`, what it shows, what people know, and a message on its way."""

    ts: str | None = None
    shown: str = ""
    memory: Memory = field(default_factory=Memory)
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    replied_at: datetime | None = None
    sent: int = 0
    """How many messages were begun: no two tokens are the same."""
    intent: Intent | None = None
    failures: int = 0
    not_before: datetime | None = None
    """After a refusal nothing is tried before then, longer each time."""
    attached: bool = False
    """Whether its pictures were begun: a file carries no token to be found by, so none is tried twice."""

    def begun(self, token: str, move: Send, now: datetime) -> "Told":
        """With the intent, to be written before the message is sent."""
        intent = Intent(token, now, move.does, fingerprint(move.view), move.memory)
        return replace(self, intent=intent, sent=self.sent + 1)

    def unsent(self) -> "Told":
        """The message does not stand there, for certain."""
        return replace(self, intent=None)

    def refused(self, now: datetime) -> "Told":
        """Slack does not take it: it is tried again, ever more seldom, at least once an hour."""
        wait = min(timedelta(hours=1), timedelta(seconds=10 * 2 ** min(self.failures, 10)))
        return replace(self, intent=None, failures=self.failures + 1, not_before=now + wait)

    def missing(self, now: datetime) -> "Told":
        """It was looked for, and does not stand there; what never gets an answer soon lets others go first."""
        if self.failures >= _AT_ONCE:
            return self.refused(now)
        return replace(self, intent=None, failures=self.failures + 1)

    def doubted(self, now: datetime) -> "Told":
        """Nobody can say whether it stands there: it is looked for again, ever more seldom, and not sent till then."""
        return replace(self.refused(now), intent=self.intent)

    def put_off(self, until: datetime) -> "Told":
        """It does not stand there, and others are tried before it."""
        return replace(self, intent=None, not_before=until)

    def stands(self, ts: str) -> "Told":
        """The message of the intent stands there, under this `ts`."""
        intent = self.intent
        if intent is None:
            return self
        known = replace(self, memory=intent.memory, intent=None, failures=0, not_before=None)
        if intent.does == "reply":
            return replace(known, replied_at=intent.at)
        return replace(known, ts=ts, shown=intent.shown, posted_at=intent.at, edited_at=intent.at)

    def not_attached(self, now: datetime) -> "Told":
        """Of its pictures none stands there, for certain: they are tried again, ever more seldom."""
        return replace(self.refused(now), attached=False)

    def edited(self, view: View, now: datetime) -> "Told":
        """The post shows this now."""
        return replace(self, shown=fingerprint(view), edited_at=now, failures=0, not_before=None)

    def gone(self) -> "Told":
        """Somebody deleted the post: what people know they still know."""
        return Told(memory=self.memory, sent=self.sent)
