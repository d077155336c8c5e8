"""Channels' ids by name: Slack posts to `#security`, but edits and reads by id only."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.errors import NoSuchPlace

_ID = re.compile(r"[CDGUW][A-Z0-9]+")  # no channel's name has a capital letter


class Rooms:
    """Remembers ids; `listed` gives the conversations that the bot is in, as Slack tells of them."""

    def __init__(self, listed: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        self._listed = listed
        self._ids: dict[str, str] = {}

    def learn(self, channel: str, room: str) -> None:
        """Keep the id that Slack gave for a name."""
        if room:
            self._ids[_bare(channel)] = room

    def find(self, channel: str) -> str:
        """The id; raises NoSuchPlace for a name of no channel that the bot is in."""
        name = _bare(channel)
        if name in self._ids or _ID.fullmatch(name):
            return self._ids.get(name, name)
        for room in self._listed():
            self._ids[str(room.get("name"))] = str(room["id"])
            if name in self._ids:
                return self._ids[name]
        raise NoSuchPlace(f"I am in no channel {channel}.", f"Invite me: /invite @noroshi in {channel}.")

    def anew(self, channel: str) -> str | None:
        """The id that a remembered name has now; None if it was not remembered or is no channel's any more."""
        if self._ids.pop(_bare(channel), None) is None:
            return None
        try:
            return self.find(channel)
        except NoSuchPlace:
            return None


def _bare(channel: str) -> str:
    return channel.removeprefix("#")
