"""Who belongs to a conversation, or to a user group, by Slack's word; remembered for a minute."""

from collections.abc import Callable
from typing import Any

from bot.edges.slack.line import Line

_SECONDS = 60.0
_PAGE = 1000


class Members:
    """Asked before somebody presses something that counts."""

    def __init__(self, line: Line, clock: Callable[[], float]) -> None:
        self._line = line
        self._clock = clock
        self._known: dict[str, tuple[float, frozenset[str]]] = {}

    async def of_channel(self, channel: str) -> frozenset[str]:
        """The ids of a conversation's members; raises Upstream."""
        return await self._remembered(channel, self._channel)

    async def of_group(self, group: str) -> frozenset[str]:
        """The ids of a user group's members; raises Upstream."""
        return await self._remembered(group, self._group)

    async def _remembered(self, key: str, look: Callable[[str], Any]) -> frozenset[str]:
        at, members = self._known.get(key, (0.0, frozenset()))
        if self._clock() - at > _SECONDS:
            members = await look(key)
            self._known[key] = (self._clock(), members)
        return members

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

    async def _group(self, group: str) -> frozenset[str]:
        told = await self._line.call(self._line.client.usergroups_users_list, usergroup=group)
        return frozenset(told["users"])
