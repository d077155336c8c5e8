"""Posting alerts: `ports.Channels` over Slack's Web API, one try a call."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.adapters.slack import UNREACHABLE, direct, refused, unreachable
from bot.adapters.slack_counted import CountedClient
from bot.adapters.slack_rooms import Rooms
from bot.core.upload import Upload
from bot.core.view import View
from bot.errors import BadRequest, NoSuchPlace, Unanswered
from bot.ports import ONCE, Counting, Sending

Show = Callable[[View], Mapping[str, Any]]
Draw = Callable[[View], Iterable[Upload]]
Method = Callable[..., SlackResponse]

EVENT_TYPE = "noroshi_alert"
"""The `event_type` of our messages' metadata; its payload holds `token` and `key`."""
_KEY = 500
_MESSAGES = 200  # a page of history, as Slack advises
_ROOMS = 999  # a page of channels, the most there is
_CLOCKS = timedelta(seconds=60)  # by which Slack's clock and ours may differ
_MENTION = re.compile(
    r"<!(?P<range>here|channel|everyone)>|<@(?P<user_id>[UW][A-Z0-9]+)>|<!subteam\^(?P<usergroup_id>S[A-Z0-9]+)>"
)


class SlackChannels:
    """Where alerts are posted.

    `show` makes the message of a View (`bot.render.blocks.payload`), `draw` its pictures
    (`bot.render.chart.drawn`): no adapter writes blocks. Channels go by id or by name (`#security`). Each step of a call (connecting, sending, the answer) may take
    `timeout_seconds`; `post` is one call, the others may look a name up first.
    """

    def __init__(
        self,
        token: str,
        show: Show,
        draw: Draw = lambda _view: (),
        *,
        base_url: str = "https://slack.com/api/",
        timeout_seconds: float = 10,
        counting: Counting | None = None,
    ) -> None:
        self._show = show
        self._draw = draw
        # Whoever calls decides when to try again: a post that is sent twice is an alert that stands twice.
        self._client = CountedClient(
            token,
            counting,
            base_url=base_url.rstrip("/") + "/",
            timeout=timeout_seconds,  # it goes to urllib, which takes fractions
            retry_handlers=[],
        )
        if direct(base_url):
            self._client.proxy = None
        self._rooms = Rooms(self._conversations)

    def post(self, channel: str, view: View, sending: Sending = ONCE) -> str:
        """Post, and give the message's timestamp; raises BadRequest for a mention of another form."""
        message = {**self._message(view, sending), "unfurl_links": False, "unfurl_media": False}
        if sending.thread:
            message |= {"thread_ts": sending.thread, "reply_broadcast": sending.broadcast}
        posted = self._call(self._client.chat_postMessage, channel, channel=channel, **message)
        if not posted.get("ts"):
            raise Unanswered("Slack's answer to a post names no message.", "Try again in a minute.")
        self._rooms.learn(channel, str(posted.get("channel") or ""))
        return str(posted["ts"])

    def update(self, channel: str, ts: str, view: View, sending: Sending = ONCE) -> None:
        """Let the message say something else; of `sending`, mention and token are said again."""
        # What is not sent would stay (docs.slack.dev, chat.update); an empty list takes it away.
        message = {"attachments": [], **self._message(view, sending)}
        # Its `parse` is "client" where chat.postMessage's is "none".
        self._there(self._client.chat_update, channel, ts=ts, parse="none", **message)

    def find(self, channel: str, token: str, *, since: datetime, thread: str = "") -> str | None:
        """The `ts` of the message of ours that carries this token, posted since then; None if there is none."""
        asked: dict[str, Any] = {"oldest": f"{(since - _CLOCKS).timestamp():.6f}", "limit": _MESSAGES}
        read: Method = self._client.conversations_history
        if thread:
            read, asked = self._client.conversations_replies, {**asked, "ts": thread}
        pages = _pages(
            lambda cursor: self._there(read, channel, cursor=cursor, include_all_metadata=True, **asked)
        )
        told = (message for page in pages for message in page.get("messages") or ())
        return next((str(message["ts"]) for message in told if self._carries(message, token)), None)

    def attach(self, channel: str, thread: str, view: View) -> None:
        """Upload the view's pictures into a thread; of each, nothing is seen until its last step."""
        for drawn in self._draw(view):
            file = {"content": drawn.content, "filename": drawn.name, "title": drawn.title or drawn.name}
            self._upload(channel, {**file, "alt_txt": drawn.alt or None, "thread_ts": thread or None})

    def link(self, channel: str, ts: str) -> str:
        """The address of the message with this `ts`; raises as the others do."""
        return str(self._there(self._client.chat_getPermalink, channel, message_ts=ts)["permalink"])

    def _upload(self, channel: str, file: Mapping[str, Any]) -> None:
        self._there(lambda *, channel: self._client.files_upload_v2(channel=channel, **file), channel)

    def _message(self, view: View, sending: Sending) -> dict[str, Any]:
        message = dict(self._show(view))
        if sending.mention:
            message["blocks"] = [_mention(sending.mention), *message["blocks"]]
        if sending.token:
            told = {"token": sending.token, "key": sending.key[:_KEY]}
            message["metadata"] = {"event_type": EVENT_TYPE, "event_payload": told}
        return message

    def _carries(self, message: Mapping[str, Any], token: str) -> bool:
        """Whether the token is this message's, and the message ours: any app can write such metadata."""
        metadata = message.get("metadata") or {}
        told = (metadata.get("event_payload") or {}).get("token")
        return bool(metadata.get("event_type") == EVENT_TYPE and told == token and self._ours(message))

    def _ours(self, message: Mapping[str, Any]) -> bool:
        return bool(self._bot_id) and message.get("bot_id") == self._bot_id

    @cached_property
    def _bot_id(self) -> str:
        return str(self._call(self._client.auth_test, "").get("bot_id") or "")

    def _there(self, method: Method, channel: str, **arguments: Any) -> SlackResponse:
        """Call it with the channel's id; where a remembered name is of no use any more, it is looked up anew."""
        room = self._rooms.find(channel)
        try:
            return self._call(method, channel, channel=room, **arguments)
        except NoSuchPlace:
            again = self._rooms.anew(channel)
            if again in {None, room}:
                raise
        return self._call(method, channel, channel=again, **arguments)

    def _call(self, method: Method, where: str, **arguments: Any) -> SlackResponse:
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise refused(error, where) from error
        except UNREACHABLE as error:
            raise unreachable(error) from error

    def _conversations(self) -> Iterator[Mapping[str, Any]]:
        """The living channels that the bot is in; those of a whole workspace could be many pages."""
        kinds = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": _ROOMS}
        method = self._client.users_conversations
        for page in _pages(lambda cursor: self._call(method, "", cursor=cursor, **kinds)):
            yield from page.get("channels") or ()


def _pages(ask: Callable[[str | None], SlackResponse]) -> Iterator[SlackResponse]:
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _mention(mention: str) -> dict[str, Any]:
    """A mention as a rich_text element: the only thing of ours that may ring somebody's phone."""
    found = _MENTION.fullmatch(mention)
    if found is None:
        raise BadRequest(f"“{mention[:40]}” is no mention.", "Write <!here>, <@U…> or <!subteam^S…>.")
    kinds = {"range": "broadcast", "user_id": "user", "usergroup_id": "usergroup"}
    key = next(name for name in kinds if found[name])
    element = {"type": kinds[key], key: found[key]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
