"""chat.*: messages that the app posts, edits and takes away."""

from bot.embedded.slack.fill import with_ids
from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json, Message
from bot.embedded.slack.validate import MARKDOWN_CHARS, TEXT_CUT, UPDATE_TEXT, check_message

from .call import Call

CONTENT = ("text", "blocks", "attachments", "metadata")


def post_message(call: Call) -> Json:
    """Post for everybody in a channel, or to one person's direct messages."""
    channel, body = call.place(), content(call)
    may_write(call, channel)
    check_message(body, posted=True)
    call.world.rates.post(channel.id)
    thread = in_thread(call, channel)
    if thread and call.flag("reply_broadcast"):
        thread["subtype"] = "thread_broadcast"
    message = call.world.post(channel, call.world.as_bot(with_ids(body, call.world.ids) | thread))
    call.world.pace.note(channel.id, "post")
    return {"channel": channel.id, "ts": message.ts, "message": message.body}


def post_ephemeral(call: Call) -> Json:
    """Post for one person in a channel."""
    channel, user, body = call.place(), call.world.user(str(call.need("user"))), content(call)
    may_write(call, channel)
    check_message(body, posted=True)
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    written = call.world.as_bot(with_ids(body, call.world.ids) | in_thread(call, channel))
    return {"message_ts": call.world.post(channel, written, only_for=user.id).ts}


def update(call: Call) -> Json:
    """Edit a message of the app's own.

    Attachments and metadata that are not sent stay, and an empty array or object takes them away. Blocks
    stay only where no text is sent either. A message of blocks does not show that it was edited.
    Source: docs.slack.dev /reference/methods/chat.update.
    """
    if call.channel().is_archived:
        raise SlackError("is_inactive")
    message, body = call.message(), content(call)
    mine(call, message, "cant_update_message")
    if len(body.get("text", "")) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    if body["text"]:
        body = {"blocks": []} | body
    else:
        del body["text"]
    check_message(body, posted=True)
    if body.get("metadata") == {}:
        message.body.pop("metadata", None)
        del body["metadata"]
    call.world.edit(message, with_ids(body, call.world.ids), marked=body.get("blocks") == [])
    call.world.pace.note(message.channel, "update")
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.body["text"],
        "message": message.body,
    }


def delete(call: Call) -> Json:
    """Take away a message of the app's own."""
    message = call.message()
    mine(call, message, "cant_delete_message")
    call.world.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """Return the address by which people link to a message."""
    message = call.message("message_ts")
    address = f"{call.world.team.url}archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel, "permalink": address}


def content(call: Call) -> Json:
    """The parts of a message as the app sent them.

    Raises:
        SlackError: markdown_text_conflict, msg_too_long.
    """
    body = {name: call.params[name] for name in CONTENT if call.params.get(name) is not None}
    markdown = call.text("markdown_text")
    if markdown:
        if "text" in body or "blocks" in body:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_CHARS:
            raise SlackError("msg_too_long")
        body |= {"text": markdown, "blocks": [{"type": "markdown", "text": markdown}]}
    body["text"] = str(body.get("text", ""))[:TEXT_CUT]
    return body


def may_write(call: Call, channel: Channel) -> None:
    """Let the bot write where it is a member.

    Raises:
        SlackError: is_archived; not_in_channel, unless chat:write.public was granted.
    """
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.world.bot.id not in channel.members and "chat:write.public" not in call.world.manifest.scopes:
        raise SlackError("not_in_channel")


def in_thread(call: Call, channel: Channel) -> Json:
    """The thread that `thread_ts` names.

    Raises:
        SlackError: thread_not_found.
    """
    ts = call.text("thread_ts")
    if not ts:
        return {}
    root = channel.message(ts)
    if root is None:
        raise SlackError("thread_not_found")
    return {"thread_ts": root.body.get("thread_ts", root.ts)}


def mine(call: Call, message: Message, code: str) -> None:
    """Let the bot change what it wrote itself.

    Raises:
        SlackError: `code`.
    """
    if message.body.get("bot_id") != call.world.bot_id:
        raise SlackError(code)
