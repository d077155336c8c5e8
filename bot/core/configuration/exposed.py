"""What of a resource stands open to everybody in one state of it: doors, policies, access lists, addresses."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.core.configuration.exposed_policies import Open, of_acl, of_attached, of_policy, of_trust, texts
from bot.core.configuration.exposed_stopped import stopped
from bot.core.configuration.item import Item
from bot.core.configuration.normal_groups import permissions
from bot.core.configuration.normal_policies import is_policy
from bot.core.configuration.opened import DEEPEST
from bot.core.configuration.rules import EVERYBODY, is_everybody, is_much, opening, peer

DOOR = "open-to-the-internet"
_EVERY_ADDRESS = "the list holds every address: rules that name it are open to the internet"
_SWITCHES = ("publiclyaccessible", "endpointpublicaccess")


def exposed(item: Item) -> Open:
    """All that stands open in this state; two states' difference is what was opened.

    What the bucket's own Block Public Access stops is not open; the account's is not in a bucket's item.
    """
    found: Open = {}
    for name, value in _fields([item.configuration, dict(item.supplementary)]):
        found |= _of_field(name, value, item.resource.type)
    kept_out = stopped(item)
    return {key: words for key, words in found.items() if key[0] not in kept_out}


def _of_field(name: str, value: Any, resource_type: str) -> Open:
    small = name.lower()
    if small in _FIELDS:
        return _FIELDS[small](value)
    if small == "authtype" and value == "NONE" and resource_type == "AWS::Lambda::Url":
        return {("public-url", ""): "everybody may call it by its URL"}
    if small in _SWITCHES and value in (True, "true"):
        return {("publicly-accessible", small): "reachable from the internet"}
    return of_policy(value, resource_type) if isinstance(value, Mapping) and is_policy(value) else {}


def _fields(value: Any, name: str = "", levels: int = DEEPEST) -> Iterator[tuple[str, Any]]:
    """Every field with its name, as deep as items are looked into; elements of a list have the list's."""
    if name:
        yield name, value
    if not levels:
        return
    inner = value.items() if isinstance(value, Mapping) else ()
    for field, held in inner:
        yield from _fields(held, str(field), levels - 1)
    for held in value if isinstance(value, list) else ():
        if isinstance(held, Mapping | list):
            yield from _fields(
                held, "" if isinstance(held, Mapping) and not is_policy(held) else name, levels - 1
            )


def _doors(value: Any) -> Open:
    held = permissions(value) or {} if isinstance(value, list) else {}
    rules = [(peer(one), opening(one)) for door in held.values() for one in door.values()]
    # Of each family of addresses by itself: what IPv4 could reach before, IPv6 can reach now.
    found: Open = {(DOOR, f"{door} {':' in who}"): door for who, door in rules if is_everybody(who)}
    much = {
        (f"{DOOR}-almost", f"{door} {who}"): f"{door} open to much of the internet ({who})"
        for who, door in rules
        if is_much(who)
    }
    return found | much


def _entries(value: Any) -> Open:
    """A prefix list that holds every address opens all the rules that name it."""
    held = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    every = any(is_everybody(str(one.get("cidr"))) for one in held)
    return {("list-of-everybody", ""): _EVERY_ADDRESS} if every else {}


def _routes(value: Any) -> Open:
    routes = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    out = any(str(one.get("gatewayId")).startswith("igw-") and EVERYBODY & texts(one) for one in routes)
    return {("route-to-the-internet", ""): "routes to the internet"} if out else {}


def _snapshot(value: Any) -> Open:
    return {("public-snapshot", ""): "everybody may restore the snapshot"} if "all" in texts(value) else {}


_FIELDS: Mapping[str, Callable[[Any], Open]] = {
    "ippermissions": _doors,
    "entries": _entries,
    "routes": _routes,
    "assumerolepolicydocument": of_trust,
    "accesscontrollist": of_acl,
    "attachedmanagedpolicies": of_attached,
    "dbsnapshotattributes": _snapshot,
    "dbclustersnapshotattributes": _snapshot,
}
