"""A standard queue: moto's attributes and policies over a shelf of messages that is quick, and wakes who waits.

moto's own queue walks all its messages many times a call, gives one message to two callers who ask at once,
and looks only once a second for what shows again. Rules: SQS API reference, ReceiveMessage, DeleteMessage and
ChangeMessageVisibility; SQS developer guide, dead-letter queues.
"""

import copy
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from threading import Condition, RLock
from typing import Any

from moto.sqs.exceptions import InvalidParameterValue, ReceiptHandleIsInvalid
from moto.sqs.models import Message
from moto.sqs.models import Queue as MotoQueue

from bot.embedded.aws.sqs.shelf import Shelf

_LONGEST = 43_200  # seconds that a message can stay in flight
_GONE = "Message does not exist or is not available for visibility timeout change."

# One for all queues: a message goes to the dead-letter queue in one step, whichever queue that has itself.
_TURN = RLock()


class StandardQueue(MotoQueue):
    """A standard queue of SQS; `clock` gives seconds since the epoch."""

    def __init__(self, name: str, region: str, account_id: str, **attributes: Any) -> None:
        super().__init__(name, region, account_id, **attributes)
        self.clock: Callable[[], float] = time.time
        self._messages_lock = Condition(_TURN)
        self._shelf = Shelf()
        self._closed = False

    @property
    def approximate_number_of_messages(self) -> int:
        """How many may be received."""
        return self._settled().visible

    @property
    def approximate_number_of_messages_not_visible(self) -> int:
        """How many are in flight."""
        return self._settled().in_flight

    @property
    def approximate_number_of_messages_delayed(self) -> int:
        """How many nobody could receive yet."""
        return self._settled().delayed

    def add_message(self, message: Message) -> None:
        """Take a message in, and wake who waits for one."""
        with self._messages_lock:
            self._shelf.put(message, self._now())
            self._messages_lock.notify_all()

    def receive(self, at_most: int, wait: float, visibility: float) -> list[Message]:
        """Give copies of messages, in flight from now on; waits for the first one. Both times are seconds."""
        with self._messages_lock:
            end = self._now() + wait * 1000
            while not (taken := self._take(at_most, visibility * 1000)) and (now := self._now()) < end:
                if self._closed:
                    break
                self._messages_lock.wait((min(end, self._shelf.next_due()) - now) / 1000)
            return taken

    def close(self) -> None:
        """Answer whoever waits for a message at once, from now on."""
        with self._messages_lock:
            self._closed = True
            self._messages_lock.notify_all()

    def delete_message(self, receipt_handle: str) -> None:
        """Delete the message, in flight or not; an older receive's handle deletes nothing, and is no error.

        Raises ReceiptHandleIsInvalid for what is no handle of this queue.
        """
        with self._messages_lock:
            message_id, receives = self._read(receipt_handle)
            message = self._shelf.find(message_id)
            if message is not None and message.approximate_receive_count == receives:
                self._shelf.remove(message)

    def change_visibility(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message for so long from now; does nothing when it is no longer in flight by this handle.

        Raises InvalidParameterValue for a message that is gone and beyond 12 hours, ReceiptHandleIsInvalid.
        """
        with self._messages_lock:
            message_id, receives = self._read(receipt_handle)
            message = self._settled().find(message_id)
            if message is None:
                raise InvalidParameterValue(
                    f"Value {receipt_handle} for parameter ReceiptHandle is invalid. Reason: {_GONE}"
                )
            since = self._shelf.in_flight_since(message_id)
            if since is not None and message.approximate_receive_count == receives:
                self._extend(message, since, seconds)

    def purge(self) -> None:
        """Delete every message."""
        with self._messages_lock:
            self._shelf = Shelf()

    def _extend(self, message: Message, since: float, seconds: int) -> None:
        until = self._now() + seconds * 1000
        if until - since > _LONGEST * 1000:
            raise InvalidParameterValue(
                f"Value {seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout"
                f" for the message is beyond the limit [{_LONGEST} seconds]"
            )
        self._shelf.extend(message, until)
        self._messages_lock.notify_all()

    def _take(self, at_most: int, visibility: float) -> list[Message]:
        now, shelf = self._now(), self._settled()
        taken: list[Message] = []
        while len(taken) < at_most and (message := shelf.pop()) is not None:
            if self._is_spent(message):
                self.dead_letter_queue.add_message(message)
            elif message.sent_timestamp + self.message_retention_period * 1000 > now:
                self._lend(message, now, now + visibility)
                taken.append(copy.copy(message))
        if taken:
            # Whoever waits now has an earlier time to look again.
            self._messages_lock.notify_all()
        return taken

    def _is_spent(self, message: Message) -> bool:
        if self.dead_letter_queue is None or not self.redrive_policy:
            return False
        return bool(message.approximate_receive_count >= self.redrive_policy["maxReceiveCount"])

    def _lend(self, message: Message, now: float, until: float) -> None:
        message.approximate_receive_count += 1
        message.approximate_first_receive_timestamp = message.approximate_first_receive_timestamp or int(now)
        message.receipt_handle = self._write(message)
        self._shelf.lend(message, now, until)

    def _write(self, message: Message) -> str:
        """A handle for this receive; it says whose it is, so none has to be kept."""
        said = f"{self.queue_arn} {message.id} {message.approximate_receive_count}"
        return b64encode(said.encode()).decode()

    def _read(self, receipt_handle: str) -> tuple[str, int]:
        try:
            queue_arn, message_id, receives = b64decode(receipt_handle, validate=True).decode().split(" ")
        except ValueError as error:
            raise ReceiptHandleIsInvalid from error
        if queue_arn != self.queue_arn:
            raise ReceiptHandleIsInvalid
        return message_id, int(receives)

    def _settled(self) -> Shelf:
        with self._messages_lock:
            self._shelf.settle(self._now())
            return self._shelf

    def _now(self) -> float:
        return self.clock() * 1000
