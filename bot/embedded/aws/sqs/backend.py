"""The queues of an account in a region: moto's, with standard queues of ours in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import moto.sqs.urls
from moto.sqs.exceptions import (
    BatchEntryIdsNotDistinct,
    EmptyBatchRequest,
    InvalidParameterValue,
    TooManyEntriesInBatchRequest,
)
from moto.sqs.models import Message, SQSBackend, _filter_message_attributes, sqs_backends
from moto.sqs.models import Queue as MotoQueue

from bot.embedded.aws.sqs.queue import StandardQueue

_AT_ONCE = 10

Entries = Sequence[Mapping[str, Any]]


class Queues(SQSBackend):
    """SQS in one place; FIFO queues are moto's own, slow and all."""

    @property
    def _url_module(self) -> Any:
        return moto.sqs.urls  # moto looks for it beside the class

    def create_queue(self, name: str, tags: dict[str, str] | None = None, **attributes: Any) -> MotoQueue:
        """Make a queue, or give the one of this name if it is no other; raises QueueAlreadyExists."""
        known = self.queues.get(name)
        made = super().create_queue(name, tags, **attributes)
        if made is known or made.fifo_queue:
            return made
        attributes.pop("region", None)  # CloudFormation's
        self.queues[name] = StandardQueue(name, self.region_name, self.account_id, **attributes)
        self.queues[name].tags = made.tags
        return self.queues[name]

    def receive_message(
        self,
        queue_name: str,
        count: int,
        wait_seconds_timeout: int,
        visibility_timeout: int,
        message_attribute_names: list[str] | None = None,
    ) -> list[Message]:
        """Give up to `count` messages, at once when there is one, else as soon as one comes."""
        queue = self.get_queue(queue_name)
        if not isinstance(queue, StandardQueue):
            asked = queue_name, count, wait_seconds_timeout, visibility_timeout, message_attribute_names
            return list(super().receive_message(*asked))
        messages = queue.receive(count, wait_seconds_timeout, visibility_timeout)
        for message in messages:
            _filter_message_attributes(message, message_attribute_names or [])
        return messages

    def delete_message_batch(self, queue_name: str, receipts: Entries) -> tuple[list[str], list[Any]]:
        """Delete up to ten; gives the ids of entries that succeeded, and a report of each that failed."""
        _check(receipts, "Delete")
        done, failed = super().delete_message_batch(queue_name, receipts)
        return list(done), list(failed)

    def change_message_visibility(
        self, queue_name: str, receipt_handle: str, visibility_timeout: int
    ) -> None:
        """Hide a message for so many seconds from now."""
        queue = self.get_queue(queue_name)
        if isinstance(queue, StandardQueue):
            queue.change_visibility(receipt_handle, visibility_timeout)
        else:
            super().change_message_visibility(queue_name, receipt_handle, visibility_timeout)

    def change_message_visibility_batch(
        self, queue_name: str, entries: Entries
    ) -> tuple[list[str], list[Any]]:
        """Hide up to ten; gives the ids of entries that succeeded, and a report of each that failed."""
        _check(entries, "ChangeVisibility")
        done: list[str] = []
        failed: list[Any] = []
        for entry in entries:
            changed, refused = self._change(queue_name, entry)
            done += changed
            failed += refused
        return done, failed

    def purge_queue(self, queue_name: str) -> None:
        """Delete every message of the queue."""
        super().purge_queue(queue_name)
        queue = self.get_queue(queue_name)
        if isinstance(queue, StandardQueue):
            queue.purge()

    def _change(self, queue_name: str, entry: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
        # moto fails the whole batch for a message that is gone; SQS only its entry.
        try:
            done, failed = super().change_message_visibility_batch(queue_name, [entry])
        except InvalidParameterValue as error:
            refused = {"Id": entry["Id"], "SenderFault": True, "Code": error.code, "Message": error.message}
            return [], [refused]
        return list(done), list(failed)


def _check(entries: Entries, action: str) -> None:
    """Refuse whole what SQS refuses before it looks at any entry."""
    if not entries:
        raise EmptyBatchRequest(action)
    if len(entries) > _AT_ONCE:
        raise TooManyEntriesInBatchRequest(len(entries))
    ids = [str(entry["Id"]) for entry in entries]
    for each in ids:
        if ids.count(each) > 1:
            raise BatchEntryIdsNotDistinct(each)


def mount_sqs() -> None:
    """Keep queues so from the next reset of moto on, whoever makes them: HTTP, CloudFormation or this process."""
    sqs_backends.backend = Queues


def fill(queue_url: str, region: str, bodies: Iterable[str]) -> int:
    """Send messages without HTTP; gives how many. Raises QueueDoesNotExist."""
    account_id, name = queue_url.rstrip("/").split("/")[-2:]
    backend = sqs_backends[account_id][region]
    return sum(1 for body in bodies if backend.send_message(name, body))


def close_queues() -> None:
    """Let nobody wait for a message any longer, of whatever queue."""
    for _account, _region, backend in list(sqs_backends.iter_backends()):
        for queue in list(backend.queues.values()):
            if isinstance(queue, StandardQueue):
                queue.close()
