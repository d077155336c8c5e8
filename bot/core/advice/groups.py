"""Security groups that let the internet in (reference: Trusted Advisor's checks HCP4007jGY and 1iG5NDGVre).

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html. Trusted Advisor looks at IPv4 alone; that
IPv6, or a prefix list that holds every address, lets the internet in just as well is our own addition, and said so.
Rules without ports (ICMP, ESP, …) are no matter of these checks.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.core.advice.opinion import Flagged, Status
from bot.core.advice.told import Told, joined, over, worst
from bot.core.configuration.rules import is_everybody, opening
from bot.core.public.meaning import Unread
from bot.core.spoken import some

RISKY: Final = frozenset({20, 21, 22, 1433, 1434, 3306, 3389, 4333, 5432, 5500})
"""Red where the group is attached."""
PLAIN: Final = frozenset({25, 80, 443, 465})
"""Green whoever is let in."""
OPEN_ON_PURPOSE: Final = frozenset({25, 80, 443})
"""What the other check, of unrestricted access, lets pass."""
_EVERY: Final = range(65536)
_WITH_PORTS: Final = frozenset({"tcp", "udp", "6", "17"})
LIST: Final = "pl-"
"""How the ids of prefix lists begin."""
_OWN = "which Trusted Advisor does not look at"
_NOT_ASKED: Final = Unread("nobody asked what the prefix list holds")


@dataclass(frozen=True, slots=True)
class Door:
    """One inbound rule to one peer: a CIDR, or a prefix list's id. Ports are None where the rule has none (`-1`)."""

    protocol: str
    first: int | None
    last: int | None
    peer: str


@dataclass(frozen=True, slots=True)
class Group:
    """A security group and what it lets in."""

    id: str
    name: str
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """One region's; `attached` are the ids that some network interface has, `lists` what prefix lists hold."""

    groups: tuple[Group, ...]
    attached: frozenset[str] | Unread
    lists: Mapping[str, tuple[str, ...] | Unread] = field(default_factory=dict)


Colour = Callable[[range, bool | None], Status]
"""A door's colour: by its ports, and whether the group is attached (None: nobody can tell)."""


def specific_ports(regions: Mapping[str, Groups | Unread]) -> Told:
    """Security Groups - Specific Ports Unrestricted."""
    return over(regions, partial(_region, colour=_by_risk))


def unrestricted(regions: Mapping[str, Groups | Unread]) -> Told:
    """Security Groups - Unrestricted Access.

    The page gives red to groups that are not attached, and yellow to those that are, which reads like a swap: both
    are yellow here, and attachment is told.
    """
    return over(regions, partial(_region, colour=_by_purpose))


def ports(door: Door) -> range | None:
    """The ports that it opens; None where its protocol has none (ICMP's fields hold a type and a code)."""
    if door.protocol == "-1":
        return _EVERY
    if door.protocol not in _WITH_PORTS:
        return None
    if door.first is None or door.last is None or door.first < 0:
        return _EVERY
    return range(door.first, door.last + 1)


def entrance(door: Door, lists: Mapping[str, tuple[str, ...] | Unread]) -> str | Unread | None:
    """Through what everybody gets to it: "" for IPv4, words for what is our own addition; None where nobody does."""
    if not door.peer.startswith(LIST):
        if not is_everybody(door.peer):
            return None
        return f"over IPv6, {_OWN}" if ":" in door.peer else ""
    held = lists.get(door.peer, _NOT_ASKED)
    if isinstance(held, Unread):
        return held
    return f"by prefix list {door.peer}, {_OWN}" if any(map(is_everybody, held)) else None


def said(door: Door) -> str:
    """`port 22`, `ports 20-25 (udp)`, `every port`."""
    return opening({"ipProtocol": door.protocol, "fromPort": door.first, "toPort": door.last})


def _region(region: str, facts: Groups, colour: Colour) -> Told:
    return joined(_group(region, facts, one, colour) for one in facts.groups)


def _group(region: str, facts: Groups, group: Group, colour: Colour) -> Told:
    attached = None if isinstance(facts.attached, Unread) else group.id in facts.attached
    opened: list[tuple[Status, str]] = []
    unread: list[tuple[str, Unread]] = []
    for door, through in _entrances(group, facts):
        reached = ports(door)
        status = "ok" if reached is None else colour(reached, attached)
        if status == "ok":
            continue
        if isinstance(through, Unread):
            unread.append((f"{group.id} ({door.peer})", through))
            continue
        opened.append((status, f"{said(door)}{f' ({through})' if through else ''}"))
        # What would be red if it were attached hangs on that.
        if isinstance(facts.attached, Unread) and colour(reached or _EVERY, True) != status:
            unread.append((f"whether {group.id} is attached", facts.attached))
    if not opened:
        return Told(looked_at=1, unread=tuple(unread))
    why = f"{group.name or group.id}: {some([words for _, words in opened])} open to the internet"
    flagged = Flagged(group.id, region, worst(each for each, _ in opened), f"{why}; {_attachment(attached)}")
    return Told((flagged,), 1, tuple(dict.fromkeys(unread)))


def _entrances(group: Group, facts: Groups) -> Iterator[tuple[Door, str | Unread]]:
    for door in group.doors:
        through = entrance(door, facts.lists)
        if through is not None:
            yield door, through


def _attachment(attached: bool | None) -> str:
    if attached is None:
        return "whether it is attached I can’t tell"
    return "attached" if attached else "not attached to anything"


def _by_risk(reached: range, attached: bool | None) -> Status:
    if _within(reached, PLAIN):
        return "ok"
    return "error" if attached and any(port in reached for port in RISKY) else "warning"


def _by_purpose(reached: range, attached: bool | None) -> Status:  # noqa: ARG001 - its colour does not hang on it
    return "ok" if _within(reached, OPEN_ON_PURPOSE) else "warning"


def _within(reached: range, allowed: frozenset[int]) -> bool:
    return len(reached) <= len(allowed) and all(port in allowed for port in reached)
