"""The weekly digest of the bill, told once a week in one channel; one replica asks for the figures, for they are paid."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core.view import View
from bot.errors import AccessDenied, NoroshiError, Upstream
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import Ledger
from bot.pipeline.punctual import Punctual, say

_PATIENCE = timedelta(hours=1)
"""For so long what may pass is tried again before the digest says that it can't see the figures."""


@dataclass
class Weekly:
    """`make` asks for the figures and shows them, `unseen` is what is told where they can't be had."""

    channel: str
    ledger: Ledger
    when: Punctual
    make: Callable[[], View]
    unseen: Callable[[NoroshiError], View]
    lease: Lease
    wake: Callable[[str], None]
    _made: date | None = field(default=None, init=False)

    def look(self) -> None:
        """Make the digest if it is due and nobody has; raises Upstream for what is tried again at the next look."""
        day = self.when.day(self.ledger.now())
        if day is None or day == self._made:
            return
        note_id = f"week-{day}-{self.channel}"
        if self.ledger.find(note_id) is None:
            if not self.lease.hold():
                return
            if self.ledger.find(note_id) is None:  # who had the lease before may just have told it
                say(self.ledger, note_id, self.channel, self._view(), self.wake)
            self.lease.release()
        self._made = day

    def _view(self) -> View:
        try:
            return self.make()
        except NoroshiError as error:
            passes = isinstance(error, Upstream) and not isinstance(error, AccessDenied)
            if passes and self.when.late(self.ledger.now()) < _PATIENCE:
                raise
            return self.unseen(error)
