"""Who opens the Home tab, and what they are shown: at once, from what is kept."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.command import Slash
from bot.core.view import View
from bot.edges.slack import home
from bot.edges.slack.gate import Gate
from bot.edges.slack.line import Line
from bot.edges.slack.pace import Pace
from bot.edges.slack.pool import Pool
from bot.errors import Forbidden, NoroshiError

_AGAIN = "Looking again: what is seen anew stands here by itself."
_ELSEWHERE = "How the accounts stand is told to members of {} alone."
_NAMED = 5


class FrontDoor:
    """The Home tab of everybody who may ask; `state` is None where nothing is kept."""

    def __init__(
        self,
        commands: Sequence[Slash],
        state: home.State | None,
        line: Line,
        gate: Gate,
        pool: Pool,
        pace: Pace,
    ) -> None:
        self._commands, self._state = commands, state
        self._line, self._gate, self._pool, self._pace = line, gate, pool, pace
        self._followed: dict[str, object] = {}
        self._resting = asyncio.Event()

    async def open(self, user: str) -> None:
        """Show it; raises Forbidden, Upstream."""
        await self._gate.admit(user, None)
        await self._show(user, self._view() if await self._gate.may_see(user) else None)

    async def refused(self, user: str, error: NoroshiError) -> None:
        """Show who may not ask why not."""
        if isinstance(error, Forbidden):
            await self._publish(user, home.closed(error))

    async def refresh(self, user: str) -> None:
        """Have everything looked at, and show what comes of it; raises Forbidden, Upstream."""
        await self._gate.admit(user, None)
        if self._state is None or not await self._gate.may_see(user):
            await self._show(user, None)
        else:
            await self._pool.submit(self._state.look_again)
            await self._follow(user, self._state)

    def rest(self) -> None:
        """Follow nobody any longer; what stands there in the end promises no further look."""
        self._resting.set()

    async def _follow(self, user: str, state: home.State) -> None:
        """Show whatever is seen anew, for a while; who presses again meanwhile is followed once, from then on."""
        mine = self._followed[user] = object()
        shown: Mapping[str, Any] = {}
        for _ in range(self._pace.home_looks):
            seen = state.view()
            if seen.totals != shown:
                await self._show(user, seen, _AGAIN)
                shown = seen.totals
            await self._pause()
            if self._followed.get(user) is not mine:
                return
            if self._resting.is_set():
                break
        del self._followed[user]
        await self._show(user, state.view())

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.home_pause):
                await self._resting.wait()

    def _view(self) -> View | None:
        return self._state.view() if self._state else None

    async def _show(self, user: str, view: View | None, note: str = "") -> None:
        where = ", ".join(self._gate.channels[:_NAMED])
        if self._state and view is None:
            note = _ELSEWHERE.format(where)
        elif view and where:
            # What is asked here is asked in no channel, and would be refused.
            view = replace(view, buttons=())
        await self._publish(user, home.front(self._commands, view, note=note))

    async def _publish(self, user: str, view: dict[str, Any]) -> None:
        await self._line.call(self._line.client.views_publish, user_id=user, view=view)
