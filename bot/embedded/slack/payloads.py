"""Interaction payloads with the fields that real Slack sends."""

from typing import Any

from .shapes import Channel, Json, Message, Person, View
from .world import World


def slash_command(world: World, person: Person, channel: Channel, command: str, text: str) -> Json:
    """The payload of a slash command, with a fresh response_url and trigger_id."""
    name = "privategroup" if channel.is_private else channel.name
    return {
        "token": world.signing_secret[-12:],
        "team_id": person.team_id,
        "team_domain": world.team.domain,
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": world.hooks.new(person.id, channel.id),
        "trigger_id": world.modals.trigger(person.id),
    }


def _common(world: World, kind: str, person: Person) -> Json:
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}
    app = {"api_app_id": world.app_id, "token": world.signing_secret[-12:]}
    team = {"id": world.team.id, "domain": world.team.domain}
    return {
        "type": kind,
        "user": user,
        "team": team,
        "enterprise": None,
        "is_enterprise_install": False,
    } | app


def message_action(world: World, person: Person, message: Message, actions: list[Json], state: Json) -> Json:
    """block_actions from a message; an ephemeral one is not repeated in the payload."""
    channel, ephemeral = world.channels[message.channel], message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if "thread_ts" in message.body:
        container["thread_ts"] = message.body["thread_ts"]
    payload = _common(world, "block_actions", person) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        "trigger_id": world.modals.trigger(person.id),
        "response_url": world.hooks.new(person.id, channel.id, message),
        "state": {"values": state},
        "actions": actions,
    }
    return payload if ephemeral else payload | {"message": message.body}


def view_action(world: World, person: Person, view: View, actions: list[Json], state: Json) -> Json:
    """block_actions from a modal or the Home tab."""
    return _common(world, "block_actions", person) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.modals.trigger(person.id, view.id),
        "view": world.modals.to_json(view, state),
        "actions": actions,
    }


def view_submission(world: World, person: Person, view: View, state: Json) -> Json:
    """A modal was submitted."""
    told = {"view": world.modals.to_json(view, state), "response_urls": []}
    return (
        _common(world, "view_submission", person)
        | told
        | {"trigger_id": world.modals.trigger(person.id, view.id)}
    )


def view_closed(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    """A modal was closed; `cleared` when its whole stack was."""
    told = {"view": world.modals.to_json(view), "is_cleared": cleared}
    return _common(world, "view_closed", person) | told


def event(world: World, body: dict[str, Any]) -> Json:
    """An Events API envelope around one event."""
    authorization = {"enterprise_id": None, "team_id": world.team.id, "user_id": world.bot.id, "is_bot": True}
    return {
        "token": world.signing_secret[-12:],
        "team_id": world.team.id,
        "context_team_id": world.team.id,
        "api_app_id": world.app_id,
        "event": body,
        "type": "event_callback",
        "event_id": world.ids.new("Ev"),
        "event_time": int(world.now().timestamp()),
        "authorizations": [authorization | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }
