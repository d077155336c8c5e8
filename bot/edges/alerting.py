"""Everything of alerts that runs: intakes, tellers, the heartbeat, the daily digest; started and stopped as one."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bot.core.hearing.senses import QueueSense
from bot.edges.intake import Intake
from bot.edges.tellers import Tellers

_log = structlog.get_logger("noroshi.alerts")
_AFTER_A_BREAK = 10.0


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
    _stopping: threading.Event = field(default_factory=threading.Event)

    def senses(self) -> list[QueueSense]:
        """How each queue was when it was last asked."""
        return [intake.sense for intake in self.intakes]

    def start(self) -> None:
        """Take and tell from now on."""
        self.tellers.start()
        for loop in (*self.intakes, *self.loops):
            # A daemon: a long poll in progress must not hold up the end; its messages come again.
            name = type(loop).__name__.lower()
            threading.Thread(target=self._keep, args=(loop, name), name=name, daemon=True).start()

    def _keep(self, loop: Loop, name: str) -> None:
        """A loop ends when it is stopped, and by nothing else: a bug of ours must not make the bot deaf."""
        while not self._stopping.is_set():
            try:
                loop.run()
            except Exception:  # noqa: BLE001 - what broke is logged, and the loop begins anew
                _log.exception("a loop broke", loop=name)
                self._stopping.wait(_AFTER_A_BREAK)
            else:
                return

    def stop(self) -> None:
        """Finish what is in hand."""
        self._stopping.set()
        for loop in (*self.intakes, *self.loops):
            loop.stop()
        self.tellers.stop()
        self.close()
