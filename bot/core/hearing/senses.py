"""What was sensed: the queue as the intake knows it, and what AWS says of the things that tell us.

Whatever could not be asked is `unknown`, with the reason; it is never taken for `on` nor for `off`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

State = Literal["on", "off", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing: `off` is there and stopped, `none` is not there.

    `name` is how the next command names it (a detector's id, a trail's ARN, a recorder's name); `since` when
    it stopped, where AWS tells; `reason` AWS's own words; `action` the IAM action that was refused.
    """

    state: State
    name: str = ""
    since: datetime | None = None
    reason: str = ""
    action: str | None = None


@dataclass(frozen=True, slots=True)
class AccountSense:
    """What AWS says of one account in one region; `delivery_error` and `delivered_at` are the trail's last file's."""

    account_id: str
    region: str
    detector: Sense
    trail: Sense
    recorder: Sense
    delivery_error: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueSense:
    """A queue as the intake that reads it knows it; `name` is its own among the queues that are read.

    `failing_since` is the first of the receives that failed, None when the last one succeeded. `lag` is how
    long the oldest message of the last receive had waited; nothing came is zero, None is not known.
    """

    name: str
    failing_since: datetime | None = None
    error: str = ""
    lag: timedelta | None = None


@dataclass(frozen=True, slots=True)
class DeadSense:
    """The dead-letter queue behind a queue (`name` its own, `url` its address); `waiting` counts what lies there."""

    queue: str
    sense: Sense
    waiting: int = 0
    url: str = ""


class Hearing(Protocol):
    """Asks AWS about all that tells us something. Raises nothing: what can't be asked is `unknown`."""

    def accounts(self) -> Iterable[Sequence[AccountSense]]:
        """One account after the other, all its regions together."""

    def dead_letters(self) -> Iterable[DeadSense]:
        """The dead-letter queue of each queue."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to look (`every`, and `queues_every`), and how long something may be so before it is told.

    `silence` is for an account that nothing comes from.
    """

    every: timedelta = timedelta(minutes=5)
    queues_every: timedelta = timedelta(seconds=30)
    queue: timedelta = timedelta(minutes=3)
    lag: timedelta = timedelta(minutes=10)
    delivery: timedelta = timedelta(hours=6)
    silence: timedelta = timedelta(days=7)
    unknown: timedelta = timedelta(hours=1)
    failing: timedelta = timedelta(minutes=30)
    """A recorder that fails at something may do well at the next."""


PATIENCE = Patience()
