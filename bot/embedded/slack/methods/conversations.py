"""conversations.*: what the app can read about channels and what was said there."""

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json, Message

from .call import Call

PAGE = 100
MOST = 1000


def listed(call: Call) -> Json:
    """List channels, page by page; direct messages only when `types` asks for im."""
    kinds = call.text("types", "public_channel").split(",")
    found = [channel for channel in call.world.channels.values() if _kind(channel) in kinds]
    start, size = call.whole("cursor", 0), call.whole("limit", PAGE)
    rows = [channel.to_json(call.world.bot.id) for channel in found[start : start + size]]
    more = str(start + size) if start + size < len(found) else ""
    return {"channels": rows, "response_metadata": {"next_cursor": more}}


def _kind(channel: Channel) -> str:
    if channel.im_with:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def info(call: Call) -> Json:
    """Tell of one channel."""
    return {"channel": call.channel().to_json(call.world.bot.id)}


def history(call: Call) -> Json:
    """Return a channel's messages, newest first; thread replies and ephemeral ones are not among them."""
    channel = readable(call)
    oldest, latest = call.text("oldest", "0"), call.text("latest", "9999999999")
    rows = [message for message in channel.messages if _in_history(message)]
    rows = [message for message in rows if oldest < message.ts < latest or _named(call, message)]
    size = min(call.whole("limit", PAGE), MOST)
    page = [told(call, message) for message in rows[::-1][:size]]
    return {"messages": page, "has_more": len(rows) > size, "pin_count": 0}


def _named(call: Call, message: Message) -> bool:
    return call.flag("inclusive") and message.ts in (call.text("oldest"), call.text("latest"))


def _in_history(message: Message) -> bool:
    thread = message.body.get("thread_ts", message.ts)
    return not message.only_for and (
        thread == message.ts or message.body.get("subtype") == "thread_broadcast"
    )


def replies(call: Call) -> Json:
    """Return a thread, its root first."""
    channel, ts = readable(call), str(call.need("ts"))
    rows = [message for message in channel.messages if ts in (message.ts, message.body.get("thread_ts"))]
    if not rows:
        raise SlackError("thread_not_found")
    return {"messages": [told(call, row) for row in rows if not row.only_for], "has_more": False}


def told(call: Call, message: Message) -> Json:
    """The message as history gives it: metadata only when asked for."""
    hidden = () if call.flag("include_all_metadata") else ("metadata",)
    return {key: value for key, value in message.body.items() if key not in hidden}


def readable(call: Call) -> Channel:
    """The channel, if the bot is in it.

    Raises:
        SlackError: not_in_channel.
    """
    channel = call.channel()
    if call.world.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def members(call: Call) -> Json:
    """List who is in a channel."""
    return {"members": sorted(call.channel().members), "response_metadata": {"next_cursor": ""}}


def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.is_private or channel.im_with:
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(call.world.bot.id)
    return {"channel": channel.to_json(call.world.bot.id)}
