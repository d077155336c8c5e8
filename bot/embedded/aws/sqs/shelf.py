"""Which messages of a queue may be received, which are in flight, which are delayed.

No clock and no lock: whoever calls says the time, in milliseconds, and takes care that nobody else calls.
Each call costs the same whether the queue holds ten messages or ten thousand.
"""

import heapq
from collections import deque
from itertools import count

from moto.sqs.models import Message


class Shelf:
    """The messages of one standard queue, each exactly once: visible, in flight or delayed."""

    def __init__(self) -> None:
        self._held: dict[str, Message] = {}
        self._visible: deque[Message] = deque()  # in this order they are given; deleted ones are passed over
        self._in_flight: dict[str, float] = {}  # since when
        self._delayed: set[str] = set()
        self._due: list[tuple[float, int, Message]] = []  # a heap; times that were changed since stay in it
        self._number = count()  # of two messages due at one time the first comes first

    @property
    def visible(self) -> int:
        """How many may be received, as of the last `settle`."""
        return len(self._held) - len(self._in_flight) - len(self._delayed)

    @property
    def in_flight(self) -> int:
        """How many were received and are hidden since, as of the last `settle`."""
        return len(self._in_flight)

    @property
    def delayed(self) -> int:
        """How many nobody could receive yet, as of the last `settle`."""
        return len(self._delayed)

    def put(self, message: Message, now: float) -> None:
        """Take a message in; its `delayed_until` hides it from the first receiver too."""
        self._held[message.id] = message
        if message.delayed_until > now:
            self._delayed.add(message.id)
            self._hide(message, message.delayed_until)
        else:
            self._visible.append(message)

    def settle(self, now: float) -> None:
        """Show again what was hidden until now."""
        while self._due and self._due[0][0] <= now:
            due, _, message = heapq.heappop(self._due)
            if message.visible_at == due and self._is_hidden(message):
                self._in_flight.pop(message.id, None)
                self._delayed.discard(message.id)
                self._visible.append(message)

    def next_due(self) -> float:
        """When `settle` may show something next; infinity for nothing hidden."""
        return self._due[0][0] if self._due else float("inf")

    def pop(self) -> Message | None:
        """Take the next visible message off; None when there is none."""
        while self._visible:
            message = self._visible.popleft()
            if self._held.pop(message.id, None) is not None:
                return message
        return None

    def lend(self, message: Message, now: float, until: float) -> None:
        """Put a message that was popped back, in flight until then."""
        self._held[message.id] = message
        self._in_flight[message.id] = now
        self._hide(message, until)

    def find(self, message_id: str) -> Message | None:
        """The message of this id, if it is still here."""
        return self._held.get(message_id)

    def in_flight_since(self, message_id: str) -> float | None:
        """When a message that is in flight was received; None for any other."""
        return self._in_flight.get(message_id)

    def extend(self, message: Message, until: float) -> None:
        """Hide a message that is in flight until another time than was said before, sooner or later."""
        self._hide(message, until)

    def remove(self, message: Message) -> None:
        """Forget a message that was received once, in flight or visible again."""
        del self._held[message.id]
        self._in_flight.pop(message.id, None)

    def _hide(self, message: Message, until: float) -> None:
        message.visible_at = until
        heapq.heappush(self._due, (until, next(self._number), message))

    def _is_hidden(self, message: Message) -> bool:
        return message.id in self._in_flight or message.id in self._delayed
