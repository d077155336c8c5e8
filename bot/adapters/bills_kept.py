"""What was answered about bills, kept in memory and in the store, so that replicas and terminals pay once.

In the store an answer is its JSON, packed: a month by usage type has thousands of lines. One that is too long even
so stays in memory alone.
"""

import base64
import hashlib
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from bot.adapters.records import BODY_BYTES
from bot.errors import Conflict, Upstream
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.billing")
FOR = timedelta(days=40)
"""For how long an answer is kept."""
_IN_MEMORY, _TURNS = 256, 64
_REST = 500  # bytes of a body beside the answer
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Kind]):
    """One answer, and when it was given (aware)."""

    value: Kind
    asked_at: datetime


class Kept(Generic[Kind]):
    """Answers of one kind, by texts; `store` opens the store (None: in memory alone), and may fail.

    `account` is whose bills they are: another's are another's answers, in one store too. While it is "", nobody
    knows, and nothing is shared.
    """

    def __init__(
        self, kind: type[Kind], store: Callable[[], Store] | None, account: Callable[[], str]
    ) -> None:
        self._form: TypeAdapter[Any] = TypeAdapter(kind)
        self._kind = kind.__name__
        self._store, self._account = store, account
        self._lock = threading.Lock()
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))
        self._memory: OrderedDict[str, Answer[Kind]] = OrderedDict()

    def turn(self, key: str) -> threading.Lock:
        """To be held from reading to keeping: of many threads that ask one thing, one asks AWS."""
        return self._turns[hash(key) % _TURNS]

    def read(self, key: str, fresh: Callable[[Answer[Kind]], bool]) -> Answer[Kind] | None:
        """The newest, be it `fresh` or old; None where there is none. The store is asked where memory has no fresh one."""
        with self._lock:
            known = self._memory.get(key)
        if known and fresh(known):
            return known
        newest = max(filter(None, (known, self._stored(key))), key=lambda each: each.asked_at, default=None)
        if newest:
            self._remember(key, newest)
        return newest

    def keep(self, key: str, answer: Answer[Kind]) -> None:
        """Keep it in the place of an older one; raises nothing."""
        self._remember(key, answer)
        if self._store is None or not self._account():
            return
        try:
            packed = base64.b64encode(zlib.compress(self._form.dump_json(answer.value), 9)).decode()
            if len(packed) <= BODY_BYTES - _REST:
                self._write(self._store(), self._id(key), packed, answer.asked_at)
        # Another replica's answer is as good, and half a character has no form in JSON.
        except (Upstream, Conflict, PydanticSerializationError) as error:
            _log.warning("an answer about bills is kept in memory alone", error=str(error))

    def _write(self, store: Store, record_id: str, packed: str, asked_at: datetime) -> None:
        known = store.read(record_id).get(record_id)
        body = {"asked_at": asked_at.isoformat(), "answer": packed}
        store.write(Record(record_id, body, known.version if known else 0, expires_at=asked_at + FOR))

    def _remember(self, key: str, answer: Answer[Kind]) -> None:
        with self._lock:
            self._memory[key] = answer
            self._memory.move_to_end(key)
            while len(self._memory) > _IN_MEMORY:
                self._memory.popitem(last=False)

    def _stored(self, key: str) -> Answer[Kind] | None:
        """What this or another process kept; None also for what another version of ours kept in another form."""
        if self._store is None or not self._account():
            return None
        try:
            record = self._store().read(self._id(key)).get(self._id(key))
            if record is None:
                return None
            answer = self._form.validate_json(zlib.decompress(base64.b64decode(record.body["answer"])))
            return Answer(answer, datetime.fromisoformat(record.body["asked_at"]))
        except (Upstream, ValidationError, LookupError, ValueError, zlib.error) as error:
            _log.warning("a kept answer about bills can't be read", error=str(error))
            return None

    def _id(self, key: str) -> str:
        digest = hashlib.sha256(key.encode()).hexdigest()[:24]
        return f"bill:{self._account()}:{self._kind}:{digest}"
