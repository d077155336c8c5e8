"""Modals and Homes: triggers that live three seconds, stacks of three, hashes that conflict.

Source: docs.slack.dev /surfaces/modals and /reference/methods/views.*.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .feed import Change
from .fill import with_block_ids
from .refusal import SlackError
from .shapes import Json, View
from .validate import check_view

if TYPE_CHECKING:
    from .world import World

TRIGGER_LIFETIME = timedelta(seconds=3)
DEEPEST = 3


@dataclass
class Trigger:
    """A person's act that allows one modal; `view` is the modal in which it happened."""

    user: str
    made: datetime
    view: str | None = None
    used: bool = False


class Modals:
    """Every open modal (`stacks`, bottom first, by user id) and published Home (`homes`).

    `trigger_lifetime` is Slack's; tests may set a longer one.
    """

    def __init__(self, world: "World") -> None:
        self._world = world
        self.trigger_lifetime = TRIGGER_LIFETIME
        self._triggers: dict[str, Trigger] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def trigger(self, user: str, view: str | None = None) -> str:
        """Return a fresh trigger_id."""
        key = f"{self._world.ids.ts()}.{self._world.ids.secret(length=32)}"
        self._triggers[key] = Trigger(user, self._world.now(), view)
        return key

    def _spend(self, key: str) -> Trigger:
        trigger = self._triggers.get(key)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._world.now() - trigger.made > self.trigger_lifetime:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def open(self, trigger_id: str, body: Json) -> View:
        """Open a modal for the person of the trigger, in place of whatever was open."""
        check_view(body, "modal")
        user = self._spend(trigger_id).user
        self.stacks[user] = []
        return self._put(user, body)

    def push(self, trigger_id: str, body: Json) -> View:
        """Put a modal on top of the one in which the trigger was made."""
        check_view(body, "modal")
        trigger = self._spend(trigger_id)
        if not self.stacks.get(trigger.user):
            raise SlackError("not_found")
        return self.put_on_top(trigger.user, body)

    def put_on_top(self, user: str, body: Json) -> View:
        """Push without a trigger, as `response_action: push` does."""
        if len(self.stacks[user]) >= DEEPEST:
            raise SlackError("push_limit_reached")
        return self._put(user, body)

    def _put(self, user: str, body: Json) -> View:
        stack = self.stacks[user]
        made = self._new(user, body)
        if stack:
            made.root_id, made.previous_id = stack[0].id, stack[-1].id
        stack.append(made)
        self.tell(user)
        return made

    def _new(self, user: str, body: Json) -> View:
        view_id = self._world.ids.new("V")
        filled = body | {"blocks": with_block_ids(body["blocks"], self._world.ids)}
        return View(view_id, self._hash(), filled, user, root_id=view_id)

    def _hash(self) -> str:
        return f"{self._world.ids.ts()}.{self._world.ids.secret(length=8)}"

    def update(self, view: View, body: Json, expected_hash: str | None = None) -> View:
        """Replace what a modal shows.

        Raises:
            SlackError: hash_conflict when the modal changed since the app last saw it.
        """
        check_view(body, "modal")
        self._same(view, expected_hash)
        view.body = body | {"blocks": with_block_ids(body["blocks"], self._world.ids)}
        view.hash = self._hash()
        self.tell(view.user)
        return view

    def _same(self, view: View, expected_hash: str | None) -> None:
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """The open modal.

        Raises:
            SlackError: not_found.
        """
        for view in (view for stack in self.stacks.values() for view in stack):
            if view_id == view.id or (external_id and external_id == view.body.get("external_id")):
                return view
        raise SlackError("not_found")

    def close(self, view: View, *, whole_stack: bool = False) -> list[View]:
        """Close a modal, or its whole stack; returns what was closed, top first."""
        stack = self.stacks[view.user]
        keep = 0 if whole_stack else stack.index(view)
        closed = stack[keep:][::-1]
        del stack[keep:]
        self.tell(view.user)
        return closed

    def publish(self, user: str, body: Json, expected_hash: str | None = None) -> View:
        """Set what the person's App Home shows."""
        check_view(body, "home")
        old, new = self.homes.get(user), self._new(user, body)
        if old:
            self._same(old, expected_hash)
            new.id = new.root_id = old.id
        self.homes[user] = new
        self._world.feed.publish(Change("home", {"view": self.to_json(new)}, frozenset({user})))
        return new

    def to_json(self, view: View, state: Json | None = None) -> Json:
        """The view as Slack tells of it."""
        world = self._world
        return view.to_json(team=world.team.id, app=world.app_id, bot=world.bot_id, state=state)

    def tell(self, user: str) -> None:
        """Publish the person's stack of modals."""
        views = [self.to_json(view) for view in self.stacks.get(user, [])]
        self._world.feed.publish(Change("modals", {"views": views}, frozenset({user})))
