"""A security group's rule in words: `tcp 22`, `from 0.0.0.0/0`.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
"""

import ipaddress
from collections.abc import Mapping
from typing import Any

EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})
PEERS = frozenset({"cidrIp", "cidrIpv6", "groupId", "groupName", "prefixListId"})
WEB = frozenset({"port 80", "port 443"})
"""Ports that stand open on purpose almost everywhere."""
_MUCH = {4: 4, 6: 6}
"""Networks up to this length hold a good part of all addresses; the largest private ones are 10.0.0.0/8 and fc00::/7."""
_WITH_PORTS = {"tcp", "udp", "6", "17"}
_NAMES = {"-1": "all traffic", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_EVERY = (0, 65535)
_ICMP = {"icmp", "icmpv6", "1", "58"}


def door(rule: Mapping[str, Any]) -> str:
    """`tcp 22`, `udp 20-25`, `tcp all ports`, `icmp type 8`, `all traffic`."""
    protocol = str(rule.get("ipProtocol", ""))[:40]
    return " ".join(part for part in (_NAMES.get(protocol, _numbered(protocol)), _at(protocol, rule)) if part)


def ports(rule: Mapping[str, Any]) -> str:
    """`22`, `20-25`; "" where it has none (all traffic, ICMP: there the fields hold a type and a code)."""
    ends = (rule.get("fromPort"), rule.get("toPort"))
    if str(rule.get("ipProtocol")) not in _WITH_PORTS or not all(type(end) is int for end in ends):
        return ""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}-{ends[1]}"


def peer(rule: Mapping[str, Any]) -> str:
    """The address, group or prefix list that it names; "" where it names none."""
    named = (rule.get(name) for name in ("cidrIp", "cidrIpv6", "prefixListId", "groupId", "groupName"))
    return next((one for one in named if isinstance(one, str) and one), "")


def is_everybody(address: str) -> bool:
    """Whether a CIDR is every address there is, however it is written (`::/0`, `0:0:0:0:0:0:0:0/0`)."""
    network = _network(address)
    return network is not None and not network.prefixlen


def is_much(address: str) -> bool:
    """Whether it is a good part of all addresses: `0.0.0.0/1` and `128.0.0.0/1` together are everybody."""
    network = _network(address)
    return network is not None and 0 < network.prefixlen <= _MUCH[network.version]


def opening(rule: Mapping[str, Any]) -> str:
    """What stands open by it: `port 22`, `ports 20-25 (udp)`, `every port`, `icmp`."""
    number = str(rule.get("ipProtocol", ""))[:40]
    protocol = _NAMES.get(number, _numbered(number))
    said = ports(rule)
    if not said or said == "{}-{}".format(*_EVERY):
        return "every port" if protocol in {"all traffic", "tcp", "udp"} else protocol
    return f"{'ports' if '-' in said else 'port'} {said}{' (udp)' if protocol == 'udp' else ''}"


def _network(address: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(address, strict=False)
    except ValueError:
        return None


def _numbered(protocol: str) -> str:
    return f"protocol {protocol}" if protocol.isdigit() else protocol


def _at(protocol: str, rule: Mapping[str, Any]) -> str:
    first, last = rule.get("fromPort"), rule.get("toPort")
    if protocol == "-1":
        return ""
    if protocol in _ICMP:
        kind = f"type {first}" if type(first) is int and first >= 0 else ""
        code = f" code {last}" if type(last) is int and last >= 0 and kind else ""
        return kind + code
    return "all ports" if (first, last) == _EVERY else ports(rule)
