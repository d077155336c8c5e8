"""A person at work in the workspace: the one way in which tests and the page act.

Each act returns once the app has acked it, with what the person would then know.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import forms, payloads
from .fill import with_ids
from .refusal import SlackError
from .shapes import Channel, Json, Message, Person, View
from .socketmode import NotDeliveredError, SocketMode
from .world import SLACKBOT, World

TROUBLE = "trouble_connecting"


@dataclass(frozen=True)
class Outcome:
    """How an act ended: `error` is what Slack would show, `errors` the words under form fields.

    `response_url` is where the app may answer to it (see Hooks.written).
    """

    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    ack: Json = field(default_factory=dict)
    response_url: str = ""

    @property
    def ok(self) -> bool:
        """Whether the app took it."""
        return not self.error and not self.errors


class Visitor:
    """Acts as any person of the world; people and channels go by id or name."""

    def __init__(self, world: World, socket: SocketMode) -> None:
        self._world = world
        self._socket = socket

    async def command(self, user: str, channel: str, text: str) -> Outcome:
        """Send what was typed into the message box and begins with a slash."""
        person, where = self._world.user(user), self._world.channel(channel)
        name, _, words = text.strip().partition(" ")
        known = self._world.manifest.command(name)
        if known is None:
            self._tell(person, where, f"`{escaped(name)}` is not a valid command.")
            return Outcome(error="invalid_command")
        words = self._linked(words.strip()) if known.get("should_escape") else words.strip()
        outcome = await self._send(
            "slash_commands", payloads.slash_command(self._world, person, where, name, words)
        )
        if outcome.error:
            self._tell(person, where, f"`{name}` failed with the error `{outcome.error}`")
        elif outcome.ack.get("text") or outcome.ack.get("blocks"):
            self._post_ack(person, where, outcome.ack)
        return outcome

    def _post_ack(self, person: Person, where: Channel, ack: Json) -> None:
        body = {"text": ""} | {key: ack[key] for key in ("text", "blocks", "attachments") if key in ack}
        only_for = None if ack.get("response_type") == "in_channel" else person.id
        self._world.post(where, self._world.as_bot(with_ids(body, self._world.ids)), only_for=only_for)

    def _tell(self, person: Person, where: Channel, words: str) -> None:
        self._world.post(where, {"user": SLACKBOT, "text": words}, only_for=person.id)

    def _linked(self, words: str) -> str:
        """Turn @people and #channels into what `should_escape` commands receive."""
        for person in self._world.users.values():
            words = re.sub(rf"@{re.escape(person.name)}\b", f"<@{person.id}|{person.name}>", words)
        for channel in self._world.channels.values():
            words = re.sub(rf"#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", words)
        return words

    async def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        *,
        value: Any = None,
        given: Mapping[str, Any] | None = None,
        block_id: str | None = None,
    ) -> Outcome:
        """Press a button or choose `value` in an element of a message, modal or Home.

        `given` is what else was filled in there (see forms.state).
        """
        if not self._world.manifest.interactive:
            return Outcome(error="interactivity_disabled")
        person, blocks = (
            self._world.user(user),
            where.blocks if isinstance(where, Message) else where.body["blocks"],
        )
        block, element = forms.find(blocks, action_id, block_id)
        actions = [forms.action(block, element, value, self._world.ids.ts())]
        filled = {block["block_id"]: {action_id: value}} if value is not None else {}
        state = forms.state(blocks, dict(given or {}) | filled)
        tell = payloads.message_action if isinstance(where, Message) else payloads.view_action
        return await self._send("interactive", tell(self._world, person, where, actions, state))  # type: ignore[arg-type]  # tell fits where

    async def submit(self, view: View, given: Mapping[str, Any] | None = None) -> Outcome:
        """Submit a modal with what was filled in, and do what the app answers."""
        state = forms.state(view.body["blocks"], given or {})
        wrong = forms.problems(view.body["blocks"], state)
        if wrong:
            return Outcome(errors=wrong)
        person = self._world.users[view.user]
        outcome = await self._send("interactive", payloads.view_submission(self._world, person, view, state))
        return outcome if outcome.error else self._respond(view, outcome.ack)

    def _respond(self, view: View, ack: Json) -> Outcome:
        modals = self._world.modals
        try:
            match ack.get("response_action"):
                case "errors":
                    return Outcome(errors=ack["errors"], ack=ack)
                case "update":
                    modals.update(view, ack["view"])
                case "push":
                    modals.put_on_top(view.user, ack["view"])
                case "clear":
                    modals.close(view, whole_stack=True)
                case _:
                    # The app may have replaced or closed it while it was thinking.
                    if view in modals.stacks[view.user]:
                        modals.close(view)
        except SlackError as error:
            return Outcome(error=TROUBLE, ack=ack | error.to_json())
        return Outcome(ack=ack)

    async def close(self, view: View, *, whole_stack: bool = False) -> Outcome:
        """Close a modal without submitting; the app hears of those that asked for it."""
        person, outcome = self._world.users[view.user], Outcome()
        for closed in self._world.modals.close(view, whole_stack=whole_stack):
            if closed.body.get("notify_on_close"):
                told = payloads.view_closed(self._world, person, closed, cleared=whole_stack)
                outcome = await self._send("interactive", told)
        return outcome

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home (or, with `messages`, its direct messages)."""
        person = self._world.user(user)
        home = self._world.modals.homes.get(person.id)
        body: Json = {"type": "app_home_opened", "user": person.id, "tab": tab}
        body |= {"channel": self._world.im(person.id).id, "event_ts": self._world.ids.ts()}
        await self._event(body | ({"view": self._world.modals.to_json(home)} if home else {}))

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; the app hears of it if its manifest subscribes to such events."""
        person, where = self._world.user(user), self._world.channel(channel)
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        said = self._world.post(where, {"user": person.id, "text": self._linked(escaped(text))} | thread)
        kind = "im" if where.im_with else "channel"
        told = said.body | {"channel": where.id, "event_ts": said.ts, "channel_type": kind}
        await self._event(told, name=f"message.{'im' if where.im_with else 'channels'}")
        if f"<@{self._world.bot.id}" in said.body["text"]:
            await self._event(told | {"type": "app_mention"})
        return said

    async def _event(self, body: Json, name: str = "") -> None:
        if (name or body["type"]) in self._world.manifest.events:
            await self._socket.send_event(payloads.event(self._world, body))

    async def _send(self, kind: str, payload: Json) -> Outcome:
        try:
            ack = await self._socket.deliver(kind, payload)
            return Outcome(ack=ack, response_url=payload.get("response_url", ""))
        except NotDeliveredError as error:
            return Outcome(error=str(error))


def escaped(text: str) -> str:
    """What a person typed, as Slack stores it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
