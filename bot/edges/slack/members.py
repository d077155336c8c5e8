"""Who belongs to a conversation or a user group, and what a conversation and a person are called: by Slack's word."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.edges.slack.line import Line
from bot.errors import Upstream

_SECONDS = 60.0
_PAGE = 1000


class Members:
    """Asked before somebody presses something that counts.

    Who was in a channel is remembered for a minute, who was not is looked up anew: they may just have joined.
    Who is in a group is asked every time: what hangs on it changes something in AWS.
    """

    def __init__(self, line: Line, clock: Callable[[], float]) -> None:
        self._line = line
        self._clock = clock
        self._known: dict[str, tuple[float, frozenset[str]]] = {}

    async def is_in(self, channel: str, user: str) -> bool:
        """Whether somebody is a member of a conversation (its id); raises Upstream."""
        if user in self._remembered(f"members {channel}"):
            return True
        return user in await self._learn(f"members {channel}", self._channel(channel))

    async def is_called(self, channel: str, name: str) -> bool:
        """Whether the conversation of this id is what the settings call so (id, `#name`, `name`); raises Upstream."""
        plain = name.removeprefix("#")
        if channel == name or plain in self._remembered(f"names {channel}"):
            return True
        return plain in await self._learn(f"names {channel}", self._names(channel))

    async def of_group(self, group: str) -> frozenset[str]:
        """The ids of a user group's members, now; raises Upstream."""
        told = await self._line.call(self._line.client.usergroups_users_list, usergroup=group)
        return frozenset(told["users"])

    async def name(self, user: str) -> str:
        """What people call somebody; their id where Slack won't say."""
        try:
            told = await self._line.call(self._line.client.users_info, user=user)
        except Upstream:
            return user
        known: dict[str, Any] = told.get("user") or {}
        return str(known.get("real_name") or known.get("name") or user)

    def _remembered(self, key: str) -> frozenset[str]:
        at, found = self._known.get(key, (float("-inf"), frozenset()))
        return found if self._clock() - at <= _SECONDS else frozenset()

    async def _learn(self, key: str, asked: Awaitable[frozenset[str]]) -> frozenset[str]:
        found = await asked
        self._known[key] = (self._clock(), found)
        return found

    async def _channel(self, channel: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            page = await self._line.call(
                self._line.client.conversations_members, channel=channel, cursor=cursor, limit=_PAGE
            )
            found.update(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(found)

    async def _names(self, channel: str) -> frozenset[str]:
        """A channel that was renamed goes by its old names too (docs.slack.dev: conversation object)."""
        told = await self._line.call(self._line.client.conversations_info, channel=channel)
        known: dict[str, Any] = told.get("channel") or {}
        names = (known.get("name"), known.get("name_normalized"), *(known.get("previous_names") or ()))
        return frozenset(str(name) for name in names if name)
