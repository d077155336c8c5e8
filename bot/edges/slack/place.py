"""Where a person stands when they ask, out of Slack's payloads.

Payloads: docs.slack.dev, interactivity/implementing-slash-commands and reference/interaction-payloads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.access import Spot

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Who is to be answered, where, and how.

    `channel` is "" in a place of one's own (Home, a form opened there). `message` is the pressed
    message's timestamp, `private` whether only the person sees that message. `asked_at` is in
    seconds of the edge's clock: response_urls grow old.
    """

    user: str
    channel: str = ""
    channel_name: str = ""
    thread: str = ""
    message: str = ""
    private: bool = True
    command: bool = False
    response_url: str = field(default="", repr=False)
    asked_at: float = 0.0

    @property
    def spot(self) -> Spot:
        """The conversation, for the access decision: where there is none, a spot without an id."""
        return Spot(self.channel, self.channel_name)

    @property
    def direct(self) -> bool:
        """Whether it is a direct message: its ids begin with D."""
        return self.channel.startswith("D")


def of_command(body: Body, now: float) -> Place:
    """Where a slash command was typed."""
    return Place(
        user=_text(body, "user_id"),
        channel=_text(body, "channel_id"),
        channel_name=_text(body, "channel_name"),
        command=True,
        response_url=_text(body, "response_url"),
        asked_at=now,
    )


def of_press(body: Body, now: float) -> Place:
    """Where a button was pressed or a shortcut chosen.

    The thread is only named for a reply in it. A post with replies names itself as its thread, but whoever
    presses there has the channel before them, and would not see a private answer in the thread; and a
    thread without replies shows none (docs.slack.dev: chat.postEphemeral, thread_ts).
    """
    container, channel, message = _part(body, "container"), _part(body, "channel"), _part(body, "message")
    stamp = _text(container, "message_ts") or _text(message, "ts")
    thread = _text(container, "thread_ts") or _text(message, "thread_ts")
    return Place(
        user=_text(_part(body, "user"), "id"),
        channel=_text(channel, "id") or _text(container, "channel_id"),
        channel_name=_text(channel, "name"),
        thread="" if thread == stamp else thread,
        message=stamp,
        private=bool(container.get("is_ephemeral")) or not channel,
        response_url=_text(body, "response_url"),
        asked_at=now,
    )


def to_json(place: Place) -> dict[str, Any]:
    """What a form keeps of the place that it was opened in."""
    return {
        "channel": place.channel,
        "name": place.channel_name,
        "thread": place.thread,
        "url": place.response_url,
        "at": place.asked_at,
    }


def of_form(user: str, kept: Any) -> Place:
    """The place again, for the person who submits the form."""
    kept = kept if isinstance(kept, Mapping) else {}
    at = kept.get("at")
    return Place(
        user=user,
        channel=_text(kept, "channel"),
        channel_name=_text(kept, "name"),
        thread=_text(kept, "thread"),
        response_url=_text(kept, "url"),
        asked_at=float(at) if isinstance(at, int | float) else 0.0,
    )


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
