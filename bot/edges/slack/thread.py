"""The thread under an alert, for answers that everybody in the channel sees."""

import dataclasses

from bot.core.text import Small
from bot.core.view import Ask, Form, Open, Paragraph, View
from bot.edges.slack.line import Line
from bot.edges.slack.place import Place
from bot.errors import BadRequest, NoroshiError
from bot.render.blocks import payload
from bot.render.lines import Json
from bot.render.notices import error_payload


class Thread:
    """One message's thread, in the place where a button of it was pressed."""

    def __init__(self, line: Line, place: Place) -> None:
        self._line = line
        self._channel = place.channel
        self._ts = place.thread or place.message

    async def answer(self, view: View, words: str) -> None:
        """An answer, and small under it where it comes from; raises Upstream."""
        kept = tuple(button for button in view.buttons if isinstance(button, Ask | Form | Open))
        told = dataclasses.replace(
            view, sections=(*view.sections, Paragraph(((Small(words),),))), buttons=kept
        )
        await self._say(payload(told))

    async def say_error(self, error: NoroshiError, words: str) -> None:
        """What could not be answered, and why; raises Upstream."""
        await self._say(error_payload(BadRequest(f"{words}: {error.message}", error.hint)))

    async def attach(self, name: str, content: bytes) -> None:
        """A file; raises Upstream."""
        await self._line.call(
            self._line.client.files_upload_v2,
            where="this channel",
            content=content,
            filename=name,
            title=name,
            channel=self._channel,
            thread_ts=self._ts,
        )

    async def _say(self, message: Json) -> None:
        quiet = {"unfurl_links": False, "unfurl_media": False}
        await self._line.call(
            self._line.client.chat_postMessage,
            where="this channel",
            channel=self._channel,
            thread_ts=self._ts,
            **message,
            **quiet,
        )
