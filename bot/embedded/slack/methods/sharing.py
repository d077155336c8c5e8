"""files.*, reactions.*, apps.connections.open and blocks.validate."""

from bot.embedded.slack.files import File
from bot.embedded.slack.fill import with_ids
from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json
from bot.embedded.slack.validate import check_message, findings

from .call import Call
from .chat import in_thread, may_write

MOST_CHANNELS = 100
KINDS = ("blocks", "message", "view")


def upload_url(call: Call) -> Json:
    """Announce a file and get the url for its bytes."""
    name, length = str(call.need("filename")), call.need("length")
    if not str(length).isdigit() or int(length) == 0:
        raise SlackError("invalid_arguments")
    alt_txt, snippet = call.text("alt_txt", call.text("alt_text")), call.text("snippet_type")
    url, file = call.world.files.expect(name, int(length), alt_txt=alt_txt, snippet_type=snippet)
    return {"upload_url": url, "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Finish uploads and share them where `channel_id` or `channels` say, in a thread if asked."""
    asked = [call.text("channel_id")] if call.text("channel_id") else call.text("channels").split(",")
    channels = [call.seen(call.world.channels.get(key)) for key in asked if key]
    if len(channels) > MOST_CHANNELS:
        raise SlackError("too_many_channels")
    for channel in channels:
        may_write(call, channel)
    files = [call.world.files.complete(each["id"], each.get("title", "")) for each in call.need("files")]
    for channel in channels:
        _share(call, channel, files)
    return {"files": [file.to_json(call.world.address, call.world.team.url) for file in files]}


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    thread = in_thread(call, channel)
    for file in files:
        file.channels.append(channel.id)
    body: Json = {"text": call.text("initial_comment"), "upload": True}
    if call.params.get("blocks"):
        body |= with_ids({"blocks": call.params["blocks"]}, call.world.ids)
        check_message(body, posted=True)
    shared = {"files": [file.to_json(call.world.address, call.world.team.url) for file in files]}
    call.world.post(channel, call.world.as_bot(body | thread | shared))
    call.world.pace.note(channel.id, "file")


def file_info(call: Call) -> Json:
    """Tell of one file."""
    return {
        "file": call.world.files.get(str(call.need("file"))).to_json(call.world.address, call.world.team.url),
        "comments": [],
    }


def add_reaction(call: Call) -> Json:
    """Put an emoji on a message."""
    message, name = call.message("timestamp"), str(call.need("name")).strip(":")
    reactions = message.body.setdefault("reactions", [])
    reaction = next((each for each in reactions if each["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if call.world.bot.id in reaction["users"]:
        raise SlackError("already_reacted")
    reaction["users"].append(call.world.bot.id)
    reaction["count"] += 1
    call.world.tell("message_changed", message)
    return {}


def open_connection(call: Call) -> Json:
    """Give a single-use address for a Socket Mode connection."""
    if not call.world.manifest.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    ticket = call.world.ids.secret()
    call.world.tickets.add(ticket)
    host = call.world.address.removeprefix("http")
    return {"url": f"ws{host}/link/?ticket={ticket}&app_id={call.world.app_id}"}


def validate_blocks(call: Call) -> Json:
    """Check exactly one of blocks, message and view without sending it (2026; needs no token)."""
    given = [kind for kind in KINDS if call.params.get(kind) is not None]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    problems = findings(given[0], call.params[given[0]])
    if problems:
        raise SlackError(f"invalid_{given[0]}", errors=[problem.to_json() for problem in problems])
    return {}
