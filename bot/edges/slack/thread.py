"""The thread under an alert, for answers that everybody in the channel sees."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from bot.core.buttons import Ask, Button, Form, Menu, Open
from bot.core.sections import Paragraph
from bot.core.text import Small
from bot.core.upload import Upload
from bot.core.view import View
from bot.edges.slack.line import Line
from bot.errors import Gone, NoroshiError
from bot.render.blocks import payload
from bot.render.lines import Json
from bot.render.notices import error_payload, progress_payload


class Thread:
    """The thread of one message: its channel's id and its `ts`; "" is the channel itself."""

    def __init__(self, line: Line, channel: str, ts: str) -> None:
        self._line = line
        self._channel = channel
        self._ts = ts

    async def note(self, words: str) -> str:
        """Say what is being done, and give the note's `ts`: what comes next may take its place. Raises Upstream."""
        return await self._say(progress_payload(words), "")

    async def answer(
        self, view: View, words: str, instead_of: str = "", answer_id: str | None = None
    ) -> Json:
        """An answer, and small under it where it comes from; gives the message. Raises Upstream.

        Of its menus a choice too long for Slack is left out, unless the answer is kept by that id.
        """
        kept = tuple(button for button in view.buttons if isinstance(button, Ask | Menu | Form | Open))
        told = dataclasses.replace(
            view, sections=(*view.sections, Paragraph(((Small(words),),))), buttons=kept
        )
        message = payload(told, answer_id, rows_follow=bool(view.rows))
        await self._say(message, instead_of)
        return message

    async def say_error(
        self, error: NoroshiError, words: str, instead_of: str = "", buttons: Sequence[Button] = ()
    ) -> None:
        """What could not be answered, why, and what can be done about it; raises Upstream."""
        named = NoroshiError(f"{words}: {error.message}", error.hint)
        await self._say(error_payload(named, buttons), instead_of)

    async def attach(self, file: Upload) -> None:
        """A file; raises Upstream."""
        await self._line.call(
            self._line.client.files_upload_v2,
            where="this channel",
            content=file.content,
            filename=file.name,
            title=file.title or file.name,
            alt_txt=file.alt or None,
            channel=self._channel,
            thread_ts=self._ts or None,
        )

    async def _say(self, message: Json, instead_of: str) -> str:
        """In place of a message of ours, or as a new one where somebody deleted that."""
        if instead_of:
            try:
                # What is not sent would stay (docs.slack.dev, chat.update).
                whole = {"attachments": [], **message}
                await self._call(self._line.client.chat_update, ts=instead_of, parse="none", **whole)
            except Gone:
                pass
            else:
                return instead_of
        quiet = {"unfurl_links": False, "unfurl_media": False}
        posted = await self._call(self._line.client.chat_postMessage, thread_ts=self._ts, **message, **quiet)
        return str(posted.get("ts") or "")

    async def _call(self, method: Callable[..., Any], **arguments: Any) -> Any:
        return await self._line.call(method, where="this channel", channel=self._channel, **arguments)
