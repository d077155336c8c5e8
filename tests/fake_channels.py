"""Slack's channels in memory: satisfies `bot.ports.Channels`; each call can be made to fail, done or not done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.view import View
from bot.errors import Gone, NoroshiError, NoSuchPlace, Upstream
from bot.ports import ONCE, Sending


@dataclass
class Posted:
    """One message as it stands."""

    ts: str
    channel: str
    view: View
    sending: Sending
    at: datetime
    edits: int = 0


class FakeChannels:
    """`fail(error, done=True)` lets the next call do its work and then fail, as when the answer is lost."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._faults: list[tuple[NoroshiError, bool]] = []
        self._number = 0
        self.messages: list[Posted] = []
        self.calls: list[tuple[datetime, str, str]] = []
        self.attached: list[tuple[str, View]] = []
        self.closed: set[str] = set()
        self.unreadable = False

    def fail(self, error: NoroshiError, *, done: bool = False, times: int = 1) -> None:
        self._faults += [(error, done)] * times

    def post(self, channel: str, view: View, sending: Sending = ONCE) -> str:
        return self._do("post", channel, lambda: self._post(channel, view, sending))

    def update(self, channel: str, ts: str, view: View, sending: Sending = ONCE) -> None:
        def edit() -> str:
            message = self.message(ts)
            message.view, message.edits = view, message.edits + 1
            return ts

        self._do("update", channel, edit)

    def find(self, channel: str, token: str, *, since: datetime, thread: str = "") -> str | None:
        def look() -> str:
            if self.unreadable:
                raise Upstream("Slack says that I lack channels:history.")
            found = [
                each.ts
                for each in self.messages
                if each.channel == channel
                and each.sending.token == token
                and each.sending.thread == thread
                and each.at >= since
            ]
            return found[0] if found else ""

        return self._do("find", channel, look) or None

    def attach(self, channel: str, thread: str, view: View) -> None:
        def upload() -> str:
            self.message(thread)
            self.attached.append((thread, view))
            return thread

        self._do("attach", channel, upload)

    def message(self, ts: str) -> Posted:
        for each in self.messages:
            if each.ts == ts:
                return each
        raise Gone("That message is gone.")

    def posts(self, channel: str) -> list[Posted]:
        return [each for each in self.messages if each.channel == channel and not each.sending.thread]

    def replies(self, ts: str) -> list[Posted]:
        return [each for each in self.messages if each.sending.thread == ts]

    def _post(self, channel: str, view: View, sending: Sending) -> str:
        if sending.thread:
            self.message(sending.thread)
        self._number += 1
        ts = f"{self._now().timestamp():.0f}.{self._number:06}"
        self.messages.append(Posted(ts, channel, view, sending, self._now()))
        return ts

    def _do(self, what: str, channel: str, work: Callable[[], str]) -> str:
        self.calls.append((self._now(), what, channel))
        if channel in self.closed:
            raise NoSuchPlace(f"{channel} is archived.")
        fault = self._faults.pop(0) if self._faults else None
        if fault and not fault[1]:
            raise fault[0]
        done = work()
        if fault:
            raise fault[0]
        return done
