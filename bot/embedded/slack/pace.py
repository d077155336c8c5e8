"""When the app wrote into which channel: so that a test can tell a flood from a stream."""

import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

KEPT = 200_000

Kind = Literal["post", "update", "file"]


@dataclass(frozen=True)
class Write:
    """One write that people saw happen; `at` is in seconds of the pace's clock."""

    channel: str
    kind: Kind
    at: float


class Pace:
    """What was posted, edited and uploaded, oldest first; `seconds` is a monotonic clock."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.writes: deque[Write] = deque(maxlen=KEPT)

    def note(self, channel: str, kind: Kind) -> None:
        """Keep one write; `channel` is an id."""
        self.writes.append(Write(channel, kind, self.seconds()))

    def most(self, channel: str, within: float = 1.0, kinds: tuple[Kind, ...] = ("post", "update")) -> int:
        """The most writes into this channel (an id) in any `within` seconds, those at its end not counted."""
        times = [write.at for write in self.writes if write.channel == channel and write.kind in kinds]
        return max((n - bisect_right(times, at - within) for n, at in enumerate(times, 1)), default=0)
