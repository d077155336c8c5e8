"""How GetResourceConfigHistory walks through time: a page covers seven days at most, and may be empty.

https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

WINDOW = timedelta(days=7)

Item = dict[str, Any]


class Position(NamedTuple):
    """Where the next page begins: the edge of its seven days, and how many of their items are told."""

    edge: datetime
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """The time asked for, both ends in it, and in which order."""

    earlier: datetime
    later: datetime
    forward: bool

    @property
    def start(self) -> Position:
        """Where the first page begins."""
        return Position(self.earlier if self.forward else self.later)

    def step(self, edge: datetime) -> datetime | None:
        """The far edge of the seven days that begin at an edge; None if the range ends within them."""
        try:
            far = edge + WINDOW if self.forward else edge - WINDOW
        except OverflowError:
            return None
        return far if self.earlier <= far <= self.later else None

    def holds(self, at: datetime, edge: datetime) -> bool:
        """Whether a moment is in the seven days that begin at an edge; their far edge is the next ones'."""
        far = self.step(edge)
        if self.forward:
            return edge <= at <= self.later if far is None else edge <= at < far
        return self.earlier <= at <= edge if far is None else far < at <= edge


def page(
    items: Sequence[Item], asked: Range, position: Position, limit: int
) -> tuple[list[Item], Position | None]:
    """The items of one page out of all, oldest first, and where to go on; None at the end."""
    inside = [each for each in items if asked.holds(each["configurationItemCaptureTime"], position.edge)]
    ordered = inside if asked.forward else inside[::-1]
    end = position.skip + limit
    far = asked.step(position.edge)
    told = ordered[position.skip : end]
    if end < len(ordered):
        return told, Position(position.edge, end)
    return told, Position(far) if far is not None else None
