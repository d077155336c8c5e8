"""Changes of what the network lets through, in words: rules of groups and of network ACLs, routes."""

from collections.abc import Mapping
from typing import Any

from bot.core.configuration.change import Change
from bot.core.configuration.fields import words
from bot.core.configuration.rules import door, peer
from bot.core.configuration.values import became, said
from bot.core.spoken import folded
from bot.core.text import Added, Line, Removed

_TARGETS = (
    "gatewayId",
    "natGatewayId",
    "transitGatewayId",
    "vpcPeeringConnectionId",
    "networkInterfaceId",
    "instanceId",
    "egressOnlyInternetGatewayId",
    "localGatewayId",
    "carrierGatewayId",
    "coreNetworkArn",
)
_PROTOCOLS = {"-1": "all traffic", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def rule(change: Change) -> Line:
    """`+ inbound tcp 22 from 10.0.0.0/8 (office)`; a rule that only says something else of itself by what it says."""
    return _told(change, lambda held: _rule(change, held))


def entry(change: Change) -> Line:
    """`+ inbound 100: allow tcp 22 from 0.0.0.0/0`, an entry of a network ACL."""
    if change.kind == "changed":
        sides = [_entry(held).partition(": ") for held in (change.before, change.after)]
        if sides[0] != sides[1]:
            return (f"{sides[0][0]}: ", *became(sides[0][2], sides[1][2]))
    return _told(change, _entry)


def route(change: Change) -> Line:
    """`+ route 0.0.0.0/0 to igw-1`, `route 0.0.0.0/0: igw-1 → nat-1`."""
    before, after = (_target(held) if held else "" for held in (change.before, change.after))
    if before and after and before != after:
        return (f"route {said(change.path[-1])}: ", *became(before, after))
    return _told(change, lambda held: f"route {said(change.path[-1])} to {_target(held)}")


def _told(change: Change, words_of: Any) -> Line:
    if change.kind == "added":
        return (Added(f"+ {words_of(change.after)}"), *_described(change.after))
    if change.kind == "removed":
        return (Removed(f"− {words_of(change.before)}"), *_described(change.before))
    if words_of(change.before) != words_of(change.after):
        return became(words_of(change.before), words_of(change.after))
    return (f"{words_of(change.after)}: ", *_fields(change.before, change.after))


def _described(held: Mapping[str, Any]) -> Line:
    description = held.get("description")
    return (f" ({said(description, 60)})",) if description else ()


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    """What else is other in it."""
    names = [name for name in sorted({**before, **after}) if before.get(name) != after.get(name)]
    lines = [(f"{words(name)} ", *became(before.get(name), after.get(name))) for name in names]
    return tuple(piece for n, line in enumerate(lines) for piece in ((", ", *line) if n else line))


def _rule(change: Change, held: Mapping[str, Any]) -> str:
    outbound = any(step.lower() == "ippermissionsegress" for step in change.path)
    named = folded(peer(held), 80)
    whose = f" {'to' if outbound else 'from'} {named}" if named else ""
    return f"{'outbound' if outbound else 'inbound'} {door(held)}{whose}"


def _entry(held: Mapping[str, Any]) -> str:
    outbound = bool(held.get("egress"))
    protocol = str(held.get("protocol"))
    named = _PROTOCOLS.get(protocol, f"protocol {protocol[:40]}")
    ports = held.get("portRange")
    ends = (ports.get("from"), ports.get("to")) if isinstance(ports, Mapping) else ()
    at = f" {said('-'.join(str(end) for end in dict.fromkeys(ends)))}" if ends else ""
    address = said(held.get("cidrBlock") or held.get("ipv6CidrBlock"))
    whose = f"{'to' if outbound else 'from'} {address}"
    number = f"{'outbound' if outbound else 'inbound'} {held.get('ruleNumber')}"
    return f"{number}: {said(held.get('ruleAction'))} {named}{at} {whose}"


def _target(held: Mapping[str, Any]) -> str:
    named = (held.get(name) for name in _TARGETS)
    return said(next((one for one in named if one), "nowhere"))
