"""The heartbeat: one thread that looks whether the bot still hears, and says so where it does not."""

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import structlog

from bot.core import moment
from bot.core.alert import Alert
from bot.core.hearing.accounts import keys, of_account
from bot.core.hearing.news import Judged, as_body, from_body, noted, telling, told
from bot.core.hearing.queues import of_dead_letters, of_queue
from bot.core.hearing.senses import PATIENCE, AccountSense, Hearing, Patience, QueueSense
from bot.errors import Conflict, NoroshiError
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.hearing")
_AT_ONCE = 100
"""What a store reads in one go."""


class Watch:
    """Looks until stopped, as often as `patience` says.

    `queues` are what the intakes know, `tell` takes an alert durably or raises NoroshiError. The store holds
    `heard:ACCOUNT` (body `at`: when an event of the account last came, written by whoever takes events) and
    `hearing:KEY`, what was told; replicas share both.
    """

    def __init__(
        self,
        hearing: Hearing,
        queues: Callable[[], Iterable[QueueSense]],
        store: Store,
        tell: Callable[[Alert], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: Patience = PATIENCE,
    ) -> None:
        self._hearing, self._queues, self._store, self._tell = hearing, queues, store, tell
        self._now, self._patience = now, patience
        self._stopping = threading.Event()
        self._next = self._next_queues = datetime.min.replace(tzinfo=UTC)

    def run(self) -> None:
        """Look at what is due until `stop`."""
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(self._patience.queues_every.total_seconds())

    def stop(self) -> None:
        """Stop after the account in hand."""
        self._stopping.set()

    def look(self) -> None:
        """Look at whatever is due; what fails is logged, and looked at again when it is due again."""
        self._look_at_queues()
        if self._now() < self._next:
            return
        self._next = self._now() + self._patience.every
        for dead in self._hearing.dead_letters():
            self.settle(of_dead_letters(dead, self._patience))
        for senses in self._hearing.accounts():
            if self._stopping.is_set():
                return
            self._look_at(senses)
            self._look_at_queues()  # many accounts take minutes

    def _look_at_queues(self) -> None:
        if self._now() < self._next_queues:
            return
        self._next_queues = self._now() + self._patience.queues_every
        for queue in self._queues():
            self.settle(of_queue(queue, self._patience, self._now()))

    def _look_at(self, senses: Sequence[AccountSense]) -> None:
        if not senses:
            return
        account_id = senses[0].account_id
        try:
            records = self._read([f"heard:{account_id}", *map(_id, keys(senses))])
        except NoroshiError as error:
            _log.error("hearing unknown", account=account_id, message=error.message, hint=error.hint)
            return
        heard = records.get(f"heard:{account_id}")
        last = moment.read(heard.body.get("at")) if heard else None
        past = {key: from_body(records[_id(key)].body) for key in keys(senses) if _id(key) in records}
        self.settle(of_account(senses, last, past, self._patience, self._now()))

    def settle(self, judged: Iterable[Judged]) -> None:
        """Remember, tell, remember that it was told: each for itself, one that fails does not stop the rest."""
        found = list(judged)
        try:
            records = self._read([_id(each.key) for each in found])
        except NoroshiError as error:
            _log.error(
                "deafness not told", told=[e.key for e in found], message=error.message, hint=error.hint
            )
            return
        for each in found:
            try:
                self._say(each, records.get(_id(each.key)) or Record(_id(each.key), {}))
            except Conflict:
                _log.info("another replica was first", key=each.key)
            except NoroshiError as error:
                _log.error("deafness not told", key=each.key, message=error.message, hint=error.hint)

    def _say(self, judged: Judged, record: Record) -> None:
        """The beginning is written first: replicas, and this one after a crash, must tell of the same one."""
        now, past = self._now(), from_body(record.body)
        known = noted(past, judged, now)
        if known != past:
            record = self._write(record, as_body(known))
        alert = telling(known, judged, now)
        if alert is None:
            return
        _log.warning("hearing", key=judged.key, title=alert.title, well=judged.well)
        self._tell(alert)
        self._write(record, as_body(told(known, judged, now)))

    def _read(self, ids: Sequence[str]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        each_once = list(dict.fromkeys(ids))
        for begin in range(0, len(each_once), _AT_ONCE):
            found |= self._store.read(*each_once[begin : begin + _AT_ONCE])
        return found

    def _write(self, record: Record, body: dict[str, object]) -> Record:
        self._store.write(Record(record.id, body, record.version))
        return Record(record.id, body, record.version + 1)


def _id(key: str) -> str:
    return f"hearing:{key}"
