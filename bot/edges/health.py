"""Whether the bot does its work, in sentences: what `/health` says, and how many Prometheus counts."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.core.amounts import counted
from bot.core.hearing.senses import QueueSense
from bot.edges.alerting import Alerting

_LONG = timedelta(minutes=5)
"""A queue may fail a receive now and then, and is asked again; who restarts us must not do so for that."""


class Health:
    """Looks at the running parts whenever it is asked; asks nobody outside."""

    def __init__(
        self, alerting: Alerting, now: Callable[[], datetime], *, patience: timedelta = _LONG
    ) -> None:
        self._alerting, self._now, self._patience = alerting, now, patience

    def faults(self) -> Sequence[str]:
        """What is wrong, each in a sentence; none where all is well."""
        ended = [f"The {name} has ended, and should run." for name in self._alerting.ended()]
        return [*ended, *(words for queue in self._alerting.senses() if (words := self._unreached(queue)))]

    def _unreached(self, queue: QueueSense) -> str:
        since = queue.failing_since
        if since is None or self._now() - since < self._patience:
            return ""
        minutes = int((self._now() - since).total_seconds() // 60)
        return (
            f"The queue {queue.name} has not been reached for {counted(minutes, 'minute')}; the log says why."
        )
