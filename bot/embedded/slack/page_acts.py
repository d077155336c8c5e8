"""What the page asks for on behalf of a person, turned into acts of the visitor."""

from collections.abc import Awaitable, Callable

from .shapes import Json, Message, View
from .visitor import Outcome, Visitor
from .world import World


class PageActs:
    """One method per act; each takes the page's JSON and gives JSON back."""

    def __init__(self, world: World, visitor: Visitor) -> None:
        self._world = world
        self._visitor = visitor
        self._acts: dict[str, Callable[[Json], Awaitable[Outcome]]] = {
            "click": self._click,
            "close": self._close,
            "home": self._home,
            "send": self._send,
            "submit": self._submit,
        }

    async def act(self, name: str, asked: Json) -> Json:
        """Do it.

        Raises:
            LookupError: there is no such act, message, view or element.
            SlackError: the person or channel is unknown.
        """
        outcome = await self._acts[name](asked)
        return {"ok": outcome.ok, "error": outcome.error, "errors": dict(outcome.errors)}

    async def _send(self, asked: Json) -> Outcome:
        """Send what was typed: a command if it begins with a slash, a message else."""
        user, channel, text = asked["user"], asked["channel"], asked["text"]
        if text.startswith("/"):
            return await self._visitor.command(user, channel, text)
        await self._visitor.say(user, channel, text, asked.get("thread_ts"))
        return Outcome()

    async def _click(self, asked: Json) -> Outcome:
        where = self._view(asked) if asked.get("view") else self._message(asked)
        given, value = asked.get("given") or {}, asked.get("value")
        return await self._visitor.click(
            asked["user"], where, asked["action_id"], value=value, given=given, block_id=asked["block_id"]
        )

    def _message(self, asked: Json) -> Message:
        message = self._world.channel(asked["channel"]).message(asked["ts"])
        if message is None or message.only_for not in (None, asked["user"]):
            raise LookupError("the message is gone")
        return message

    def _view(self, asked: Json) -> View:
        home = self._world.modals.homes.get(asked["user"])
        return home if home and home.id == asked["view"] else self._modal(asked)

    def _modal(self, asked: Json) -> View:
        for view in self._world.modals.stacks.get(asked["user"], []):
            if view.id == asked["view"]:
                return view
        raise LookupError("the modal is gone")

    async def _submit(self, asked: Json) -> Outcome:
        return await self._visitor.submit(self._modal(asked), asked.get("given") or {})

    async def _close(self, asked: Json) -> Outcome:
        return await self._visitor.close(self._modal(asked), whole_stack=bool(asked.get("whole_stack")))

    async def _home(self, asked: Json) -> Outcome:
        await self._visitor.open_home(asked["user"], asked.get("tab", "home"))
        return Outcome()
