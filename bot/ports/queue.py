"""The queue that events arrive by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a queue: its body as text, and the handle that deletes it.

    `receives` counts how often it was given out; `sent_at` (aware) is when it came into the queue.
    """

    body: str
    handle: str
    message_id: str
    receives: int = 1
    sent_at: datetime | None = None


class Inbox(Protocol):
    """The queue that events arrive by."""

    def receive(self, *, wait: bool = True) -> Sequence[Message]:
        """Up to ten messages; where there is none, `wait` up to 20 s for one. Raises Upstream."""

    def done(self, *messages: Message) -> None:
        """Take up to ten messages off the queue, their effects being durable; raises Upstream."""
