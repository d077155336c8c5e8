"""Looks everything up now and then, part by part, so that whoever asks how it stands need ask nobody outside."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from bot.core.glance import Glance, Look, Part
from bot.edges.clockwork import Clockwork
from bot.errors import NoroshiError

_AGAIN = timedelta(minutes=1)
_SHARE = 20
"""A look may take one of so many parts of all time: who has ten thousand buckets has them looked at more seldom."""
_TICK = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gave, in the form of the glance's field of its part, and how many places it could not see.

    `why` is the first refusal in words.
    """

    value: Any
    unseen: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """How a part is looked up, and how often at most; `ask` raises NoroshiError.

    `dear` keeps its pace, whoever wants to know it sooner: it is paid for, or takes many requests. What is not is
    looked at again `soonest` after a look then.
    """

    part: Part
    ask: Callable[[], Seen]
    every: timedelta
    dear: bool = False
    soonest: timedelta = _AGAIN


class Others(Protocol):
    """Who looks at the same: other replicas."""

    def may_look(self, looking: Looking) -> bool:
        """Whether to look now that it is due: not where another looks, or just did."""

    def saw(self, glance: Glance) -> None:
        """Take note of what was seen."""


class Nobody:
    """There are no others."""

    def may_look(self, _looking: Looking) -> bool:
        """Always."""
        return True

    def saw(self, _glance: Glance) -> None:
        """Nobody is told."""


class Glances:
    """Holds the last glance. `now` is aware; `clock` counts seconds."""

    def __init__(
        self,
        lookings: Sequence[Looking],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        others: Others | None = None,
    ) -> None:
        self._lookings, self._now, self._clock = lookings, now, clock
        self._others = others or Nobody()
        self._wanted: datetime | None = None
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
        if not self._is_due(looking, now) or not self._others.may_look(looking):
            return
        seen, why = None, ""
        try:
            seen = looking.ask()
        except NoroshiError as error:
            why = f"{error.message} {error.hint}".strip()
            raise
        finally:  # whatever it was: else what was seen before would stand for what is
            self._put(looking, seen, self._look(seen, why, now, self._clock() - began))
            self._others.saw(self._glance)

    @staticmethod
    def _look(seen: Seen | None, why: str, at: datetime, seconds: float) -> Look:
        if seen is None:
            return Look(at, well=False, seconds=seconds, why=why)
        return Look(at, well=True, seconds=seconds, unseen=seen.unseen, why=seen.why)

    def hurry(self, at: datetime) -> None:
        """Somebody wants to know it fresher than it was at that moment: what is not dear is looked at soon."""
        self._wanted = max(at, self._wanted or at)

    def _is_due(self, looking: Looking, now: datetime) -> bool:
        due, look = self._due.get(looking.part), self._glance.looks.get(looking.part)
        if due is None or now >= due:
            return True
        wanted = self._wanted and not looking.dear and look and look.at < self._wanted
        return bool(wanted and look and now - look.at >= _pause(look.seconds, looking.soonest))

    def _put(self, looking: Looking, seen: Seen | None, look: Look) -> None:
        part, value = looking.part, seen.value if seen else None
        failures = 0 if seen else self._failures.get(part, 0) + 1
        wait = min(looking.every, _AGAIN * 2 ** min(failures - 1, 10)) if failures else looking.every
        with self._putting:
            self._failures[part] = failures
            self._due[part] = look.at + max(wait, _pause(look.seconds, _AGAIN))
            self._glance = replace(self._glance, **{part: value}, looks={**self._glance.looks, part: look})


def _pause(seconds: float, least: timedelta) -> timedelta:
    """For how long after a look that took so long there is no other."""
    return max(least, timedelta(seconds=seconds * _SHARE))
