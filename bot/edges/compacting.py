"""The schedule of the compact copy: brought up to date now and then by one of the replicas."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from bot.core.hearing.copying import of_copy
from bot.core.hearing.news import Judged
from bot.errors import NoroshiError
from bot.pipeline.lease import Lease
from bot.trail.compaction import Compacted, Compactor

_log = structlog.get_logger("noroshi.trail")
_LONGEST_PAUSE = timedelta(days=1)
TERM = timedelta(minutes=5)
"""How long a dead replica keeps the others from it."""


class Compacting:
    """`look` runs the compactor when it is due; what fails is logged and told, and tried again ever more seldom.

    The pause doubles up to a day: Athena is paid for what a copy read, whether it could be registered or not.
    `make` makes the compactor when first needed, `tell` takes what is judged of it. Without a `lease` replicas copy
    the same days at the same time, and one copy of each stands.
    """

    def __init__(
        self,
        make: Callable[[], Compactor],
        every: timedelta,
        *,
        lease: Lease | None = None,
        tell: Callable[[Iterable[Judged]], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._make, self._every, self._lease, self._tell, self._now = make, every, lease, tell, now
        self._compactor: Compactor | None = None
        self._next = datetime.min.replace(tzinfo=UTC)
        self._failures = 0

    def look(self) -> None:
        """Run it if it is due and no other replica does; raises Upstream where the lease's store can't be asked."""
        if self._now() < self._next or not (self._lease is None or self._lease.hold()):
            return
        self._next = self._now() + self._every  # whatever happens
        try:
            why = self._run()
        finally:
            self._let_go()
        self._failures = self._failures + 1 if why else 0
        longest = max(self._every, _LONGEST_PAUSE)
        self._next = self._now() + min(longest, self._every * 2 ** min(self._failures, 16))
        if self._tell:
            self._tell([of_copy(why)])

    def _run(self) -> str:
        try:
            self._compactor = self._compactor or self._make()
            done = self._compactor.compact(self._still_here, None)
        except NoroshiError as error:
            _log.error("no compact copy", message=error.message, hint=error.hint)
            return f"{error.message} {error.hint}".strip()
        return _told(done)

    def _still_here(self, _: str) -> None:
        """The lease is kept as long as the run makes progress; a run that lost it does no harm."""
        if self._lease:
            with suppress(NoroshiError):
                self._lease.hold()

    def _let_go(self) -> None:
        if self._lease:
            with suppress(NoroshiError):  # it ends by itself
                self._lease.release()


def _told(done: Compacted) -> str:
    failed = [day for day in done.days if day.state == "failed"]
    _log.info(
        "compact copy",
        **Counter(day.state.replace("-", "_") for day in done.days),
        bytes_read=sum(day.bytes_read for day in done.days),
        cost_usd=round(sum(day.cost_usd for day in done.days), 6),
    )
    for day in failed:
        _log.error("a day was not copied", day=f"{day.day}", why=day.why)
    for caveat in done.caveats:
        _log.warning(caveat.code, message=caveat.message)
    return f"{failed[0].day}: {failed[0].why}" if failed else ""
