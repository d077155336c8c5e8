"""What a shift hands over, out of the record."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import islice

from bot.core import digest, handover
from bot.core.handover import Shift
from bot.core.problem import Problem
from bot.core.view import View
from bot.pipeline.daily import Told, last_storm, states
from bot.pipeline.ledger import Ledger

_MOST = 1_000
_LATE = timedelta(minutes=15)
"""By so much an event may come after what it tells of: what ended just before a shift is told in it, not in none."""


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Satisfies `bot.ports.Shifts`; `ledger` opens the record when it is asked, and may raise NoroshiError."""

    ledger: Callable[[], Ledger]
    channels: Sequence[str]

    def shift(self, since: datetime) -> Shift:
        """Of all channels; raises Upstream."""
        return shift(self.ledger(), self.channels, since)


def shift(ledger: Ledger, channels: Sequence[str], since: datetime) -> Shift:
    """What stands now, and what ended since then; raises Upstream."""
    standing = states(ledger, channels)
    whole = digest.State(
        tuple(each for one in standing for each in one.problems),
        standing[0].mutes if standing else (),
        tuple({each.id: each for one in standing for each in one.waiting}.values()),
        in_storm=sum(one.in_storm for one in standing),
        more=any(one.more for one in standing),
    )
    found = list(islice((each for channel in channels for each in _ended(ledger, channel, since)), _MOST + 1))
    ended = {each.key: each for each in found[:_MOST]}.values()
    newest = sorted(ended, key=lambda each: each.over.at if each.over else since, reverse=True)
    return Shift(since, whole, tuple(newest), more=len(found) > _MOST)


def telling(at: time, times: Sequence[time], zone: tzinfo) -> Told:
    """The handover at this time of day, one of `times`, of a channel to itself."""

    def make(ledger: Ledger, channel: str) -> View:
        now = ledger.now()
        since = handover.began(at, times, now.astimezone(zone).date(), zone)
        return handover.show(shift(ledger, [channel], since), now)

    return Told(f"handover-{at:%H%M}", make)


def _ended(ledger: Ledger, channel: str, since: datetime) -> Iterator[Problem]:
    """Those that are over rest in a lane of their own; what still has that to tell, or a storm holds, is elsewhere."""
    lanes: list[tuple[str, datetime | None]] = [(f"over:{channel}", since)]
    lanes += [(f"{lane}:{channel}", None) for lane in ("now", "later")]
    lanes += [(lane, None) for lane in last_storm(ledger, channel)]
    for lane, from_ in lanes:
        for entry in ledger.lane(lane, from_):
            thing = entry.thing
            if isinstance(thing, Problem) and thing.channel == channel and _is_of(thing, since):
                yield thing


def _is_of(problem: Problem, since: datetime) -> bool:
    return problem.over is not None and problem.over.at >= since - _LATE
