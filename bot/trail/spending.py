"""What each person's questions have cost on each day of UTC, kept where alerts are kept.

A question's estimate is booked before it runs, so that two at once can't both spend what is left; what it really
cost takes the estimate's place afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import structlog

from bot.core.amounts import price
from bot.errors import Conflict, Forbidden, Upstream
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.trail")
_KEPT = timedelta(days=40)
_TRIES = 20
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Booked:
    """What was set aside for one question."""

    asker: str
    day: date
    usd: float


class Spending:
    """The book; `store` opens the store (once in a process), and may fail: then nothing is kept, and the log says so."""

    def __init__(self, store: Callable[[], Store], now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def book(self, asker: str, usd: float, most: float) -> Booked | None:
        """Set `usd` aside of the asker's day, `most` USD long; raises Forbidden where that is too much.

        None where the store can't be reached: the question goes on, unbooked.
        """
        day = self._now().astimezone(UTC).date()

        def add(spent: float) -> float:
            if spent + usd > most:
                raise self._too_much(spent, usd, most)
            return spent + usd

        return Booked(asker, day, usd) if self._change(asker, day, add) else None

    def settle(self, booked: Booked, usd: float) -> None:
        """Let what the question really cost stand in the place of what was set aside for it; raises nothing."""
        if usd != booked.usd:
            self._change(booked.asker, booked.day, lambda spent: max(0.0, spent - booked.usd + usd))

    def _change(self, asker: str, day: date, change: Callable[[float], float]) -> bool:
        record_id = f"spent:{day}:{asker[:_LONGEST]}"
        try:
            for _ in range(_TRIES):
                if self._changed(record_id, day, change):
                    return True
        except Upstream as error:
            _log.warning("what a question costs is not kept", message=error.message, hint=error.hint)
            return False
        _log.warning("what a question costs is not kept: the record changes too often", record=record_id)
        return False

    def _changed(self, record_id: str, day: date, change: Callable[[float], float]) -> bool:
        store = self._store()
        known = store.read(record_id).get(record_id)
        spent = change(float(known.body["usd"]) if known else 0.0)
        ends = datetime.combine(day, time(), UTC) + _KEPT
        body = {"usd": round(spent, 9)}
        try:
            store.write(Record(record_id, body, known.version if known else 0, expires_at=ends))
        except Conflict:
            return False
        return True

    def _too_much(self, spent: float, usd: float, most: float) -> Forbidden:
        now = self._now().astimezone(UTC)
        left = datetime.combine(now.date() + timedelta(days=1), time(), UTC) - now
        hours, minutes = divmod(-(-int(left.total_seconds()) // 60), 60)
        wait = f"{hours} h {minutes} min" if hours else f"{minutes} min"
        return Forbidden(
            f"Your questions have cost {price(spent)} today, of the {price(most)} that one person's may cost in a day; "
            f"this one would cost up to {price(usd)} more.",
            f"The day ends at 00:00 UTC, in {wait}. Until then narrow it: --since, --account, --region.",
        )
