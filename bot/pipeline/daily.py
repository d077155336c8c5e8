"""The daily digest, told once a day in each channel, whichever replica comes first."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from bot.core import digest
from bot.core.note import Note
from bot.core.problem import Problem
from bot.errors import Conflict
from bot.pipeline import storms
from bot.pipeline.ledger import Entry, Ledger
from bot.pipeline.mutes import mutes

_MOST = 5_000
_LATE = timedelta(hours=6)
"""A digest that could not be told for so long is left out: tomorrow's comes."""


class Daily:
    """Tells the digest of each channel at this time of day in this zone."""

    def __init__(
        self,
        channels: Sequence[str],
        ledger: Ledger,
        at: time,
        zone: tzinfo,
        wake: Callable[[str], None],
    ) -> None:
        self._channels = channels
        self._ledger = ledger
        self._at = at
        self._zone = zone
        self._wake = wake
        self._day: date | None = None
        self._made: set[str] = set()

    def look(self) -> None:
        """Make the digests that are due and not made; raises Upstream."""
        now = self._ledger.now()
        local = now.astimezone(self._zone)
        due = datetime.combine(local.date(), self._at, self._zone)
        if not due <= local < due + _LATE:
            return
        if local.date() != self._day:
            self._day, self._made = local.date(), set()
        for channel in self._channels:
            note_id = f"digest-{local.date()}-{channel}"
            if note_id not in self._made:
                self._make(note_id, channel, now)

    def _make(self, note_id: str, channel: str, now: datetime) -> None:
        if self._ledger.find(note_id) is None:
            note = Note(note_id, channel, digest.view(state(self._ledger, channel), now), now)
            with contextlib.suppress(Conflict):  # another replica was first
                self._ledger.write(Entry(note, 0))
            self._wake(channel)
        self._made.add(note_id)


def state(ledger: Ledger, channel: str) -> digest.State:
    """What stands in a channel now, of at most 5,000 problems; raises Upstream."""
    in_force = mutes(ledger)
    lanes = [f"{lane}:{channel}" for lane in ("now", "later", "open")]
    lanes += [f"muted:{mute.id}" for mute in in_force]
    entries = (entry.thing for lane in lanes for entry in ledger.lane(lane))
    problems = (
        thing
        for thing in entries
        if isinstance(thing, Problem) and not thing.over and thing.channel == channel
    )
    found = list(islice(problems, _MOST + 1))
    each_once = {problem.key: problem for problem in found[:_MOST]}
    return digest.State(
        tuple(each_once.values()), in_force, in_storm=_in_storm(ledger, channel), more=len(found) > _MOST
    )


def _in_storm(ledger: Ledger, channel: str) -> int:
    """How many open problems only the channel's last storm tells of."""
    pointer_id = storms.pointer_id(channel)
    pointer = ledger.store.read(pointer_id).get(pointer_id)
    if pointer is None:
        return 0
    things = (entry.thing for entry in ledger.lane(f"storm:{pointer.body['storm']}"))
    return sum(isinstance(thing, Problem) and not thing.over for thing in things)
