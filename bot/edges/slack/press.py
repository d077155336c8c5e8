"""A pressed button, as Slack tells of it."""

from dataclasses import dataclass

from bot.edges.slack.place import Place


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: its action_id and value, where, and the trigger that may open a form."""

    action_id: str
    value: str
    trigger_id: str
    place: Place
