"""One person's private answer: "asking…", some progress, then the answer in the same place.

A response_url takes five messages within thirty minutes (docs.slack.dev: handling user interaction).
Asking takes one, progress two, so the answer has one, and a second try. When none is left the
answer goes by chat.postEphemeral, and where the bot is no member, as a direct message.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.edges.slack.line import Line, SpentError
from bot.edges.slack.place import Place
from bot.errors import Upstream
from bot.render.lines import Json
from bot.render.notices import progress_payload

log = structlog.get_logger("noroshi.slack")

_USES = 5
_LIFETIME = 29 * 60.0
_NOTE_SECONDS = 5.0
_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Reply:
    """Where one question is answered; use from the event loop only."""

    def __init__(self, line: Line, place: Place, clock: Callable[[], float]) -> None:
        self.place = place
        self._line = line
        self._clock = clock
        self._left = _USES if place.response_url else 0
        self._first = True
        self._one_at_a_time = asyncio.Lock()

    async def note(self, words: str) -> None:
        """Say what is being done; a note that does not get through is only logged."""
        async with self._one_at_a_time:
            try:
                # A note must not hold up the answer.
                async with asyncio.timeout(_NOTE_SECONDS):
                    await self._by_url(progress_payload(words), again=False)
            except (Upstream, TimeoutError) as error:
                log.info("note_lost", user=self.place.user, why=str(error))

    async def answer(self, message: Json, *, in_place: bool = False) -> None:
        """Give the answer, in place of the notes before it; raises Upstream when no way is left.

        `in_place` replaces the private message whose button was pressed.
        """
        async with self._one_at_a_time:
            ways: list[Callable[..., Awaitable[None]]] = [self._by_url, self._ephemeral, self._direct]
            if self.place.thread and not in_place:
                # A response_url answers beside a thread, not in it.
                ways = [self._ephemeral, self._by_url, self._direct]
            lost: Upstream = SpentError()
            for way in ways:
                try:
                    return await way(message, in_place=in_place)
                except Upstream as error:
                    log.info("way_closed", user=self.place.user, why=str(error))
                    lost = lost if isinstance(error, SpentError) else error
        raise lost

    async def _by_url(self, message: Json, *, again: bool = True, in_place: bool = False) -> None:
        if self._left < 1 or self._clock() - self.place.asked_at > _LIFETIME:
            raise SpentError
        again = again and self._left > 1
        self._left -= 2 if again else 1
        # Only a command's own notes may be replaced: from a button, the original is the message
        # with the button, and a private answer would overwrite a public alert.
        replace = in_place or (self.place.command and not self._first)
        sent = {**message, **_QUIET, "response_type": "ephemeral", "replace_original": replace}
        await self._line.respond(self.place.response_url, sent, again=again)
        self._first = False

    async def _ephemeral(self, message: Json, *, in_place: bool = False) -> None:
        if in_place or not self.place.channel:
            raise SpentError
        thread = {"thread_ts": self.place.thread} if self.place.thread else {}
        await self._line.call(
            self._line.client.chat_postEphemeral,
            channel=self.place.channel,
            user=self.place.user,
            **message,
            **thread,
        )

    async def _direct(self, message: Json, *, in_place: bool = False) -> None:
        if in_place:
            raise SpentError
        # A person's id as channel opens their direct messages (docs.slack.dev: chat.postMessage).
        await self._line.call(
            self._line.client.chat_postMessage, channel=self.place.user, **message, **_QUIET
        )


class Progress:
    """Progress words from a worker's thread, shown seldom: each pause is counted from the note before.

    Call it from any thread; `show` runs until `stop`.
    """

    def __init__(self, reply: Reply, pauses: tuple[float, ...]) -> None:
        self._reply = reply
        self._pauses = pauses if reply.place.command else ()
        self._loop = asyncio.get_running_loop()
        self._latest = ""
        self._heard = asyncio.Event()
        self._stopped = asyncio.Event()

    def __call__(self, words: str) -> None:
        """Say what is being done now; only the latest words are shown."""
        self._loop.call_soon_threadsafe(self._hear, words)

    def _hear(self, words: str) -> None:
        self._latest = words
        self._heard.set()

    async def show(self) -> None:
        """Show the latest words after each pause, as often as there are pauses."""
        for pause in self._pauses:
            if await self._stopped_within(pause):
                return
            await self._heard.wait()
            self._heard.clear()
            if self._stopped.is_set():
                return
            await self._reply.note(self._latest)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def stop(self) -> None:
        """End `show`; a note on its way is finished first, so that it can't come after the answer."""
        self._stopped.set()
        self._heard.set()
