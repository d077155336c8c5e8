"""What AWS Config recorded of the incident's resources: their configuration items, weeks back.

Config keeps no access keys, so the key that the thief made changes nothing in the user's items; and calls that
were refused, as those on payroll's policy, leave no item either.
"""

from collections.abc import Iterator

from bot.embedded.incident.configuration.buckets import buckets
from bot.embedded.incident.configuration.groups import groups, upkeep
from bot.embedded.incident.configuration.item import Configured, recording_since
from bot.embedded.incident.configuration.machines import gpu_machines, web_servers
from bot.embedded.incident.configuration.users import users
from bot.embedded.incident.story import Incident

__all__ = ["Configured", "configuration_items", "recording_since", "upkeep"]


def configuration_items(incident: Incident) -> list[Configured]:
    """Every item, oldest first."""
    return sorted(_all(incident), key=lambda each: each.captured)


def _all(incident: Incident) -> Iterator[Configured]:
    yield from groups(incident)
    yield from web_servers(incident)
    yield from gpu_machines(incident)
    yield from buckets(incident)
    yield from users(incident)
