"""The state of the workspace: people, channels, messages, and what the app put there.

Everything that changes is told to `feed`. Nothing here speaks HTTP.
"""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from . import cast
from .admin import Admin
from .app_manifest import AppManifest
from .faults import Faults
from .feed import Change, Feed
from .files import Shelf
from .hooks import Hooks
from .ids import Ids
from .modals import Modals
from .pace import Pace
from .rates import Rates
from .refusal import SlackError
from .shapes import Channel, Json, Message, Person

SLACKBOT = "USLACKBOT"
CALLS_KEPT = 5000


class World:
    """A workspace with one app installed.

    `calls` keeps what the app sent, as (method, params), newest last; `faults` makes calls fail;
    `rates.on = False` switches rate limits off; `pace` knows when the app wrote where; `admin` makes,
    archives and deletes channels.
    """

    def __init__(self, manifest: Mapping[str, Any], seed: int, clock: Callable[[], datetime]) -> None:
        self.now, self.ids, self.feed = clock, Ids(seed, clock), Feed()
        self.faults, self.rates, self.pace = Faults(), Rates(), Pace()
        self.manifest = AppManifest.read(manifest)
        self.address = "http://127.0.0.1"
        self.calls: deque[tuple[str, Json]] = deque(maxlen=CALLS_KEPT)
        self.tickets: set[str] = set()
        self._cast()
        self.app_id, self.bot_id = self.ids.new("A"), self.ids.new("B")
        self.bot_token, self.app_token = self.ids.secret("xoxb-standin-"), self.ids.secret("xapp-standin-")
        self.signing_secret = self.ids.secret("standin-")
        self.files, self.hooks, self.modals, self.admin = Shelf(self), Hooks(self), Modals(self), Admin(self)

    def _cast(self) -> None:
        self.team, people = cast.acme(self.ids)
        self.bot = Person(
            self.ids.new("U"), self.manifest.handle, self.manifest.name, self.team.id, is_bot=True
        )
        slackbot = Person(SLACKBOT, "slackbot", "Slackbot", self.team.id, is_bot=True)
        self.users = {person.id: person for person in (*people, self.bot, slackbot)}
        channels = cast.channels(self.ids, people, self.bot.id, int(self.now().timestamp()))
        self.channels = {channel.id: channel for channel in channels}
        self.usergroups = {self.ids.new("S"): ("oncall", [person.id for person in people[:2]])}

    def user(self, key: str) -> Person:
        """The person by id or name (`mika.sato`).

        Raises:
            SlackError: user_not_found.
        """
        for person in self.users.values():
            if key in (person.id, person.name):
                return person
        raise SlackError("user_not_found")

    def channel(self, key: str) -> Channel:
        """The conversation by id or name (`#ops`, `ops`); a person's id gives their DM with the bot.

        Raises:
            SlackError: channel_not_found.
        """
        if key in self.channels:
            return self.channels[key]
        if key in self.users:
            return self.im(key)
        for channel in self.channels.values():
            if channel.im_with is None and channel.name == key.removeprefix("#"):
                return channel
        raise SlackError("channel_not_found")

    def im(self, user: str) -> Channel:
        """The person's direct messages with the bot, opened if need be."""
        for channel in self.channels.values():
            if channel.im_with == user:
                return channel
        opened = Channel(self.ids.new("D"), "directmessage", {user, self.bot.id}, im_with=user)
        self.channels[opened.id] = opened
        return opened

    def post(self, channel: Channel, body: Json, *, only_for: str | None = None) -> Message:
        """Add a message and give it its timestamp; an ephemeral one is `only_for` one person."""
        stamped = {"type": "message", "team": self.team.id} | body | {"ts": self.ids.ts()}
        message = Message(stamped, channel.id, only_for)
        channel.messages.append(message)
        root = channel.message(body.get("thread_ts", ""))
        if root and only_for is None:
            self._count_reply(root, message)
        self.tell("message", message)
        return message

    def _count_reply(self, root: Message, reply: Message) -> None:
        users = root.body.setdefault("reply_users", [])
        if reply.body["user"] not in users:
            users.append(reply.body["user"])
        count = root.body.get("reply_count", 0) + 1
        root.body |= {"reply_count": count, "latest_reply": reply.ts, "thread_ts": root.ts}
        root.body["reply_users_count"] = len(users)
        self.tell("message_changed", root)

    def as_bot(self, body: Json) -> Json:
        """The author's part of a message that the app writes."""
        profile = {
            "id": self.bot_id,
            "name": self.manifest.name,
            "app_id": self.app_id,
            "team_id": self.team.id,
        }
        author = {"user": self.bot.id, "bot_id": self.bot_id, "app_id": self.app_id, "bot_profile": profile}
        return author | body

    def edit(self, message: Message, body: Json, *, marked: bool = True) -> None:
        """Replace parts of a message; `marked` shows "(edited)"."""
        mark = {"edited": {"user": self.bot.id, "ts": self.ids.ts()}} if marked else {}
        message.body |= body | mark
        self.tell("message_changed", message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self.channels[message.channel].messages.remove(message)
        self.tell("message_deleted", message)

    def tell(self, kind: str, message: Message) -> None:
        """Publish what happened to a message to those who may see it."""
        seen_by = {message.only_for} if message.only_for else self.channels[message.channel].members
        data = {"channel": message.channel, "message": shown(message)}
        self.feed.publish(Change(kind, data, frozenset(seen_by)))


def shown(message: Message) -> Json:
    """The message as the page gets it: what Slack stores, and whether it is ephemeral."""
    return message.body | {"is_ephemeral": message.only_for is not None}


def present() -> datetime:
    """The present, for a world without a clock of its own."""
    return datetime.now(UTC)
