"""What is told once a day in each channel, whichever replica comes first: the digest, and each handover."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, tee

from bot.core import digest
from bot.core.approval.request import FixRequest
from bot.core.moves import Tellable
from bot.core.mute import Mute
from bot.core.problem import Problem
from bot.core.view import View
from bot.pipeline import storms
from bot.pipeline.ledger import Ledger
from bot.pipeline.mutes import mutes
from bot.pipeline.punctual import Punctual, say

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: a name that is its own, and how it is made of what stands in a channel."""

    name: str
    make: Callable[[Ledger, str], View]


def _digest(ledger: Ledger, channel: str) -> View:
    (stands,) = states(ledger, [channel])
    return digest.view(stands, ledger.now())


DIGEST = Told("digest", _digest)


class Daily:
    """Tells something of each channel when it is time."""

    def __init__(
        self,
        channels: Sequence[str],
        ledger: Ledger,
        when: Punctual,
        wake: Callable[[str], None],
        told: Told = DIGEST,
    ) -> None:
        self._channels, self._ledger, self._when, self._wake = channels, ledger, when, wake
        self._told = told
        self._made: set[str] = set()

    def look(self) -> None:
        """Make those that are due and not made; raises Upstream."""
        day = self._when.day(self._ledger.now())
        due = {f"{self._told.name}-{day}-{channel}": channel for channel in self._channels} if day else {}
        for note_id, channel in due.items():
            if note_id not in self._made:
                self._make(note_id, channel)
        self._made = set(due)

    def _make(self, note_id: str, channel: str) -> None:
        if self._ledger.find(note_id) is None:
            say(self._ledger, note_id, channel, self._told.make(self._ledger, channel), self._wake)


def states(ledger: Ledger, channels: Sequence[str]) -> list[digest.State]:
    """What stands in each channel now, of at most 5,000 problems and as many of the last storm's; raises Upstream.

    What is muted lies in no channel's lane: it is read once for all of them.
    """
    in_force = mutes(ledger)
    muted = tee(_standing(ledger, [f"muted:{mute.id}" for mute in in_force]), len(channels))
    return [_state(ledger, *each, in_force) for each in zip(channels, muted, strict=True)]


def _state(
    ledger: Ledger, channel: str, muted: Iterator[Tellable], in_force: tuple[Mute, ...]
) -> digest.State:
    waiting: dict[str, FixRequest] = {}
    own = _standing(ledger, [f"{lane}:{channel}" for lane in ("now", "later", "open")])
    every = _problems(chain(own, muted), channel, ledger.now(), waiting)
    found = list(islice(every, _MOST + 1))
    each_once = {problem.key: problem for problem in found[:_MOST]}
    storm = list(islice(_standing(ledger, last_storm(ledger, channel)), _MOST + 1))
    return digest.State(
        tuple(each_once.values()),
        in_force,
        tuple(waiting.values()),
        in_storm=sum(isinstance(thing, Problem) and not thing.over for thing in storm[:_MOST]),
        more=max(len(found), len(storm)) > _MOST,
    )


def _standing(ledger: Ledger, lanes: Iterable[str]) -> Iterator[Tellable]:
    return (entry.thing for lane in lanes for entry in ledger.lane(lane))


def _problems(
    standing: Iterable[Tellable], channel: str, now: datetime, waiting: dict[str, FixRequest]
) -> Iterator[Problem]:
    """The channel's open ones; what waits for approval goes into `waiting`."""
    for thing in standing:
        if isinstance(thing, Problem) and not thing.over and thing.channel == channel:
            yield thing
        elif isinstance(thing, FixRequest) and thing.is_open(now):
            waiting[thing.id] = thing


def last_storm(ledger: Ledger, channel: str) -> list[str]:
    """The lane of what the channel's last storm holds, if there ever was one; raises Upstream."""
    pointer_id = storms.pointer_id(channel)
    pointer = ledger.store.read(pointer_id).get(pointer_id)
    return [f"storm:{pointer.body['storm']}"] if pointer else []
