"""One call of a Web API method: what arrived, decoded, and how its parts are asked for."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json, Message

if TYPE_CHECKING:
    from bot.embedded.slack.world import World

JSON_FIELDS = ("blocks", "attachments", "view", "metadata", "files", "message")
YES = (True, 1, "true", "True", "1")


@dataclass(frozen=True)
class Call:
    """The world that is called, and the decoded parameters."""

    world: "World"
    params: Json

    def text(self, name: str, default: str = "") -> str:
        """An optional string."""
        value = self.params.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> Any:
        """A parameter that must be there.

        Raises:
            SlackError: invalid_arguments, naming the field.
        """
        value = self.params.get(name)
        if value in (None, ""):
            said = f"[ERROR] missing required field: {name} [json-pointer:/{name}]"
            raise SlackError("invalid_arguments", response_metadata={"messages": [said]})
        return value

    def flag(self, name: str) -> bool:
        """An optional boolean, in any of the spellings that forms and JSON use."""
        return self.params.get(name) in YES

    def whole(self, name: str, default: int) -> int:
        """An optional whole number."""
        value = self.text(name, str(default))
        if not value.isdigit():
            raise SlackError("invalid_arguments")
        return int(value)

    def channel(self) -> Channel:
        """The conversation whose id is in `channel`; most methods know no names.

        Raises:
            SlackError: channel_not_found, also for a private one that the bot is not in.
        """
        return self.seen(self.world.channels.get(str(self.need("channel"))))

    def place(self) -> Channel:
        """The conversation that `channel` names by id, name (`#ops`, `ops`) or a person's id.

        Raises:
            SlackError: channel_not_found.
        """
        return self.seen(self.world.channel(str(self.need("channel"))))

    def seen(self, channel: Channel | None) -> Channel:
        """The conversation, if there is one and the bot may know of it.

        Raises:
            SlackError: channel_not_found.
        """
        if channel is None or not self.sees(channel):
            raise SlackError("channel_not_found")
        return channel

    def sees(self, channel: Channel) -> bool:
        """Whether the bot may know of it: of a private one only as a member."""
        return not channel.is_private or self.world.bot.id in channel.members

    def message(self, name: str = "ts") -> Message:
        """The public message that `channel` and a timestamp name.

        Raises:
            SlackError: message_not_found; ephemeral messages cannot be found either.
        """
        message = self.channel().message(str(self.need(name)))
        if message is None or message.only_for:
            raise SlackError("message_not_found")
        return message


def decoded(params: Json) -> Json:
    """Decode the JSON that came as strings in a form or a query.

    Raises:
        SlackError: invalid_json-ish codes as Slack gives them per field.
    """
    return {name: _decode(name, value) if name in JSON_FIELDS else value for name, value in params.items()}


def _decode(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        code = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}.get(
            name, "invalid_arguments"
        )
        raise SlackError(code) from error
