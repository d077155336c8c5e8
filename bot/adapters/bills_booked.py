"""How often Cost Explorer was asked on each day of UTC, kept where alerts are kept, and the most for a day."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import structlog

from bot.core.billing.costs import Asked
from bot.core.billing.days import DAY, midnight
from bot.errors import Conflict, Forbidden, Upstream
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.billing")
_KEPT, _TOLD, _TRIES = timedelta(days=40), 31, 20


class RequestBook:
    """Books every request before it is made; `store` opens the store, and may fail: then it is counted in memory."""

    def __init__(self, store: Callable[[], Store], now: Callable[[], datetime], most: int) -> None:
        self._store, self._now, self._most = store, now, most
        self._lock = threading.Lock()
        self._known: dict[date, int] = {}
        self._unkept: dict[date, int] = {}

    def book(self) -> None:
        """One more today; raises Forbidden where the day's are spent."""
        day = self._now().astimezone(UTC).date()
        with self._lock:
            if not self._in_store(day):
                self._within(self._known.get(day, 0) + self._unkept.get(day, 0))
                self._unkept[day] = self._unkept.get(day, 0) + 1

    def asked(self) -> Asked:
        """The last 31 days that had any, newest first; raises nothing."""
        today = self._now().astimezone(UTC).date()
        days = [today - n * DAY for n in range(_TOLD)]
        with self._lock:
            try:
                self._known |= self._read(*days)
            except Upstream as error:
                _log.warning("not all requests to Cost Explorer are known", message=error.message)
            counts = [(day, self._known.get(day, 0) + self._unkept.get(day, 0)) for day in days]
        return Asked(tuple((day, count) for day, count in counts if count), self._most)

    def _in_store(self, day: date) -> bool:
        try:
            return any(self._wrote(day) for _ in range(_TRIES))
        except Upstream as error:
            _log.warning(
                "requests to Cost Explorer are counted in memory", message=error.message, hint=error.hint
            )
            return False

    def _wrote(self, day: date) -> bool:
        """Whether nobody wrote in between; what was counted in memory meanwhile is written too."""
        store, record_id = self._store(), _id(day)
        known = store.read(record_id).get(record_id)
        count = int(known.body["requests"]) if known else 0
        count += self._unkept.get(day, 0)
        self._within(count)
        ends = midnight(day) + _KEPT
        body = {"requests": count + 1}
        try:
            store.write(Record(record_id, body, known.version if known else 0, expires_at=ends))
        except Conflict:
            return False
        self._known[day] = count + 1
        self._unkept.pop(day, None)
        return True

    def _read(self, *days: date) -> dict[date, int]:
        found = self._store().read(*map(_id, days))
        return {day: int(found[_id(day)].body["requests"]) for day in days if _id(day) in found}

    def _within(self, count: int) -> None:
        if count >= self._most:
            raise Forbidden(
                f"Today’s requests to Cost Explorer are spent: {self._most}, at USD 0.01 each."
                if self._most
                else "Cost Explorer may not be asked here: its requests a day are set to 0.",
                "They begin anew at 00:00 UTC; NOROSHI_BILLING__REQUESTS_A_DAY is how many there are.",
            )


def _id(day: date) -> str:
    return f"bill-requests:{day}"
