"""The bill is looked at by itself: once a day with Cost Explorer's figures, every six hours for the month's pace."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import structlog

from bot.core import moment
from bot.core.alert import Alert
from bot.core.billing.arrived import mostly_known_before
from bot.core.hearing.money import of_bill
from bot.core.hearing.news import Judged
from bot.edges.looking import Tell
from bot.errors import AccessDenied, BadRequest, Forbidden, NoroshiError, NotConfigured
from bot.pipeline.lease import Lease
from bot.ports import Record, Store

_log = structlog.get_logger("noroshi.billing")
TERM = timedelta(minutes=10)
"""How long a dead replica keeps the others from it; asking takes seconds."""
_AGAIN = timedelta(hours=1)
_QUARTER = 6
_LASTING = (AccessDenied, NotConfigured, BadRequest)
"""What the next try would not mend: it is told at once, and tried when it is due again."""
_AT_ONCE = (*_LASTING, Forbidden)
"""Told at once. A day's requests that are spent come back at 00:00 UTC, and asking for them costs nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is watched: `stretch` names the stretch of time that it is done once in.

    `means` says what it means that it can't be looked at.
    """

    name: str
    means: str
    stretch: Callable[[datetime], str]
    look: Callable[[date], Sequence[Alert]]


class Spending:
    """`look`, as often as you like: does what is due, and no replica has done.

    The store's record `spending` has for each part the stretch that is done, and when what failed is tried again;
    the lease lets one replica pay. A process that dies between the telling and the record tells again, under the
    same keys. `settle` takes what can't be seen, and what can again.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        store: Store,
        lease: Lease,
        tell: Tell,
        settle: Callable[[Iterable[Judged]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._parts, self._store, self._lease = parts, store, lease
        self._tell, self._settle, self._now = tell, settle, now

    def look(self) -> None:
        """Look at each part that is due; raises Upstream where the store can't be asked."""
        if not self._due() or not self._lease.hold():
            return
        try:
            for part, stretch in self._due():  # read anew: another replica may just have done it
                self._do(part, stretch)
                self._lease.hold()
        finally:
            with suppress(NoroshiError):  # it ends by itself
                self._lease.release()

    def _due(self) -> list[tuple[Part, str]]:
        now, done = self._now().astimezone(UTC), self._record().body
        return [
            (part, stretch)
            for part in self._parts
            if done.get(part.name) != (stretch := part.stretch(now)) and not _waits(done, part, now)
        ]

    def _do(self, part: Part, stretch: str) -> None:
        try:
            alerts = part.look(self._now().astimezone(UTC).date())
        except NoroshiError as error:
            self._failed(part, stretch, error)
            return
        _log.info("bill looked at", part=part.name, stands_out=len(alerts))
        self._tell(*alerts)
        self._remember(**{part.name: stretch})
        self._settle([of_bill(part.name, part.means, "")])

    def _failed(self, part: Part, stretch: str, error: NoroshiError) -> None:
        _log.error("bill not looked at", part=part.name, message=error.message, hint=error.hint)
        lasting = isinstance(error, _LASTING)
        again = {_again(part): (self._now() + _AGAIN).isoformat()}
        self._remember(**({part.name: stretch} if lasting else again))
        why = f"{error.message} {error.hint}".strip()
        passing = not isinstance(error, _AT_ONCE)
        self._settle([of_bill(part.name, part.means, why, passing=passing)])

    def _record(self) -> Record:
        return self._store.read("spending").get("spending") or Record("spending", {})

    def _remember(self, **more: str) -> None:
        """Raises Conflict where a replica that lost its lease wrote too: then it is looked at once more."""
        record = self._record()
        self._store.write(Record(record.id, {**record.body, **more}, record.version))


def daily(now: datetime) -> str:
    """Once a day, a stretch from 10:00 UTC to the next: by then Cost Explorer has most of the day before.

    What was missed while the bot was down, or was never done, is due at once.
    """
    return f"{mostly_known_before(now)}"


def every_six_hours(now: datetime) -> str:
    """As often as CloudWatch has new estimates."""
    return f"{now:%Y-%m-%d} {now.hour // _QUARTER}"


def _waits(done: Mapping[str, Any], part: Part, now: datetime) -> bool:
    until = moment.read(done.get(_again(part)))
    return until is not None and now < until


def _again(part: Part) -> str:
    return f"{part.name} again"
