"""The recent answers, for the buttons under them: CSV and Share carry only an answer's id."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.view import View
from bot.edges.slack.place import Place
from bot.errors import Forbidden, NotFound

_SECONDS = 12 * 3600.0
_MOST = 300
_MOST_ROWS = 200_000


@dataclass(slots=True)
class Kept:
    """One answer; `user` "" is everybody in the channel."""

    view: View
    user: str
    channel: str
    at: float
    shared: bool = False


class Answers:
    """Bounded by age, number and rows; the oldest go first."""

    def __init__(self, clock: Callable[[], float], *, most: int = _MOST, rows: int = _MOST_ROWS) -> None:
        self._clock = clock
        self._most = most
        self._most_rows = rows
        self._rows = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def keep(self, view: View, place: Place, *, public: bool = False) -> str:
        """Keep an answer for the person (`public`: for the whole channel), and give its id."""
        key = secrets.token_urlsafe(16)
        self._kept[key] = Kept(view, "" if public else place.user, place.channel, self._clock())
        self._rows += len(view.rows)
        while len(self._kept) > 1 and (len(self._kept) > self._most or self._rows > self._most_rows):
            self._drop(next(iter(self._kept)))
        return key

    def get(self, key: str, place: Place) -> Kept:
        """The answer, for who pressed where; raises NotFound when it is gone, Forbidden when it is another's."""
        kept = self._kept.get(key)
        if kept and self._clock() - kept.at > _SECONDS:
            self._drop(key)
            kept = None
        if kept is None:
            raise NotFound("I no longer have this answer: it is old, or I was restarted.", "Ask again.")
        if not _may(kept, place):
            raise Forbidden(
                "This answer was given to somebody else, or elsewhere.", "Ask the question yourself."
            )
        self._kept.move_to_end(key)
        return kept

    def _drop(self, key: str) -> None:
        self._rows -= len(self._kept.pop(key).view.rows)


def _may(kept: Kept, place: Place) -> bool:
    here = kept.channel == place.channel
    # What could not be answered in the channel came as a direct message, which nobody else sees.
    return (kept.user == place.user and (here or place.direct)) or (not kept.user and here)
