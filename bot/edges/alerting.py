"""Everything of alerts that runs: intakes, tellers, the heartbeat, the daily digest; started and stopped as one."""

import threading
import time
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
    """`loops` are whatever else runs beside intakes and tellers; `patience` is how long `stop` waits for them, in seconds."""

    tellers: Tellers = field(default_factory=Tellers)
    intakes: Sequence[Intake] = ()
    loops: Sequence[Loop] = ()
    close: Callable[[], None] = lambda: None
    patience: float = 10.0
    _stopping: threading.Event = field(default_factory=threading.Event)
    _looking: list[threading.Thread] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def senses(self) -> list[QueueSense]:
        """How each queue was when it was last asked."""
        return [intake.sense for intake in self.intakes]

    def start(self) -> None:
        """Take and tell from now on."""
        self.tellers.start()
        self._threads = self.tellers.threads
        for loop in (*self.intakes, *self.loops):
            # A daemon: a long poll in progress must not hold up the end; its messages come again.
            name = type(loop).__name__.lower()
            thread = threading.Thread(target=self._keep, args=(loop, name), name=name, daemon=True)
            self._threads.append(thread)
            if loop in self.loops:
                self._looking.append(thread)
            thread.start()

    def ended(self) -> list[str]:
        """What should run and does not, by name."""
        if self._stopping.is_set():
            return []
        return [thread.name for thread in self._threads if not thread.is_alive()]

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
        """Finish what is in hand; where that takes longer, the store is left open for it until the process ends."""
        self._stopping.set()
        for loop in (*self.intakes, *self.loops):
            loop.stop()
        if self.tellers.stop() and self._rests():
            self.close()
        else:
            _log.warning("still at work at the end: the store is left open")

    def _rests(self) -> bool:
        """Whether nobody asks the store any more. An intake's long poll in progress is not waited for: it holds nothing."""
        until = time.monotonic() + self.patience
        for thread in self._looking:
            thread.join(max(0.0, until - time.monotonic()))
        resting = [intake.rests(max(0.0, until - time.monotonic())) for intake in self.intakes]
        return all(resting) and not any(thread.is_alive() for thread in self._looking)
