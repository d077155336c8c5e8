"""response_url: answers to a command or a click, five times within thirty minutes.

Source: docs.slack.dev /interactivity/handling-user-interaction. The codes used_url and expired_url
with 404 are from memory, not from the stored docs.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .fill import with_ids
from .refusal import SlackError
from .shapes import Json, Message
from .validate import check_message

if TYPE_CHECKING:
    from .world import World

USES = 5
LIFETIME = timedelta(minutes=30)
GONE = 404
CONTENT = ("text", "blocks", "attachments", "metadata")


@dataclass
class Hook:
    """One response_url; `original` is the message it may replace."""

    user: str
    channel: str
    made: datetime
    original: Message | None = None
    of_command: bool = False
    uses: int = 0
    written: list[Message] = field(default_factory=list)


class Hooks:
    """The response_urls of a workspace, by their secret part.

    `commands_replace`: whether replace_original works on the url of a slash command. Users of Slack
    disagree (bolt-js#2287 and bolt-python#1268 got a new message), so tests should hold with both.
    """

    def __init__(self, world: "World") -> None:
        self._world = world
        self._hooks: dict[str, Hook] = {}
        self.commands_replace = True

    def new(self, user: str, channel: str, original: Message | None = None) -> str:
        """Return a fresh response_url for what the person just did."""
        key = self._world.ids.secret()
        self._hooks[key] = Hook(user, channel, self._world.now(), original, of_command=original is None)
        return f"{self._world.address}/hooks/{self._world.team.id}/{key}"

    def written(self, url: str) -> tuple[Message, ...]:
        """The messages of its own that the app wrote through this response_url, oldest first."""
        return tuple(self._hooks[url.rpartition("/")[2]].written)

    def respond(self, key: str, body: Json) -> None:
        """Do what the app asks through the url.

        Raises:
            SlackError: used_url, expired_url, channel_not_found, no_text, invalid_blocks and the like.
        """
        hook = self._usable(key)
        if body.get("delete_original"):
            hook.uses += 1
            self._delete(hook)
            return
        check_message(body, posted=False)
        hook.uses += 1
        body = with_ids(body, self._world.ids)
        if body.get("replace_original") and hook.original:
            self._replace(hook, hook.original, body)
        else:
            self._answer(hook, body)

    def _usable(self, key: str) -> Hook:
        hook = self._hooks.get(key)
        if hook is None:
            raise SlackError("no_active_hooks", status=GONE)
        if hook.uses >= USES:
            raise SlackError("used_url", status=GONE)
        if self._world.now() - hook.made > LIFETIME:
            raise SlackError("expired_url", status=GONE)
        if hook.channel not in self._world.channels:
            raise SlackError("channel_not_found", status=GONE)
        return hook

    def _replace(self, hook: Hook, original: Message, body: Json) -> None:
        # Visibility stays: Slack cannot turn an ephemeral message into one for all.
        blank: Json = {"text": "", "blocks": [], "attachments": []}
        content = blank | {key: body[key] for key in CONTENT if key in body}
        hook.original = original
        self._world.edit(original, content, marked=original.only_for is None)

    def _answer(self, hook: Hook, body: Json) -> None:
        content = {key: body[key] for key in (*CONTENT, "thread_ts") if key in body}
        only_for = None if body.get("response_type") == "in_channel" else hook.user
        written = self._world.as_bot({"text": ""} | content)
        posted = self._world.post(self._world.channels[hook.channel], written, only_for=only_for)
        hook.written.append(posted)
        if hook.of_command and self.commands_replace:
            hook.original = posted

    def _delete(self, hook: Hook) -> None:
        if hook.original and hook.original in self._world.channels[hook.channel].messages:
            self._world.delete(hook.original)
        hook.original = None
