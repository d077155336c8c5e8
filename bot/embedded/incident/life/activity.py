"""What happens again and again: the calls of one activity, how many a day, at what hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from bot.embedded.incident.company import Place
from bot.embedded.incident.template import Record, Template


class Copy(NamedTuple):
    """One delivered record of a call; a call between two accounts has two, in two accounts' files."""

    place: Place
    template: Template


@dataclass(frozen=True)
class Activity:
    """`per_day` calls drawn from `calls`, all of which begin in the same place.

    `keys` are the objects that the calls name. `slots` are the ten-minute slots of the day (0 to 143, UTC) in
    which it happens; None is whenever its place is awake. `weekend` is the share left on Saturday and Sunday.
    """

    name: str
    per_day: int
    calls: tuple[tuple[Copy, ...], ...]
    keys: tuple[str, ...] = ("",)
    slots: tuple[int, ...] | None = None
    weekend: float = 1.0

    @property
    def place(self) -> Place:
        """Where the calls are made from."""
        return self.calls[0][0].place


def calls(records: Iterable[Record | tuple[Record, ...]]) -> tuple[tuple[Copy, ...], ...]:
    """Records, or tuples of the copies of one call, made ready to be filled."""
    return tuple(
        tuple(_copy(record) for record in (copies if isinstance(copies, tuple) else (copies,)))
        for copies in records
    )


def _copy(record: Record) -> Copy:
    place = Place(record["recipientAccountId"], record["awsRegion"])
    return Copy(place, Template(record))
