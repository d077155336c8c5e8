"""Everything of alerts that runs: intakes, tellers, the heartbeat, the daily digest; started and stopped as one."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.hearing.senses import QueueSense
from bot.edges.intake import Intake
from bot.edges.tellers import Tellers


class Loop(Protocol):
    """What runs in a thread of its own until it is stopped."""

    def run(self) -> None:
        """Go on until `stop`."""

    def stop(self) -> None:
        """End soon."""


@dataclass
class Alerting:
    """`loops` are whatever else runs beside intakes and tellers."""

    tellers: Tellers = field(default_factory=Tellers)
    intakes: Sequence[Intake] = ()
    loops: Sequence[Loop] = ()
    close: Callable[[], None] = lambda: None

    def senses(self) -> list[QueueSense]:
        """How each queue was when it was last asked."""
        return [intake.sense for intake in self.intakes]

    def start(self) -> None:
        """Take and tell from now on."""
        self.tellers.start()
        for loop in (*self.intakes, *self.loops):
            # A daemon: a long poll in progress must not hold up the end; its messages come again.
            threading.Thread(target=loop.run, name=type(loop).__name__.lower(), daemon=True).start()

    def stop(self) -> None:
        """Finish what is in hand."""
        for loop in (*self.intakes, *self.loops):
            loop.stop()
        self.tellers.stop()
        self.close()
