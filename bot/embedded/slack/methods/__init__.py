"""The Web API methods that the stand-in serves: a table of scope, tier, token and handler.

Sources of scopes and tiers: docs.slack.dev /reference/methods/<name>. A method that is not here
answers `unknown_method`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.embedded.slack.shapes import Json

from . import chat, conversations, history, people, sharing, views
from .call import Call, decoded

__all__ = ["METHODS", "Call", "Method", "decoded"]

CHANNEL_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
CHANNEL_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


@dataclass(frozen=True)
class Method:
    """How a method is guarded; any one of `scopes` is enough, `form_only` methods read no JSON body."""

    handler: Callable[[Call], Json]
    tier: str
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # noqa: S105 - a kind of token
    form_only: bool = False


METHODS: Mapping[str, Method] = {
    "apps.connections.open": Method(sharing.open_connection, "T3", token="app"),  # noqa: S106 - a kind of token
    "auth.test": Method(people.auth_test, "special", token="any"),  # noqa: S106 - same
    "blocks.validate": Method(sharing.validate_blocks, "special", token="none"),  # noqa: S106 - same
    "bots.info": Method(people.bot_info, "T3", ("users:read",), form_only=True),
    "chat.delete": Method(chat.delete, "T3", ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, "special", form_only=True),
    "chat.postEphemeral": Method(chat.post_ephemeral, "T4", ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, "special", ("chat:write",)),
    "chat.update": Method(chat.update, "T3", ("chat:write",)),
    "conversations.history": Method(history.history, "T3", CHANNEL_HISTORY),
    "conversations.info": Method(conversations.info, "T3", CHANNEL_READ, form_only=True),
    "conversations.join": Method(conversations.join, "T3", ("channels:join",)),
    "conversations.list": Method(conversations.listed, "T2", CHANNEL_READ, form_only=True),
    "conversations.members": Method(conversations.members, "T4", CHANNEL_READ, form_only=True),
    "conversations.replies": Method(history.replies, "T3", CHANNEL_HISTORY, form_only=True),
    "files.completeUploadExternal": Method(sharing.complete_upload, "T4", ("files:write",)),
    "files.getUploadURLExternal": Method(sharing.upload_url, "T4", ("files:write",), form_only=True),
    "files.info": Method(sharing.file_info, "T4", ("files:read",), form_only=True),
    "reactions.add": Method(sharing.add_reaction, "T3", ("reactions:write",)),
    "team.info": Method(people.team_info, "T3", ("team:read",), form_only=True),
    "usergroups.users.list": Method(people.usergroup_members, "T2", ("usergroups:read",), form_only=True),
    "users.conversations": Method(conversations.of_user, "T3", CHANNEL_READ, form_only=True),
    "users.info": Method(people.info, "T4", ("users:read",), form_only=True),
    "users.lookupByEmail": Method(people.lookup_by_email, "T3", ("users:read.email",), form_only=True),
    "views.open": Method(views.opened, "T4"),
    "views.publish": Method(views.published, "T4"),
    "views.push": Method(views.pushed, "T4"),
    "views.update": Method(views.updated, "T4"),
}
