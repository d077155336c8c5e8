"""What happens when a button is pressed, or a form is submitted."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.slack import absent
from bot.core.access import Person
from bot.core.buttons import Share
from bot.core.sections import Paragraph
from bot.core.text import Line as Words
from bot.core.text import Link, Small
from bot.core.upload import Upload
from bot.core.view import View
from bot.edges.slack.acting import Acting
from bot.edges.slack.answers import Answers
from bot.edges.slack.asking import Asking
from bot.edges.slack.gate import Gate
from bot.edges.slack.line import Line
from bot.edges.slack.place import Place, to_json
from bot.edges.slack.pool import Pool
from bot.edges.slack.press import Press
from bot.edges.slack.reply import Reply
from bot.edges.slack.rows import attach_rows
from bot.edges.slack.thread import Thread
from bot.edges.slack.uploads import NAMES, of_button
from bot.errors import BadRequest, Upstream
from bot.render import actions, menus, views
from bot.render.blocks import payload

_UNFURL_NOTHING: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Buttons:
    """The acts behind the buttons of `bot.render.actions`."""

    def __init__(
        self,
        line: Line,
        gate: Gate,
        asking: Asking,
        answers: Answers,
        pool: Pool,
        acting: Acting | None = None,
    ) -> None:
        self._line = line
        self._gate = gate
        self._asking = asking
        self._answers = answers
        self._pool = pool
        self._acting = acting

    async def press(self, press: Press, reply: Reply) -> None:
        """Do what the button says, for who may; raises NoroshiError with words for the person."""
        if act := actions.ACT.fullmatch(press.action_id):
            if self._acting is None:
                raise BadRequest("I don't take alerts here any more.", "Ask who runs me.")
            await self._acting.press(press, act[1], reply)
            return
        person = await self._gate.admit(press.place.user, press.place.spot)
        match press.action_id:
            case name if actions.ASK.fullmatch(name):
                await self._asking.ask(actions.decode_words(press.value), reply)
            case name if found := menus.MENU.fullmatch(name):
                await self._asking.ask(self._chosen(press, int(found[1]), found[2] or ""), reply)
            case name if actions.FORM.fullmatch(name):
                await self._open(press)
            case actions.CSV | actions.FILE | actions.PICTURE:
                await self._upload(press, reply)
            case actions.SHARE:
                await self._share(press, reply, person)
            case _:
                raise BadRequest(
                    "I don't know this button: it is of another time.", "Type the question again."
                )

    def _chosen(self, press: Press, menu: int, answer_id: str) -> tuple[str, ...]:
        """The words of what was chosen; raises NotFound where they are with an answer that is gone."""
        asked = menus.chosen(press.value)
        if isinstance(asked, tuple):
            return asked
        return menus.kept_words(self._answers.get(answer_id, press.place).view, menu, asked)

    async def _open(self, press: Press) -> None:
        form = actions.decode_form(press.value)
        kept = json.dumps(
            {"form": json.loads(press.value), "place": to_json(press.place)}, separators=(",", ":")
        )
        window = views.modal(form, kept)
        await self._line.call(self._line.client.views_open, trigger_id=press.trigger_id, view=window)

    async def _upload(self, press: Press, reply: Reply) -> None:
        """Into the thread of a public answer; of a private one, into the person's direct messages.

        A file cannot be ephemeral, so nowhere else would it stay private.
        """
        view = self._answers.get(press.value, press.place).view
        files = await self._pool.submit(lambda: of_button(view, press.action_id))
        if not press.place.private:
            thread = press.place.thread or press.place.message
            await self._attach(files, press.place.channel, thread)
            return
        about = View(
            f"{files[0].name}: {view.title}",
            (Paragraph(((Small(f"asked with /{view.command}"),),)),),
        )
        posted = await self._line.call(
            self._line.client.chat_postMessage, channel=press.place.user, **payload(about), **_UNFURL_NOTHING
        )
        await self._attach(files, posted["channel"], "")
        said = f"{NAMES[press.action_id]} is in your direct messages with me"
        await reply.answer(payload(View(said, await self._link(posted))))

    async def _attach(self, files: Sequence[Upload], channel: str, ts: str) -> None:
        for file in files:
            await Thread(self._line, channel, ts).attach(file)

    async def _link(self, posted: Mapping[str, Any]) -> tuple[Paragraph, ...]:
        try:
            told = await self._line.call(
                self._line.client.chat_getPermalink, channel=posted["channel"], message_ts=posted["ts"]
            )
        except Upstream:
            return ()
        link: Words = (Link("Open it", told["permalink"]),)
        return (Paragraph((link,)),)

    async def _share(self, press: Press, reply: Reply, person: Person) -> None:
        kept = self._answers.get(press.value, press.place)
        if kept.shared:
            raise BadRequest("This answer is shared already.", "Look further down in the channel.")
        kept.shared = True
        unshared = tuple(button for button in kept.view.buttons if not isinstance(button, Share))
        plain = dataclasses.replace(kept.view, buttons=unshared)
        try:
            await self._publish(_with(plain, f"shared by {await self._real_name(person)}"), press.place)
        except Upstream:
            kept.shared = False
            raise
        if press.place.private:
            await reply.answer(payload(_with(plain, "shared with the channel"), press.value), in_place=True)

    async def _real_name(self, person: Person) -> str:
        """A channel may not know somebody's display name; their real one is worth a call."""
        try:
            told = await self._line.call(self._line.client.users_info, user=person.user_id)
        except Upstream:
            return person.name
        known = told.get("user") or {}
        return str((known.get("profile") or {}).get("real_name") or known.get("real_name") or person.name)

    async def _publish(self, view: View, place: Place) -> None:
        """As a message of the bot's, with a file of all rows where it shows only some.

        Where the bot is no member, through the response_url, which needs none and takes no file.
        """
        message = {**payload(view, self._answers.keep(view, place, public=True)), **_UNFURL_NOTHING}
        thread = {"thread_ts": place.thread} if place.thread else {}
        try:
            posted = await self._line.call(
                self._line.client.chat_postMessage,
                where="this channel",
                channel=place.channel,
                **message,
                **thread,
            )
        except Upstream as error:
            # Only a plain no is tried again: after a timeout the message may stand there already.
            if not (place.response_url and absent(error)):
                raise
            public = {"response_type": "in_channel", "replace_original": False}
            await self._line.respond(place.response_url, {**message, **thread, **public}, again=False)
        else:
            below = Thread(self._line, place.channel, place.thread or str(posted["ts"]))
            await attach_rows(view, message, below, self._pool.submit)


def _with(view: View, words: str) -> View:
    return dataclasses.replace(view, sections=(*view.sections, Paragraph(((Small(words),),))))
