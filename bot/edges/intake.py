"""The intake: from the queue to the channel, one thread a queue; a message leaves the queue only when Slack has it."""

import threading

import structlog

from bot.core.source import Source
from bot.errors import NoroshiError
from bot.pipeline import handle
from bot.ports import Channels, Inbox, Message

_log = structlog.get_logger()
_LONGEST_WAIT = 60.0


class Intake:
    """Reads one queue until stopped."""

    def __init__(
        self, inbox: Inbox, sources: tuple[Source, ...], channels: Channels, channel: str | None
    ) -> None:
        self._inbox, self._sources, self._channels, self._channel = inbox, sources, channels, channel
        self._stopping = threading.Event()
        self._failures = 0

    def run(self) -> None:
        """Receive and handle until `stop`; a queue that can't be read is asked again, ever more slowly."""
        while not self._stopping.is_set():
            try:
                messages = self._inbox.receive()
            except NoroshiError as error:
                self._failures += 1
                _log.error(
                    "queue unreadable", message=error.message, hint=error.hint, failures=self._failures
                )
                self._stopping.wait(min(_LONGEST_WAIT, 2.0**self._failures))
                continue
            self._failures = 0
            for message in messages:
                self._take(message)

    def stop(self) -> None:
        """Stop after the message in hand."""
        self._stopping.set()

    def _take(self, message: Message) -> None:
        """What fails stays on the queue: SQS gives it again, and in the end to the dead-letter queue."""
        try:
            outcome = handle(message.body, self._sources, self._channels, self._channel)
            self._inbox.done(message)
        except NoroshiError as error:
            _log.error(
                "alert not delivered", message_id=message.message_id, error=error.message, hint=error.hint
            )
        except Exception:  # noqa: BLE001 - the intake must outlive any one message
            _log.exception("alert broke the reading", message_id=message.message_id)
        else:
            _log.info("event handled", message_id=message.message_id, dropped=outcome.dropped)
