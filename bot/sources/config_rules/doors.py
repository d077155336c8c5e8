"""What a security group lets in, and whether that is everybody (shape: reference config §2a)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.sources.config_rules.item import Change, Item

_EVERYBODY = {"0.0.0.0/0", "::/0"}
_PEER = ("cidrIp", "cidrIpv6", "groupId", "prefixListId")
WEB = {"port 80", "port 443"}
"""Ports that stand open on purpose almost everywhere."""


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    """A rule as `tcp 22 from 203.0.113.0/24`, one a peer; empty for what is no rule."""
    if not isinstance(rule.get("ipProtocol"), str):
        return []
    port = " ".join((_protocol(rule), *_ports(rule))).strip()
    return [f"{port} from {peer}" for peer in dict.fromkeys(_peers(rule))] or [port]


def opened(change: Change, item: Item) -> tuple[str, ...]:
    """The doors that are open to everybody now and were not: `port 22`, `ports 20-25`, `every port`."""
    if change.how(item) == "CREATE":
        held = item.configuration if isinstance(item.configuration, Mapping) else {}
        return tuple(sorted(_open(held.get("ipPermissions"))))
    inbound = [
        changed
        for path, changed in change.properties.items()
        if path.split(".")[:2] == ["Configuration", "IpPermissions"]
    ]
    before = {door for changed in inbound for door in _open(changed.previous_value)}
    return tuple(sorted({door for changed in inbound for door in _open(changed.updated_value)} - before))


def closed(change: Change, item: Item) -> tuple[str, ...]:
    """The doors that were open to everybody, when by the group's whole state none but the web's own is open now."""
    held = item.configuration if isinstance(item.configuration, Mapping) else None
    if change.how(item) != "DELETE" and (held is None or _open(held.get("ipPermissions")) - WEB):
        return ()
    sides = [(path, was.previous_value, was.updated_value) for path, was in change.properties.items()]
    before = {door for path, value, _ in sides for door in _held(path, value)}
    shut = before - {door for path, _, value in sides for door in _held(path, value)}
    return () if held and _open(held.get("ipPermissions")) and shut <= WEB else tuple(sorted(shut))


def _held(path: str, value: Any) -> set[str]:
    """A change names one rule, or the whole configuration of what was deleted."""
    if path.split(".")[:2] == ["Configuration", "IpPermissions"]:
        return _open(value)
    whole = path == "Configuration" and isinstance(value, Mapping)
    return _open(value.get("ipPermissions")) if whole else set()


def _open(value: Any) -> set[str]:
    rules: Iterable[Any] = value if isinstance(value, list) else [value]
    return {
        _door(rule)
        for rule in rules
        if isinstance(rule, Mapping) and rule_words(rule) and _EVERYBODY.intersection(_peers(rule))
    }


def _door(rule: Mapping[str, Any]) -> str:
    ports = " ".join(_ports(rule))
    if not ports:
        return "every port" if rule["ipProtocol"] in {"-1", "tcp", "udp"} else _protocol(rule)
    return f"{'ports' if '-' in ports else 'port'} {ports}{' (udp)' if rule['ipProtocol'] == 'udp' else ''}"


def _protocol(rule: Mapping[str, Any]) -> str:
    return "all traffic" if rule["ipProtocol"] == "-1" else str(rule["ipProtocol"])[:40]


def _ports(rule: Mapping[str, Any]) -> list[str]:
    """For ICMP these fields hold a type and a code, not ports."""
    ends = [rule.get(name) for name in ("fromPort", "toPort")]
    if rule["ipProtocol"] not in {"tcp", "udp"} or not all(type(end) is int for end in ends):
        return []
    return [str(ends[0])] if ends[0] == ends[1] else [f"{ends[0]}-{ends[1]}"]


def _peers(rule: Mapping[str, Any]) -> Iterator[str]:
    """Addresses, groups and prefix lists; `ipRanges` repeats `ipv4Ranges` as plain strings."""
    for name in ("ipv4Ranges", "ipRanges", "ipv6Ranges", "userIdGroupPairs", "prefixListIds"):
        held = rule.get(name)
        for peer in held if isinstance(held, list) else ():
            named = [peer.get(key) for key in _PEER] if isinstance(peer, Mapping) else [peer]
            yield from (one[:80] for one in named if isinstance(one, str) and one)
