"""The daily digest, told once a day in each channel, whichever replica comes first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from bot.core import digest
from bot.core.approval.request import FixRequest
from bot.core.problem import Problem
from bot.pipeline import storms
from bot.pipeline.ledger import Ledger
from bot.pipeline.mutes import mutes
from bot.pipeline.punctual import Punctual, say

_MOST = 5_000


class Daily:
    """Tells the digest of each channel when it is time."""

    def __init__(
        self, channels: Sequence[str], ledger: Ledger, when: Punctual, wake: Callable[[str], None]
    ) -> None:
        self._channels, self._ledger, self._when, self._wake = channels, ledger, when, wake
        self._made: set[str] = set()

    def look(self) -> None:
        """Make the digests that are due and not made; raises Upstream."""
        day = self._when.day(self._ledger.now())
        due = {f"digest-{day}-{channel}": channel for channel in self._channels} if day else {}
        for note_id, channel in due.items():
            if note_id not in self._made:
                self._make(note_id, channel)
        self._made = set(due)

    def _make(self, note_id: str, channel: str) -> None:
        if self._ledger.find(note_id) is None:
            view = digest.view(state(self._ledger, channel), self._ledger.now())
            say(self._ledger, note_id, channel, view, self._wake)


def state(ledger: Ledger, channel: str) -> digest.State:
    """What stands in a channel now, of at most 5,000 problems; raises Upstream."""
    in_force = mutes(ledger)
    lanes = [f"{lane}:{channel}" for lane in ("now", "later", "open")]
    lanes += [f"muted:{mute.id}" for mute in in_force]
    waiting: dict[str, FixRequest] = {}
    found = list(islice(_problems(ledger, lanes, channel, waiting), _MOST + 1))
    each_once = {problem.key: problem for problem in found[:_MOST]}
    return digest.State(
        tuple(each_once.values()),
        in_force,
        tuple(waiting.values()),
        in_storm=_in_storm(ledger, channel),
        more=len(found) > _MOST,
    )


def _problems(
    ledger: Ledger, lanes: Iterable[str], channel: str, waiting: dict[str, FixRequest]
) -> Iterator[Problem]:
    """The open ones of these lanes; what waits there for approval goes into `waiting`."""
    for lane in lanes:
        for entry in ledger.lane(lane):
            thing = entry.thing
            if isinstance(thing, Problem) and not thing.over and thing.channel == channel:
                yield thing
            elif isinstance(thing, FixRequest) and thing.is_open(ledger.now()):
                waiting[thing.id] = thing


def _in_storm(ledger: Ledger, channel: str) -> int:
    """How many open problems only the channel's last storm tells of."""
    pointer_id = storms.pointer_id(channel)
    pointer = ledger.store.read(pointer_id).get(pointer_id)
    if pointer is None:
        return 0
    things = (entry.thing for entry in ledger.lane(f"storm:{pointer.body['storm']}"))
    return sum(isinstance(thing, Problem) and not thing.over for thing in things)
