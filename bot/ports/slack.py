"""The channels of Slack that alerts are posted in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.view import View


@dataclass(frozen=True, slots=True)
class Sending:
    """How a message is sent.

    `mention`: `<!here>`, `<!channel>`, `<@U…>` or `<!subteam^S…>`; `token`: an id of ours that travels in
    the message's metadata, to find it again, beside the `key` of the problem that it tells of; `thread`: the
    `ts` that it answers to; `broadcast`: an answer that is seen in the channel too.
    """

    mention: str = ""
    token: str = ""
    key: str = ""
    thread: str = ""
    broadcast: bool = False


ONCE = Sending()


class Channels(Protocol):
    """Where alerts are posted: one try a call, whoever calls decides when to try again.

    All raise Throttled, NoSuchPlace, BadForm (not posted, for a known reason), Unanswered (it may stand
    there), Gone (that message is no more) or another Upstream (a plain no).
    """

    def post(self, channel: str, view: View, sending: Sending = ONCE) -> str:
        """Post, and give the message's timestamp (Slack's `ts`)."""

    def update(self, channel: str, ts: str, view: View, sending: Sending = ONCE) -> None:
        """Let the message say something else; its thread, broadcast and token stay as they are."""

    def find(self, channel: str, token: str, *, since: datetime, thread: str = "") -> str | None:
        """The `ts` of the message of ours that carries this token, posted since then; None if there is none."""

    def attach(self, channel: str, thread: str, view: View) -> None:
        """Upload pictures of the view's charts into a thread; raises NotConfigured where nothing can be drawn."""
