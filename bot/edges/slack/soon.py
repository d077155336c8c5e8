"""A word to somebody who waits: nobody presses a button and hears nothing for more than a second."""

import asyncio
from types import TracebackType
from typing import Self

from bot.edges.slack.reply import Reply


class Soon:
    """Around work: says `words` to the person unless the work, or a better word, comes within so many seconds."""

    def __init__(self, reply: Reply, words: str, seconds: float) -> None:
        self._reply = reply
        self._words = words
        self._seconds = seconds
        self._enough = asyncio.Event()
        self._saying: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._saying = asyncio.create_task(self._say())
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End; a word on its way is finished first, so that it can't come after the answer."""
        self.enough()
        if self._saying:
            await asyncio.gather(self._saying, return_exceptions=True)

    def enough(self) -> None:
        """The person has heard something by now."""
        self._enough.set()

    async def _say(self) -> None:
        try:
            await asyncio.wait_for(self._enough.wait(), self._seconds)
        except TimeoutError:
            await self._reply.note(self._words)
