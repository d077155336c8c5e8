"""The gate: who a person is, by Slack's word, and whether they may ask here."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import structlog

from bot.core.access import Person, Spot, Workspace, refusal
from bot.edges.slack.line import Line
from bot.errors import Forbidden, Upstream

log = structlog.get_logger("noroshi.slack")

_SECONDS = 300.0
_MOST = 5_000
_PAGE = 999


class Gate:
    """Asked before every answer; closed when Slack won't say who somebody is."""

    def __init__(
        self, line: Line, workspace: Workspace, channels: Collection[str], clock: Callable[[], float]
    ) -> None:
        self._line = line
        self._workspace = workspace
        self._channels = channels
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, asyncio.Task[Person]]] = OrderedDict()

    async def admit(self, user: str, spot: Spot | None) -> Person:
        """The person, who may ask here (`spot` None: open their Home tab).

        Raises Forbidden, in words for them, and logs it.
        """
        try:
            person = await self._person(user)
        except Upstream as error:
            self._log(user, spot, "unknown-person", error.message)
            raise Forbidden(
                f"I can't tell who you are, so I don't answer: {error.message}", "Ask again in a minute."
            ) from error
        no = refusal(person, await self._named(spot), self._workspace, self._channels)
        if no:
            self._log(user, spot, no.reason, "")
            raise Forbidden(no.message, no.hint)
        return person

    @property
    def channels(self) -> Sequence[str]:
        """Where questions are answered, in order; none is everywhere."""
        return sorted(self._channels)

    async def may_see(self, user: str) -> bool:
        """Whether somebody may be told answers where nobody else sees them: a member of a channel where they are told.

        Not so where Slack won't say.
        """
        if not self._channels:
            return True
        try:
            return await self._is_member(user)
        except Upstream as error:
            log.info("membership_unknown", user=user, why=error.message)
            return False

    async def _is_member(self, user: str) -> bool:
        """By users.conversations, which tells of public channels, and of private ones that the bot is in."""
        cursor = ""
        while True:
            page = await self._line.call(
                self._line.client.users_conversations,
                user=user,
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=_PAGE,
                cursor=cursor,
            )
            for room in page.get("channels") or ():
                names = {str(room.get("id")), str(room.get("name")), f"#{room.get('name')}"}
                if not names.isdisjoint(self._channels):
                    return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False

    async def _named(self, spot: Spot | None) -> Spot | None:
        """The conversation by its name: commands call every private channel `privategroup`."""
        by_name = any(channel.startswith("#") for channel in self._channels)
        if spot is None or spot.name != "privategroup" or not by_name:
            return spot
        try:
            told = await self._line.call(self._line.client.conversations_info, channel=spot.channel_id)
        except Upstream as error:
            # Then only its id can let it in.
            log.info("channel_unknown", channel=spot.channel_id, why=error.message)
            return spot
        return Spot(spot.channel_id, str((told.get("channel") or {}).get("name") or spot.name))

    async def _person(self, user: str) -> Person:
        """By users.info, asked once for many questions at the same time, and again after five minutes."""
        at, task = self._known.get(user, (0.0, None))
        if task is None or self._clock() - at > _SECONDS or _failed(task):
            task = asyncio.create_task(self._look_up(user))
            self._known[user] = (self._clock(), task)
            self._known.move_to_end(user)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        # Shielded: one who gives up waiting must not take the answer away from the others.
        return await asyncio.shield(task)

    async def _look_up(self, user: str) -> Person:
        told = await self._line.call(self._line.client.users_info, user=user)
        return person(told.get("user") or {})

    async def close(self) -> None:
        """Give up what is still being looked up."""
        tasks = [task for _, task in self._known.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @staticmethod
    def _log(user: str, spot: Spot | None, reason: str, why: str) -> None:
        log.warning("refused", user=user, channel=spot.channel_id if spot else None, reason=reason, why=why)


def person(told: Mapping[str, Any]) -> Person:
    """A person out of the `user` of users.info; what Slack leaves out counts against them only where it must.

    docs.slack.dev: reference/objects/user-object.
    """
    grid = told.get("enterprise_user") or {}
    user_id = str(told.get("id") or "")
    return Person(
        user_id=user_id,
        name=_name(told),
        teams=frozenset(filter(None, [told.get("team_id"), *(grid.get("teams") or [])])),
        enterprise_id=grid.get("enterprise_id"),
        is_guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
        is_stranger=bool(told.get("is_stranger")),
        is_bot=bool(told.get("is_bot")) or user_id == "USLACKBOT",
        is_deactivated=bool(told.get("deleted")),
    )


def _name(told: Mapping[str, Any]) -> str:
    profile = told.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), told.get("real_name"), told.get("name"))
    return next((str(name) for name in names if name), "somebody")


def _failed(task: "asyncio.Task[Person]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
