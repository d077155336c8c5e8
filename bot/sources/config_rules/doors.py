"""What a security group lets in, and whether that is everybody, or nearly (shape: reference config §2a)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.configuration.normal_groups import permissions
from bot.core.configuration.rules import WEB, door, is_everybody, is_much, opening, peer
from bot.sources.config_rules.item import Change, Item


@dataclass(frozen=True, slots=True)
class Opened:
    """Doors (`port 22`, `ports 20-25`, `every port`), and to whom: `the internet`, `much of the internet`."""

    doors: tuple[str, ...]
    to: str


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    """A rule as `tcp 22 from 203.0.113.0/24`, one a peer; empty for what is no rule."""
    return [f"{door(one)} from {peer(one)[:80]}" if peer(one) else door(one) for one in _rules(rule)]


def opened(change: Change, item: Item) -> Opened | None:
    """The doors that are open to everybody now and were not; else those open to a good part of all addresses."""
    before, after = _inbound(change, item)
    if doors := _open(after, is_everybody) - _open(before, is_everybody):
        return Opened(tuple(sorted(doors)), "the internet")
    if doors := _open(after) - _open(before):
        return Opened(tuple(sorted(doors)), "much of the internet")
    return None


def _inbound(change: Change, item: Item) -> tuple[list[Any], list[Any]]:
    """The rules that the change took away, and those that it brought."""
    if change.how(item) == "CREATE":
        held = item.configuration if isinstance(item.configuration, Mapping) else {}
        return [], _each(held.get("ipPermissions"))
    inbound = [
        changed
        for path, changed in change.properties.items()
        if path.split(".")[:2] == ["Configuration", "IpPermissions"]
    ]
    before = [rule for one in inbound for rule in _each(one.previous_value)]
    return before, [rule for one in inbound for rule in _each(one.updated_value)]


def closed(change: Change, item: Item) -> tuple[str, ...]:
    """The doors that were open to everybody or nearly, when by the group's whole state none but the web's own is open now."""
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


def _is_open(address: str) -> bool:
    return is_everybody(address) or is_much(address)


def _open(value: Any, to: Callable[[str], bool] = _is_open) -> set[str]:
    return {opening(rule) for one in _each(value) for rule in _rules(one) if to(peer(rule))}


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _rules(value: Any) -> list[Mapping[str, Any]]:
    """One rule a peer; none for what is no rule."""
    held = permissions([value]) or {}
    return [rule for rules in held.values() for rule in rules.values()]
