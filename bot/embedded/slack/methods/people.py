"""auth.*, users.*, usergroups.*, bots.*, team.*: who is who."""

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Json

from .call import Call


def auth_test(call: Call) -> Json:
    """Tell the app who it is."""
    world = call.world
    who = {"user": world.bot.name, "user_id": world.bot.id, "bot_id": world.bot_id, "app_id": world.app_id}
    where = {
        "url": world.team.url,
        "team": world.team.name,
        "team_id": world.team.id,
    }
    return who | where | {"is_enterprise_install": False}


def info(call: Call) -> Json:
    """Tell of one person; the address only when users:read.email was granted."""
    return {"user": _told(call, str(call.need("user")))}


def _told(call: Call, key: str) -> Json:
    person = call.world.users.get(key)
    if person is None:
        raise SlackError("user_not_found")
    body = person.to_json()
    if "users:read.email" not in call.world.manifest.scopes:
        del body["profile"]["email"]
    return body


def lookup_by_email(call: Call) -> Json:
    """Find a person by address."""
    email = call.need("email")
    for person in call.world.users.values():
        if person.email == email and not person.is_stranger:
            return {"user": _told(call, person.id)}
    raise SlackError("users_not_found")


def usergroup_members(call: Call) -> Json:
    """List who is in a user group."""
    group = call.world.usergroups.get(str(call.need("usergroup")))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group[1])}


def bot_info(call: Call) -> Json:
    """Tell of a bot."""
    world = call.world
    if call.text("bot", world.bot_id) != world.bot_id:
        raise SlackError("bot_not_found")
    known = {"id": world.bot_id, "deleted": False, "name": world.manifest.name, "app_id": world.app_id}
    return {"bot": known | {"user_id": world.bot.id, "icons": {}}}


def team_info(call: Call) -> Json:
    """Tell of the workspace."""
    return {"team": call.world.team.to_json()}
