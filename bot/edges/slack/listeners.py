"""What Bolt calls: ack at once, then hand over to the desk."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any
from xml.sax.saxutils import unescape

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.command import words
from bot.edges.slack import forms, mute_form, place, rule_form
from bot.edges.slack.acting import Acting
from bot.edges.slack.asking import Asking
from bot.edges.slack.buttons import Buttons
from bot.edges.slack.desk import Desk, Tell
from bot.edges.slack.front_door import FrontDoor
from bot.edges.slack.gate import Gate
from bot.edges.slack.line import Line
from bot.edges.slack.once import Once
from bot.edges.slack.pace import Pace
from bot.edges.slack.place import Body, Place
from bot.edges.slack.press import Press
from bot.edges.slack.reply import Reply
from bot.errors import BadRequest, NoroshiError
from bot.render import actions
from bot.render.notices import error_payload
from bot.render.views import FIX, FORM, MUTE, REFRESH, RULE

_ANY = re.compile(r"(?s).*")


class Listeners:
    """One method for each kind of thing that Slack sends."""

    def __init__(  # noqa: PLR0913 - what the edge is made of
        self,
        front_door: FrontDoor,
        line: Line,
        gate: Gate,
        asking: Asking,
        buttons: Buttons,
        clock: Callable[[], float],
        *,
        pace: Pace,
        acting: Acting | None = None,
    ) -> None:
        self.desk = Desk()
        self._front_door = front_door
        self._line = line
        self._gate = gate
        self._asking = asking
        self._buttons = buttons
        self._clock = clock
        self._pace = pace
        self._acting = acting
        self._once = Once(clock)

    def listen(self, app: AsyncApp) -> None:
        """Register everything; what Bolt finds no listener for is acked by its error handler (see edge)."""
        app.command(_ANY)(self.on_command)
        app.action(_ANY)(self.on_press)
        app.view(_ANY)(self.on_form)
        app.shortcut(_ANY)(self.on_shortcut)
        app.event("app_home_opened")(self.on_home)

    async def close(self, within: float) -> None:
        """Finish what was asked within so many seconds; who only watches the Home tab is not waited for."""
        self._front_door.rest()
        await self.desk.close(within)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command."""
        await ack()
        where = place.of_command(body, self._clock())
        name = str(body.get("command") or "").removeprefix("/")
        self._start(body, where, lambda reply: self._command(name, str(body.get("text") or ""), reply))

    async def on_press(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button, or anything else that can be pressed or chosen."""
        await ack()
        action = (body.get("actions") or [{}])[0]
        action_id = str(action.get("action_id") or "")
        if actions.OPEN.fullmatch(action_id):
            return
        where = place.of_press(body, self._clock())
        if action_id == REFRESH:
            self._at_home(body, where.user, self._front_door.refresh)
            return
        press = Press(action_id, _value(action), str(body.get("trigger_id") or ""), where)
        # An act is claimed in the store, for all replicas, and a replayed one is refused and kept on record.
        claimed = actions.ACT.fullmatch(action_id) is not None
        self._start(body, where, lambda reply: self._buttons.press(press, reply), again=claimed)

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A shortcut: there is none yet, but its person waits for a word."""
        await ack()
        self._start(body, place.of_press(body, self._clock()), lambda _: _no_shortcuts())

    async def on_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A submitted form: closed when its words make sense, else told which field does not."""
        where = forms.where(body)
        reply = Reply(self._line, where, self._clock)
        acts = (body.get("view") or {}).get("callback_id") in {MUTE, FIX, RULE}
        work = self._act if acts else self._form

        async def tell(error: NoroshiError) -> None:
            if ack.response is None:
                await ack()
            await reply.answer(error_payload(error))

        self.desk.start(work(ack, body, where), tell)

    async def on_home(self, body: dict[str, Any]) -> None:
        """Somebody opened the Home tab; Bolt acks events by itself."""
        event = body.get("event") or {}
        user = str(event.get("user") or "")
        if event.get("tab") == "home":
            self._at_home(body, user, self._front_door.open)

    def _at_home(self, body: Body, user: str, work: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        async def tell(error: NoroshiError) -> None:
            await self._front_door.refused(user, error)

        if self._once.is_new(body):
            self.desk.start(work(user), tell)

    async def _command(self, name: str, text: str, reply: Reply) -> None:
        await self._gate.admit(reply.place.user, reply.place.spot)
        # Slack writes & < > as HTML does (docs: Formatting text), also where a comparison was typed.
        await self._asking.ask([name, *words(unescape(text))], reply)

    async def _form(self, ack: AsyncAck, body: Body, where: Place) -> None:
        await self._admit_soon(ack, where)
        if (body.get("view") or {}).get("callback_id") != FORM:
            raise BadRequest("I don't know this form: it is of another time.", "Type the question instead.")
        submitted = forms.read(body)
        wrong = await self._asking.check(submitted.form, submitted.state) if ack.response is None else {}
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        self._start(body, where, lambda reply: self._asking.ask(submitted.words, reply))

    async def _act(self, ack: AsyncAck, body: Body, where: Place) -> None:
        """The form of a mute, a fix or a rule: what is wrong in a field is said there; the rest is told like any answer."""
        if self._acting is None:
            raise BadRequest("I don't take alerts here any more.", "Ask who runs me.")
        form = body["view"].get("callback_id")
        if wrong := (rule_form if form == RULE else mute_form).wrong(body["view"]):
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        if form == RULE:
            await self._acting.rule(body["view"], where, Reply(self._line, where, self._clock))
        elif form == FIX:
            await self._acting.fix(body["view"], where, Reply(self._line, where, self._clock))
        else:
            await self._acting.mute(body["view"], where)

    async def _admit_soon(self, ack: AsyncAck, where: Place) -> None:
        """Ask the gate; the ack, which would carry what is wrong in the form, does not wait long for it."""
        asked = asyncio.ensure_future(self._gate.admit(where.user, where.spot))
        try:
            done, _ = await asyncio.wait({asked}, timeout=self._pace.form_gate)
            if not done:
                await ack()
            await asked
        finally:
            asked.cancel()

    def _start(
        self,
        body: Body,
        where: Place,
        work: Callable[[Reply], Coroutine[Any, Any, None]],
        *,
        again: bool = False,
    ) -> None:
        """Start what was not started before (or may be `again`); its person hears of a failure in the answer's place."""
        if again or self._once.is_new(body):
            reply = Reply(self._line, where, self._clock)
            self.desk.start(work(reply), _teller(reply))


def _value(action: dict[str, Any]) -> str:
    """A button's value, or that of the option which was chosen in a menu."""
    option = action.get("selected_option")
    return str((option if isinstance(option, dict) else action).get("value") or "")


def _teller(reply: Reply) -> Tell:
    async def tell(error: NoroshiError) -> None:
        await reply.answer(error_payload(error))

    return tell


async def _no_shortcuts() -> None:
    raise BadRequest("I have no shortcuts.", "Type a slash command; my Home tab lists them.")
