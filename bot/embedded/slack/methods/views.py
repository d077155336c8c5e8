"""views.*: modals and the App Home."""

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Json

from .call import Call


def opened(call: Call) -> Json:
    """Open a modal with a trigger_id."""
    view = call.world.modals.open(str(call.need("trigger_id")), call.need("view"))
    return {"view": call.world.modals.to_json(view)}


def pushed(call: Call) -> Json:
    """Put a modal on top of an open one."""
    view = call.world.modals.push(str(call.need("trigger_id")), call.need("view"))
    return {"view": call.world.modals.to_json(view)}


def updated(call: Call) -> Json:
    """Replace what an open modal shows."""
    if not (call.text("view_id") or call.text("external_id")):
        call.need("view_id")
    view = call.world.modals.find(call.text("view_id"), call.text("external_id"))
    call.world.modals.update(view, call.need("view"), call.text("hash") or None)
    return {"view": call.world.modals.to_json(view)}


def published(call: Call) -> Json:
    """Set what a person's App Home shows.

    Raises:
        SlackError: not_enabled when the manifest has no Home tab.
    """
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.world.user(str(call.need("user_id")))
    view = call.world.modals.publish(user.id, call.need("view"), call.text("hash") or None)
    return {"view": call.world.modals.to_json(view)}
