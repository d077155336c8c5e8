"""A security group's rules by protocol and ports, then by peer.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.configuration.canonical import keyed
from bot.core.configuration.change import Key, Whole
from bot.core.configuration.rules import PEERS, door, peer

_LISTS = ("ipv4Ranges", "ipRanges", "ipv6Ranges", "userIdGroupPairs", "prefixListIds")
_SHARED = {"ipProtocol", "fromPort", "toPort"}
_AS_TEXT = {
    "ipv4Ranges": "cidrIp",
    "ipRanges": "cidrIp",
    "ipv6Ranges": "cidrIpv6",
    "prefixListIds": "prefixListId",
}


def permissions(value: list[Any]) -> dict[str, Any] | None:
    """`{"tcp 22": {"0.0.0.0/0": {ipProtocol, fromPort, toPort, cidrIp, description}}}`; None for another shape.

    `ipRanges` repeats `ipv4Ranges` as plain texts: what both have is there once.
    """
    if not all(_is_permission(one) for one in value):
        return None
    doors: dict[str, list[tuple[str, Any]]] = {}
    for permission in value:
        for rule in _rules(permission):
            doors.setdefault(door(rule), []).append((peer(rule), rule))
    return {Key(name): keyed(rules) for name, rules in sorted(doors.items())}


def _is_permission(value: object) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("ipProtocol"), str):
        return False
    peers = [one for name in _LISTS if value.get(name) is not None for one in _list(value[name])]
    return all(isinstance(one, str) or _is_peer(one) for one in peers)


def _is_peer(value: object) -> bool:
    if not isinstance(value, Mapping) or value.keys() & _SHARED:
        return False
    return any(isinstance(value.get(name), str) for name in PEERS)


def _list(value: object) -> list[Any]:
    """None in it where it is no list: no peer."""
    return value if isinstance(value, list) else [None]


def _rules(permission: Mapping[str, Any]) -> Iterator[Whole]:
    """One rule a peer; the one of a permission without any has none, and none is lost."""
    shared = {name: value for name, value in permission.items() if name not in _LISTS and value is not None}
    peers = list(_peers(permission))
    for one in peers or [{}]:
        yield Whole(shared | {name: value for name, value in one.items() if value is not None})


def _peers(permission: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    said: set[str] = set()
    for name in _LISTS:
        for one in permission.get(name) or ():
            held = one if isinstance(one, Mapping) else {_AS_TEXT.get(name, "groupId"): one}
            if name == "ipv4Ranges":
                said.add(str(held.get("cidrIp")))
            if name != "ipRanges" or str(held.get("cidrIp")) not in said:
                yield held
