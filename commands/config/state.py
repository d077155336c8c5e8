"""What was it then? The state of a resource at a moment, and what differs between two moments."""

from dataclasses import dataclass
from datetime import datetime

from bot.command import Reach, Request
from bot.core.configuration.change import Difference
from bot.core.configuration.dangers import flags
from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item, Resource
from bot.core.configuration.revision import Flag
from bot.core.view import Caveat, Receipt
from bot.errors import BadRequest, NotFound
from commands.config.common import title
from commands.config.locating import Several, Where, located


class StateAt(Request):
    """A resource as it was typed, and the moment that is asked about (aware)."""

    resource: str
    at: datetime
    where: Where = Where()


class Between(Request):
    """A resource as it was typed, and the two moments that are compared (aware)."""

    resource: str
    at: datetime
    to: datetime
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class State:
    """The newest item captured up to the moment."""

    resource: Resource
    item: Item
    caveats: tuple[Caveat, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Compared:
    """Both states, what differs from the first to the second, and what of it is a danger."""

    resource: Resource
    before: Item
    after: Item
    difference: Difference
    flags: tuple[Flag, ...]
    caveats: tuple[Caveat, ...]
    receipt: Receipt


def state(request: StateAt, reach: Reach) -> State | Several:
    """Read it; raises NotFound for a moment before Config knew of it."""
    began, configurations = reach.ports.now(), reach.ports.configurations
    found = located(
        request.resource,
        request.where,
        configurations,
        reach.progress,
        lambda resource: configurations.at(resource, request.at),
    )
    if isinstance(found, Several):
        return found
    item = _known(found.answer, found.resource, request.at)
    seconds = (reach.ports.now() - began).total_seconds()
    receipt = Receipt("config", seconds, cost_usd=0.0)
    return State(item.resource, item, (*found.caveats, *unread(item)), receipt)


def compare(request: Between, reach: Reach) -> Compared | Several:
    """Read both; raises BadRequest where they are in the wrong order, NotFound as `state` does."""
    if request.at >= request.to:
        raise BadRequest("--at is not before --to.", "Give the older moment as --at.")
    began, configurations = reach.ports.now(), reach.ports.configurations
    found = located(
        request.resource,
        request.where,
        configurations,
        reach.progress,
        lambda resource: (configurations.at(resource, request.at), configurations.at(resource, request.to)),
    )
    if isinstance(found, Several):
        return found
    before = _known(found.answer[0], found.resource, request.at)
    after = _known(found.answer[1], found.resource, request.to)
    return Compared(
        resource=after.resource,
        before=before,
        after=after,
        difference=differ(before, after),
        flags=flags(before, after),
        caveats=(*found.caveats, *unread(before), *unread(after)),
        receipt=Receipt("config", (reach.ports.now() - began).total_seconds(), cost_usd=0.0),
    )


def _known(item: Item | None, resource: Resource, at: datetime) -> Item:
    if item is None:
        raise NotFound(
            f"Config has no state of {title(resource)} from {at:%Y-%m-%d %H:%M} UTC or before.",
            f"It was first recorded later: /config history {resource.id} --since 365d",
        )
    return item


def unread(item: Item) -> tuple[Caveat, ...]:
    """What of it stands as the text it came as."""
    said = "a part could not be read and stands as it came"
    return tuple(Caveat("unreadable", f"{said}: {words}") for words in item.unread)
