"""Telling: what is on record is posted, edited, answered in Slack; nothing lost, nothing twice.

One teller a channel, in one replica at a time. Before a message is sent its intent is written, with a token
that the message carries; after a crash, or a call without an answer, the token is looked for in the channel
before anything is sent again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.moves import next_move
from bot.core.mute_report import MuteReport
from bot.core.problem import Problem
from bot.core.storm import Storm
from bot.core.told import Attach, Edit, Send
from bot.errors import Conflict
from bot.pipeline import reports
from bot.pipeline.lease import Lease
from bot.pipeline.ledger import MOST, Entry, Ledger
from bot.pipeline.moving import moved
from bot.pipeline.pace import Pace
from bot.pipeline.sending import Sender
from bot.pipeline.storms import Storms
from bot.ports import Channels, Counting


class Teller:
    """Tells in one channel; what can't be told there goes to `fallback`. Call `step` from one thread."""

    def __init__(  # noqa: PLR0913 - one constructor of plain things, for the composition root
        self,
        channel: str,
        ledger: Ledger,
        channels: Channels,
        lease: Lease,
        *,
        fallback: str = "",
        pace: Pace | None = None,
        wake: Callable[[str], None] = lambda _channel: None,
        counting: Counting | None = None,
    ) -> None:
        self.channel = channel
        self._ledger = ledger
        self._lease = lease
        self._fallback = fallback
        self._pace = pace or Pace()
        self._wake = wake
        self._storms = Storms(channel, ledger, self._pace)
        self._sender = Sender(
            channel, ledger, channels, lease, self._pace, fallback=fallback, counting=counting
        )
        self._turn = -1
        self._in_hand: str | None = None

    def step(self) -> timedelta:
        """Do the next thing; how long nothing is to be done then. Raises Upstream where the store fails."""
        if not self._lease.hold():
            return self._pace.lease / 6
        try:
            return self._step()
        except Conflict:
            return timedelta()  # somebody wrote in between: look again

    def set_aside(self) -> None:
        """What was in hand when something broke is tried again later, and holds up nothing else; raises Upstream."""
        if self._in_hand:
            now = self._ledger.now()
            # A message that was begun may stand there all the same.
            self._sender.told(self._in_hand, lambda told: told.doubted(now))

    def close(self) -> None:
        """Leave the channel to others: at once, or when what may yet appear there has; raises Upstream."""
        if self._ledger.now() >= self._sender.unsettled:
            self._lease.release()

    def _step(self) -> timedelta:
        if self._sender.closed and self._evacuate(*self._sender.closed):
            return timedelta()
        now = self._ledger.now()
        free = now >= self._sender.not_before
        entry = self._critical() if free else None
        if entry is None and self._storms.fold():
            return timedelta()
        if not free:
            return min(self._sender.not_before - now, self._pace.poll)
        entry = entry or self._next()
        if entry is None:
            return self._pace.poll
        self._in_hand = entry.thing.id
        self._tell(entry)
        self._in_hand = None
        return timedelta()

    def _critical(self) -> Entry | None:
        """What is critical; it waits for nothing, not even for a storm to be folded."""
        waiting = self._ledger.waiting(self.channel, 1)
        return next((each for each in waiting if each.thing.rank.startswith("0")), None)

    def _next(self) -> Entry | None:
        """The more urgent of what waited for this moment and what waits, else by turns: neither holds up the other."""
        first = [*self._ledger.due(self.channel, 1), *self._ledger.waiting(self.channel, 1)]
        self._turn = -self._turn
        return min(first[:: self._turn], key=lambda entry: entry.thing.rank[:1], default=None)

    def _tell(self, entry: Entry) -> None:
        thing = entry.thing
        now = self._ledger.now()
        if thing.told.intent:
            self._sender.recover(thing, thing.told.intent, now)
            return
        if isinstance(thing, Storm) and (calm := self._storms.end(entry)):
            entry, thing = calm, calm.thing
        if isinstance(thing, MuteReport) and reports.gather(self._ledger, entry):
            return
        move = next_move(thing, now, self._ledger.patience)
        if isinstance(move, Send) and self._storms.keep(entry):
            return
        match move:
            case Send():
                stands = self._sender.send(entry, move, now)
                if stands and isinstance(thing, Problem) and move.does == "post" and not thing.critical:
                    self._storms.posted(now)
            case Edit():
                self._sender.edit(thing, move, now)
            case Attach():
                self._sender.attach(entry, move, now)
            case _:
                self._ledger.write(entry)  # back to its lane

    def _evacuate(self, until: datetime, why: str) -> bool:
        """While this channel can't be posted in, all that waits goes elsewhere; whether anything did."""
        if self._ledger.now() >= until:
            self._sender.closed = None
            return False
        waiting = self._ledger.waiting(self.channel, MOST) or self._ledger.due(self.channel, MOST)
        if not waiting:
            return False
        why = f"{self.channel} can't be posted in: {why}"
        self._ledger.write(*(Entry(moved(each.thing, self._fallback, why), each.version) for each in waiting))
        self._wake(self._fallback)
        return True
