"""conversations.* but for what was said there, and users.conversations: what the app can know of channels."""

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json

from .call import Call
from .paging import following, page


def listed(call: Call) -> Json:
    """List channels, page by page; direct messages only when `types` asks for im."""
    return _channels(call, [channel for channel in call.world.channels.values() if call.sees(channel)])


def of_user(call: Call) -> Json:
    """List the channels that the app (or `user`) is in."""
    user = call.text("user", call.world.bot.id)
    theirs = [channel for channel in call.world.channels.values() if user in channel.members]
    return _channels(call, [channel for channel in theirs if call.sees(channel)])


def _channels(call: Call, found: list[Channel]) -> Json:
    kinds, living = call.text("types", "public_channel").split(","), call.flag("exclude_archived")
    rows = [each for each in found if _kind(each) in kinds and not (living and each.is_archived)]
    rows, cursor = page(call, rows)
    return {"channels": [channel.to_json(call.world.bot.id) for channel in rows]} | following(cursor)


def _kind(channel: Channel) -> str:
    if channel.im_with:
        return "im"
    return "private_channel" if channel.is_private else "public_channel"


def info(call: Call) -> Json:
    """Tell of one channel."""
    return {"channel": call.channel().to_json(call.world.bot.id)}


def members(call: Call) -> Json:
    """List who is in a channel, page by page."""
    rows, cursor = page(call, sorted(call.channel().members))
    return {"members": rows} | following(cursor)


def join(call: Call) -> Json:
    """Join a public channel.

    Raises:
        SlackError: method_not_supported_for_channel_type, is_archived.
    """
    channel = call.channel()
    if channel.is_private or channel.im_with:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    channel.members.add(call.world.bot.id)
    return {"channel": channel.to_json(call.world.bot.id)}
