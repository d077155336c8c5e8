"""What is told at a time of day: once, whichever replica comes first, and not when it is long past."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.core.note import Note
from bot.core.view import View
from bot.errors import Conflict
from bot.pipeline.ledger import Entry, Ledger

_LATE = timedelta(hours=6)
"""What could not be told for so long is left out: the next one comes."""


@dataclass(frozen=True, slots=True)
class Punctual:
    """At this time, in this zone, on this day of the week (0 is Monday) or on every one (None)."""

    at: time
    zone: tzinfo
    on: int | None = None

    def day(self, now: datetime) -> date | None:
        """The day, in the zone, whose time has come and is not long past; None for any other moment."""
        local = now.astimezone(self.zone)
        if self.on is not None and local.weekday() != self.on:
            return None
        due = self._due(local)
        return local.date() if due <= local < due + _LATE else None

    def late(self, now: datetime) -> timedelta:
        """How long the day's time has passed."""
        local = now.astimezone(self.zone)
        return local - self._due(local)

    def _due(self, local: datetime) -> datetime:
        return datetime.combine(local.date(), self.at, self.zone)


def say(ledger: Ledger, note_id: str, channel: str, view: View, wake: Callable[[str], None]) -> None:
    """Put a note on record, to be told in the channel; nothing where it is there already. Raises Upstream."""
    with suppress(Conflict):  # another replica was first
        ledger.write(Entry(Note(note_id, channel, view, ledger.now()), 0))
    wake(channel)
