"""The intake: from the queue onto the record; a message leaves the queue only when its effect is durable.

One thread reads; when it finds the queue full, others help it until it is empty. Then each first looks a part
of the queue through for what may be critical, and puts that on record before the rest.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.alert import Alert
from bot.core.hearing.senses import QueueSense
from bot.core.severity import Severity
from bot.core.text import Code
from bot.edges.in_hand import InHand
from bot.errors import BadEvent, BadRequest, NoroshiError
from bot.pipeline import Taking
from bot.ports import Inbox, Message

_log = structlog.get_logger("noroshi.intake")
_LONGEST_WAIT = 60.0
_FULL = 10
_HAND, _HAND_BYTES = 2_500, 8_000_000
"""So much a thread looks through at once: four of them a storm of ten thousand, and it is on record within the
half minute that a queue's visibility timeout leaves."""
_AT_ONCE = 50
_POISON_AFTER = 3
"""A message that broke the reading so often is told of; its queue gives it up soon after."""


class Intake:
    """Reads one queue, called `name`, until stopped."""

    def __init__(
        self, name: str, inbox: Inbox, taking: Taking, now: Callable[[], datetime], *, helpers: int = 3
    ) -> None:
        self._name, self._inbox, self._taking, self._now = name, inbox, taking, now
        self._helpers = helpers
        self._stopping = threading.Event()
        self._hand = InHand()
        self._full = threading.Event()
        self._failures = 0
        self._unrecorded = False
        self._failing_since: datetime | None = None
        self._error = ""
        self._lag: timedelta | None = None

    @property
    def sense(self) -> QueueSense:
        """How the queue was when it was last asked."""
        return QueueSense(self._name, self._failing_since, self._error, self._lag)

    def run(self) -> None:
        """Receive and take until `stop`; a queue that can't be read is asked again, ever more slowly."""
        for n in range(self._helpers):
            threading.Thread(target=self._help, name=f"intake-{n + 1}", daemon=True).start()
        while not self._stopping.is_set():
            self.receive()

    def _help(self) -> None:
        while not self._stopping.is_set():
            self._full.wait()
            if not self._stopping.is_set() and not self.receive():
                self._full.clear()

    def stop(self) -> None:
        """Stop after the messages in hand; what the queue gives after that stays on it."""
        self._stopping.set()
        self._hand.end()
        self._full.set()

    def rests(self, within: float) -> bool:
        """Whether no message is in hand any more, by so many seconds after `stop`: the store is not asked again."""
        return self._hand.empties(within)

    def receive(self) -> bool:
        """Receive and take once; whether there may be more at once."""
        try:
            if self._unrecorded:
                self._probe()
            messages = self._inbox.receive()
        except NoroshiError as error:
            self._failed(error)
            return False
        self._failures, self._failing_since, self._error = 0, None, ""
        waits = [self._now() - message.sent_at for message in messages if message.sent_at]
        self._lag = max(waits, default=timedelta())
        with self._hand.held() as may:
            return may and self._handle(messages)

    def _probe(self) -> None:
        """Each time a message is given out counts: it must not die of an outage of the store's."""
        with self._hand.held() as may:
            if may:
                self._taking.probe()
                self._unrecorded = False

    def _handle(self, messages: Sequence[Message]) -> bool:
        if len(messages) == _FULL:
            self._full.set()
            self._look_through(messages)
            return True
        self._take(messages)
        return False

    def _look_through(self, messages: Sequence[Message]) -> None:
        """Take what may be critical as soon as it is seen, and the rest when the hand or the queue is at its end."""
        hand: list[Message] = []
        size = 0
        while messages:
            calm = [message for message in messages if self._taking.calm(message.body)]
            self._take([message for message in messages if message not in calm])
            hand += calm
            size += sum(len(message.body) for message in calm)
            # What comes again was in hands that died, or were too slow: then few at a time.
            again = any(message.receives > 1 for message in messages)
            if again or len(hand) >= _HAND or size >= _HAND_BYTES or self._halted():
                break
            messages = self._more()
        for begin in range(0, len(hand), _AT_ONCE):
            if not self._unrecorded:  # else all of it stays on the queue
                self._take(hand[begin : begin + _AT_ONCE])

    def _halted(self) -> bool:
        return self._unrecorded or self._stopping.is_set()

    def _more(self) -> Sequence[Message]:
        """What the queue has at once; a queue that fails is asked again when the hand is empty."""
        try:
            return self._inbox.receive(wait=False)
        except NoroshiError as error:
            _log.warning("not looked further", message=error.message, hint=error.hint)
            return ()

    def _failed(self, error: NoroshiError) -> None:
        self._failures += 1
        self._failing_since = self._failing_since or self._now()
        self._error = error.message
        _log.error("queue unreadable", message=error.message, hint=error.hint, failures=self._failures)
        self._stopping.wait(min(_LONGEST_WAIT, 2.0**self._failures))

    def _take(self, messages: Sequence[Message]) -> None:
        """What fails stays on the queue: SQS gives it again, and in the end to the dead-letter queue."""
        if not messages:
            return
        try:
            outcomes = self._taking.take([message.body for message in messages])
            for begin in range(0, len(messages), _FULL):
                self._inbox.done(*messages[begin : begin + _FULL])
        except (BadEvent, BadRequest) as error:  # it can't be read, or not be kept
            self._apart(messages, error)
        except NoroshiError as error:
            _log.error("not taken", messages=len(messages), error=error.message, hint=error.hint)
            self._unrecorded = True
        except Exception as error:  # noqa: BLE001 - the intake must outlive any one message
            _log.exception("a message broke the reading", messages=len(messages))
            self._apart(messages, error)
        else:
            _log.info("taken", alerts=sum(each.alert is not None for each in outcomes), of=len(outcomes))

    def _apart(self, messages: Sequence[Message], error: Exception) -> None:
        """One of them is at fault: take each by itself, so that it holds up no other."""
        if len(messages) > 1:
            for message in messages:
                self._take([message])
        elif messages[0].receives >= _POISON_AFTER:
            self._tell_of(messages[0], error)

    def _tell_of(self, message: Message, error: Exception) -> None:
        why = error.message if isinstance(error, NoroshiError) else type(error).__name__
        poison = Alert(
            key=f"noroshi:poison:{self._name}",
            source="noroshi",
            kind="A message that can't be read",
            severity=Severity.HIGH,
            title=f"I can't read a message of the queue {self._name}: what it says reaches nobody",
            story=(
                ("Message ", Code(message.message_id), f", given to me {message.receives} times: {why}"),
                ("It goes to the dead-letter queue. Look at it there, then run: noroshi alert preview FILE",),
            ),
            occurrence=message.message_id,
        )
        try:
            self._taking.tell(poison)
        except NoroshiError as lost:
            _log.error("poison not told", message_id=message.message_id, error=lost.message)
