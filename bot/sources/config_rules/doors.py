"""What a security group lets in, and whether that is everybody (shape: reference config §2a)."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.configuration.normal_groups import permissions
from bot.core.configuration.rules import EVERYBODY, WEB, door, opening, peer
from bot.sources.config_rules.item import Change, Item


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    """A rule as `tcp 22 from 203.0.113.0/24`, one a peer; empty for what is no rule."""
    return [f"{door(one)} from {peer(one)[:80]}" if peer(one) else door(one) for one in _rules(rule)]


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
    held: Iterable[Any] = value if isinstance(value, list) else [value]
    return {opening(rule) for one in held for rule in _rules(one) if peer(rule) in EVERYBODY}


def _rules(value: Any) -> list[Mapping[str, Any]]:
    """One rule a peer; none for what is no rule."""
    held = permissions([value]) or {}
    return [rule for rules in held.values() for rule in rules.values()]
