"""Channels that the settings name no more: what stands and waits there is told elsewhere, or nobody would tell it."""

from collections.abc import Callable, Sequence

from bot.core.moves import Tellable
from bot.core.problem import Problem
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import MOST, Entry, Ledger, persist
from bot.pipeline.moving import moved
from bot.ports import Record

_NAMED = "channels"
_MOST = 500


class Left:
    """Moves to `to` what is in channels that were in some replica's settings once, and that nobody tells in.

    `channels` are those of the settings now; `lease` gives the lease of a channel's teller: where another
    replica still tells, nothing is moved.
    """

    def __init__(
        self,
        channels: Sequence[str],
        to: str,
        ledger: Ledger,
        lease: Callable[[str], Lease],
        wake: Callable[[str], None],
    ) -> None:
        self._channels = frozenset(channels)
        self._to = to
        self._ledger = ledger
        self._lease = lease
        self._wake = wake
        self._leases: dict[str, Lease] = {}

    def look(self) -> None:
        """Move what has come up since the last look; raises Upstream, Conflict."""
        for channel in sorted(persist(self._named) - self._channels):
            self._clear(channel)

    def _named(self) -> frozenset[str]:
        """All channels that any replica's settings ever named, these among them."""
        record = self._ledger.store.read(_NAMED).get(_NAMED)
        known = frozenset(map(str, record.body["named"])) if record else frozenset()
        if not self._channels <= known:
            named = [*self._channels, *sorted(known - self._channels)][:_MOST]
            self._ledger.store.write(Record(_NAMED, {"named": named}, record.version if record else 0))
        return known

    def _clear(self, channel: str) -> None:
        lanes = [f"{state}:{channel}" for state in ("now", "later", "open")]
        if not any(self._ledger.store.lane(lane, 1) for lane in lanes):
            return
        lease = self._leases.setdefault(channel, self._lease(channel))
        for lane in lanes:
            while lease.hold() and (found := self._page(lane, channel)):
                self._ledger.write(*(Entry(self._moved(each.thing), each.version) for each in found))
                self._wake(self._to)
        lease.release()

    def _page(self, lane: str, channel: str) -> list[Entry]:
        """Those that are there still: a lane may lag behind what was moved."""
        return [each for each in self._ledger.page(lane, MOST) if each.thing.channel == channel]

    def _moved(self, thing: Tellable) -> Tellable:
        """What has nothing to tell gets no post anew before there is news of it."""
        why = f"{thing.channel} is not in the settings any more"
        known = thing.told.memory if isinstance(thing, Problem) and not thing.critical else None
        return moved(thing, self._to, why, known)
