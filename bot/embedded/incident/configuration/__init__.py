"""What AWS Config recorded of the incident's resources: their configuration items, weeks back, and who made them so.

Config keeps no access keys, so the key that the thief made changes nothing in the user's items; and calls that
were refused, as those on payroll's policy, leave no item either. Within the days that are logged every change has
the record of its call, minutes before its item; `changes` are those that neither the theft nor the upkeep tell.
"""

from collections.abc import Iterator

from bot.embedded.incident.configuration.bucket_changes import bucket_changes, bucket_changes_calls
from bot.embedded.incident.configuration.buckets import buckets
from bot.embedded.incident.configuration.databases import databases, databases_calls
from bot.embedded.incident.configuration.functions import functions, functions_calls
from bot.embedded.incident.configuration.groups import groups, upkeep
from bot.embedded.incident.configuration.hands import Step, records_of
from bot.embedded.incident.configuration.item import Configured, recording_since
from bot.embedded.incident.configuration.machines import gpu_machines, web_servers
from bot.embedded.incident.configuration.other_groups import other_groups, other_groups_calls
from bot.embedded.incident.configuration.quiet import quiet_calls, quiet_items
from bot.embedded.incident.configuration.recorders import (
    recorders_calls,
    recording_paused,
    recording_resumed,
)
from bot.embedded.incident.configuration.roles import ROLES, ROLES_MADE, role_id, roles, roles_calls, trusted
from bot.embedded.incident.configuration.users import users
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record

__all__ = [
    "ROLES",
    "ROLES_MADE",
    "Configured",
    "changes",
    "configuration_items",
    "recording_paused",
    "recording_resumed",
    "recording_since",
    "role_id",
    "trusted",
    "upkeep",
]

_ITEMS = (
    groups, other_groups, web_servers, gpu_machines, buckets, bucket_changes, quiet_items, users, roles, functions, databases,
)  # fmt: skip
_CALLS = (
    other_groups_calls, bucket_changes_calls, quiet_calls, roles_calls, functions_calls, databases_calls,
    recorders_calls,
)  # fmt: skip


def configuration_items(incident: Incident) -> list[Configured]:
    """Every item, oldest first."""
    return sorted((item for tell in _ITEMS for item in tell(incident)), key=lambda each: each.captured)


def changes(incident: Incident) -> Iterator[Record]:
    """The calls of people, workflows and stacks that changed resources or the recorders, oldest first."""
    steps: list[Step] = sorted((step for tell in _CALLS for step in tell(incident)), key=lambda step: step.at)
    return records_of(incident, "changes", iter(steps))
