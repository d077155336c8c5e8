"""Looks everything up now and then, part by part, so that whoever asks how it stands need ask nobody outside."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.core.glance import Glance, Look, Part
from bot.edges.clockwork import Clockwork

_AGAIN = timedelta(minutes=1)
_SHARE = 20
"""A look may take one of so many parts of all time: who has ten thousand buckets has them looked at more seldom."""
_TICK = 20.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gave, in the form of the glance's field of its part, and how many places it could not see."""

    value: Any
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Looking:
    """How a part is looked up, and how often at most; `ask` raises NoroshiError."""

    part: Part
    ask: Callable[[], Seen]
    every: timedelta


class Glances:
    """Holds the last glance. `now` is aware; `clock` counts seconds."""

    def __init__(
        self,
        lookings: Sequence[Looking],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lookings, self._now, self._clock = lookings, now, clock
        self._due: dict[Part, datetime] = {}
        self._failures: dict[Part, int] = {}
        self._putting = threading.Lock()
        self._glance = Glance()

    @property
    def glance(self) -> Glance:
        """What was last seen; the same object until a part is looked at again."""
        return self._glance

    def loops(self) -> list[Clockwork]:
        """One a part: none waits for another, nor dies of it."""
        return [Clockwork(f"look at {each.part}", partial(self.look, each), _TICK) for each in self._lookings]

    def look(self, looking: Looking) -> None:
        """Look at a part if it is due; what could not be seen is not known any more. Raises what its `ask` raises."""
        now, began = self._now(), self._clock()
        if now < self._due.get(looking.part, now):
            return
        seen: Seen | None = None
        try:
            seen = looking.ask()
        finally:  # whatever it was: else what was seen before would stand for what is
            self._put(looking, seen, now, self._clock() - began)

    def _put(self, looking: Looking, seen: Seen | None, at: datetime, seconds: float) -> None:
        look = Look(at, seen is not None, seconds, seen.unseen if seen else 0)
        part, value = looking.part, seen.value if seen else None
        failures = 0 if seen else self._failures.get(part, 0) + 1
        wait = min(looking.every, _AGAIN * 2 ** min(failures - 1, 10)) if failures else looking.every
        with self._putting:
            self._failures[part] = failures
            self._due[part] = at + max(wait, timedelta(seconds=seconds * _SHARE))
            self._glance = replace(self._glance, **{part: value}, looks={**self._glance.looks, part: look})
