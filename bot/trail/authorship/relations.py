"""Changes of what a resource is related to alone: no call on itself made them, but one on the other thing.

An instance launched into a security group changes the group's relations; RunInstances names the group.
"""

from collections.abc import Iterable

from bot.core.configuration.item import Related, Resource
from bot.core.configuration.revision import Revision
from bot.trail.authorship.deeds import Record
from bot.trail.authorship.windows import LATE, Window
from bot.trail.authorship.writers import plain_name


def differing(revision: Revision) -> tuple[Related, ...]:
    """What it became related to, and what it is no longer, each once, in the order of their ids."""
    before = revision.before.relationships if revision.before else ()
    found = set(revision.item.relationships) ^ set(before)
    return tuple(sorted(found, key=lambda one: (one.id, one.name, one.type, one.relation)))


def causes(
    resource: Resource, others: Iterable[Related], window: Window, records: Iterable[Record]
) -> tuple[Record, ...]:
    """Calls in the window that name the resource and one of the others, the latest last."""
    names = {name.casefold() for one in others for name in (one.id, one.name) if name}
    own = {name.casefold() for name in resource.names}
    found = (
        one
        for one in records
        if window.holds(one.at) and (texts := one.texts) & names and (texts & own or _about(one, own))
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.link.call.event_id or "")))


def _about(one: Record, own: set[str]) -> bool:
    arns = one.link.call.resources or ()
    return any(arn.casefold() in own for arn in arns)


def words(others: tuple[Related, ...], found: tuple[Record, ...], window: Window) -> str:
    """`caused by RunInstances of instance i-0abc`, or whose calls would have to be read."""
    first = others[0]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    what = f"{first.type.rpartition('::')[2]} {first.id or first.name}{more}"
    if not found:
        return f"caused by a change of {what}; its own calls were not looked for"
    name = plain_name(found[-1].link.call.event_name or "a call")
    if len(found) > 1:
        return f"caused by a change of {what}: {name}, or one of {len(found) - 1} other calls that name both"
    late = "" if window.captured_at - found[-1].at <= LATE else ", long before it was recorded"
    return f"caused by a change of {what}: {name} names both{late}"


def is_sure(others: tuple[Related, ...], found: tuple[Record, ...], window: Window) -> bool:
    """Whether one call alone names all of them, and was made as near as changes are recorded."""
    if len(found) != 1 or window.captured_at - found[0].at > LATE:
        return False
    said = found[0].texts
    return all({one.id.casefold(), one.name.casefold()} & said for one in others)
