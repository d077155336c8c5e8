"""A security group's rules as sets, out of Config's items and out of the calls that change them.

Shapes: docs, EC2 API reference, IpPermission; CloudTrail writes its lists as `{"items": […]}`, and the parameters of
one rule alone at the top (`cidrIp`). A rule's own id (`sgr-…`) stands for it where nothing else does.
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from bot.trail.authorship.values import text

Rule = tuple[str, str, str, str]
"""Protocol, first and last port ("" for all), and the other side: a network, a group's id, a prefix list's."""

PARTS: Mapping[str, str] = {"ippermissions": "ipPermissions", "ippermissionsegress": "ipPermissionsEgress"}
_SIDES = ("cidrIp", "cidrIpv4", "cidrIpv6", "groupId", "referencedGroupId", "prefixListId")
_NUMBERS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_LISTS = ("ipRanges", "ipv4Ranges", "ipv6Ranges", "prefixListIds", "userIdGroupPairs", "groups")


def held(configuration: Any, part: str) -> frozenset[Rule]:
    """The rules of an item's part (a key of PARTS)."""
    listed = configuration.get(PARTS[part]) if isinstance(configuration, dict) else None
    return frozenset(rule for one in _items(listed) for rule in _of_permission(one))


def asked(request: Any, known: Mapping[str, Rule] | None = None) -> frozenset[Rule]:
    """The rules that a call's parameters name; those named by id alone, as far as `known` has them."""
    if not isinstance(request, dict):
        return frozenset()
    found = {rule for one in _items(request.get("ipPermissions")) for rule in _of_permission(one)}
    found |= set(_alone(request))
    for one in _items(request.get("securityGroupRule")):
        inner = _lower(one).get("securityGroupRule", one)
        found |= set(_alone(_lower(inner))) if isinstance(inner, dict) else set()
    ids = _ids(request.get("securityGroupRuleIds"))
    return frozenset(found | {known[one] for one in ids if known and one in known})


def unread(request: Any, known: Mapping[str, Rule]) -> bool:
    """Whether it names rules by ids that nobody knows."""
    ids = request.get("securityGroupRuleIds") if isinstance(request, dict) else None
    return any(one not in known for one in _ids(ids))


def made(response: Any) -> Iterator[tuple[str, Rule]]:
    """Rules by their ids, as a call's answer tells them."""
    listed = response.get("securityGroupRuleSet") if isinstance(response, dict) else None
    for one in _items(listed):
        name = one.get("securityGroupRuleId")
        for rule in _alone({key: value for key, value in one.items() if key != "groupId"}):
            if isinstance(name, str):
                yield name, rule


def _of_permission(one: Mapping[str, Any]) -> Iterator[Rule]:
    ports = _ports(one)
    for name in _LISTS:
        for side in _items(one.get(name), bare=True):
            if isinstance(side, str):
                yield (*ports, _network(side))
            else:
                yield from ((*ports, _network(str(side[key]))) for key in _SIDES if side.get(key))


def _alone(one: Mapping[str, Any]) -> Iterator[Rule]:
    """A rule whose parameters stand side by side; the group that it belongs to is none of them."""
    sides = [
        str(one[key]) for key in _SIDES if key != "groupId" and isinstance(one.get(key), str) and one[key]
    ]
    inner = one.get("referencedGroupInfo")
    if isinstance(inner, dict) and inner.get("groupId"):
        sides.append(str(inner["groupId"]))
    yield from ((*_ports(one), _network(side)) for side in sides)


def _ports(one: Mapping[str, Any]) -> tuple[str, str, str]:
    said = text(one.get("ipProtocol", "-1"))
    protocol = _NUMBERS.get(said, said)
    first, last = (
        "" if one.get(key) in (None, -1, "-1") else text(one[key]) for key in ("fromPort", "toPort")
    )
    return (protocol, first, last) if protocol != "-1" else ("-1", "", "")


def _network(side: str) -> str:
    """Networks as EC2 keeps them, without host bits."""
    try:
        return str(ip_network(side, strict=False))
    except ValueError:
        return side


def _items(value: Any, *, bare: bool = False) -> Iterator[Any]:
    """The elements of a list, however CloudTrail wraps it."""
    if isinstance(value, dict):
        value = value.get("items", [value] if value and not bare else [])
    for one in value if isinstance(value, list | tuple) else ():
        if isinstance(one, dict) or (bare and isinstance(one, str)):
            yield one


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _ids(inner)
    elif isinstance(value, str):
        yield value


def _lower(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """`CidrIpv4` as `cidrIpv4`: newer calls write names as the API has them."""
    return {key[:1].lower() + key[1:]: value for key, value in one.items()}
