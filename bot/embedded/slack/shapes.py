"""What a workspace consists of, and the JSON by which Slack tells of each."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

AVATAR_COLORS = ("4a154b", "2b6cb0", "2f855a", "b7791f", "c05621", "6b46c1")


@dataclass(frozen=True)
class Team:
    """A workspace."""

    id: str
    name: str
    domain: str

    @property
    def url(self) -> str:
        """Where permalinks begin; the page alone knows it, no such host is asked."""
        return f"https://{self.domain}.slack.com/"

    def to_json(self) -> Json:
        """The `team` of team.info."""
        return {"id": self.id, "name": self.name, "domain": self.domain, "email_domain": "", "url": self.url}


@dataclass
class Person:
    """A human or a bot user. `team_id` differs from the workspace's for people of other workspaces."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "UTC"
    tz_offset: int = 0
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    email: str = ""

    def to_json(self) -> Json:
        """The `user` of users.info."""
        body: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": False,
            "color": AVATAR_COLORS[sum(map(ord, self.name)) % len(AVATAR_COLORS)],
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": self.tz_offset,
            "profile": self._profile(),
            "is_admin": False,
            "is_owner": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
        # Slack sends is_stranger only for people of other workspaces.
        return body | ({"is_stranger": True} if self.is_stranger else {})

    def _profile(self) -> Json:
        first, _, last = self.real_name.partition(" ")
        names = {"real_name": self.real_name, "real_name_normalized": self.real_name}
        display = {"display_name": self.name, "display_name_normalized": self.name}
        return (
            names
            | display
            | {"first_name": first, "last_name": last, "email": self.email, "team": self.team_id}
        )


@dataclass
class Message:
    """A message; `only_for` names the one person who sees an ephemeral one."""

    body: Json
    channel: str
    only_for: str | None = None

    @property
    def ts(self) -> str:
        """The timestamp that identifies the message in its channel."""
        return str(self.body["ts"])

    @property
    def blocks(self) -> list[Json]:
        """Every block, those of attachments included."""
        attached = [block for part in self.body.get("attachments", []) for block in part.get("blocks", [])]
        return [*self.body.get("blocks", []), *attached]


@dataclass
class Channel:
    """A conversation; `im_with` names the person of a direct message with the bot."""

    id: str
    name: str
    members: set[str]
    topic: str = ""
    is_private: bool = False
    im_with: str | None = None
    created: int = 0
    is_archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message with that timestamp."""
        return next((message for message in self.messages if message.ts == ts), None)

    def to_json(self, viewer: str) -> Json:
        """The `channel` of conversations.info as `viewer` (a user id) sees it."""
        is_im = self.im_with is not None
        body: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": is_im,
            "is_channel": not is_im and not self.is_private,
            "is_group": not is_im and self.is_private,
            "is_mpim": False,
            "is_private": self.is_private or is_im,
        }
        if is_im:
            return body | {"user": self.im_with}
        topic = {"value": self.topic, "creator": "", "last_set": 0}
        named = {"name": self.name, "name_normalized": self.name, "is_general": self.name == "general"}
        counted = {"is_member": viewer in self.members, "num_members": len(self.members)}
        return body | named | counted | {"topic": topic, "purpose": topic, "is_ext_shared": False}


@dataclass
class View:
    """An open modal or a published Home; `body` is what the app sent, with block ids filled in."""

    id: str
    hash: str
    body: Json
    user: str
    root_id: str
    previous_id: str | None = None

    def to_json(self, *, team: str, app: str, bot: str, state: Json | None = None) -> Json:
        """The `view` that views.* answer and interaction payloads carry."""
        blank = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
        flags = {"clear_on_close": False, "notify_on_close": False}
        ids = {"id": self.id, "team_id": team, "app_id": app, "bot_id": bot, "app_installed_team_id": team}
        links = {"hash": self.hash, "root_view_id": self.root_id, "previous_view_id": self.previous_id}
        return blank | flags | self.body | ids | links | {"state": {"values": state or {}}}
