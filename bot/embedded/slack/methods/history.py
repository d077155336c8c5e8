"""conversations.history and conversations.replies: what was said, page by page.

Both show metadata only where it is asked for, and never an ephemeral message.
"""

import re
from collections.abc import Callable

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Channel, Json, Message

from .call import Call
from .paging import MOST, following, opened, sealed

HISTORY_PAGE = 100
MOMENT = re.compile(r"\d+(\.\d+)?")


def history(call: Call) -> Json:
    """Return a channel's messages, newest first; of thread replies only those that are broadcast."""
    rows = [message for message in readable(call).messages if _in_history(message)]
    within = _between(call)
    rows = [message for message in rows if within(message)]
    cursor = call.text("cursor")
    if cursor:
        rows = [message for message in rows if _micros(message) < int(opened("next_ts", cursor))]
    return _page(call, rows[::-1], HISTORY_PAGE) | {"pin_count": 0}


def _in_history(message: Message) -> bool:
    thread = message.body.get("thread_ts", message.ts)
    loud = message.body.get("subtype") == "thread_broadcast"
    return not message.only_for and (thread == message.ts or loud)


def replies(call: Call) -> Json:
    """Return a thread, oldest first; its root begins the first page, whatever `oldest` says.

    Raises:
        SlackError: thread_not_found.
    """
    channel = readable(call)
    named = channel.message(str(call.need("ts")))
    if named is None or named.only_for:
        raise SlackError("thread_not_found")
    root, within = named.body.get("thread_ts", named.ts), _between(call)
    thread = [each for each in channel.messages if root in (each.ts, each.body.get("thread_ts"))]
    rows = [each for each in thread if not each.only_for and (each.ts == root or within(each))]
    cursor = call.text("cursor")
    if cursor:
        rows = [message for message in rows if _micros(message) > int(opened("next_ts", cursor))]
    return _page(call, rows, MOST)


def _page(call: Call, rows: list[Message], most: int) -> Json:
    size = min(call.whole("limit", most), MOST)
    page, more = rows[:size], len(rows) > size
    told = {"messages": [_told(call, message) for message in page], "has_more": more}
    return told | (following(sealed("next_ts", str(_micros(page[-1])))) if more else {})


def _between(call: Call) -> Callable[[Message], bool]:
    """Whether a message is of the asked time; its ends are not, unless `inclusive` says so."""
    oldest, latest = _moment(call, "oldest"), _moment(call, "latest")
    ends = {end for end in (oldest, latest) if end is not None and call.flag("inclusive")}

    def within(message: Message) -> bool:
        at = _micros(message)
        return at in ends or ((oldest is None or at > oldest) and (latest is None or at < latest))

    return within


def _moment(call: Call, name: str) -> int | None:
    said = call.text(name)
    if said and not MOMENT.fullmatch(said):
        raise SlackError(f"invalid_ts_{name}")
    return _whole(said) if said else None


def _micros(message: Message) -> int:
    return _whole(message.ts)


def _whole(ts: str) -> int:
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int(micros[:6].ljust(6, "0") or 0)


def _told(call: Call, message: Message) -> Json:
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
