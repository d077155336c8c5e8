"""What of a resource stands open to everybody in one state of it: doors, policies, access lists, addresses.

Whether a policy or an ACL is public is `bot.core.public`'s to say.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.core.configuration.item import Item
from bot.core.configuration.normal_groups import permissions
from bot.core.configuration.normal_policies import is_policy
from bot.core.configuration.opened import DEEPEST
from bot.core.configuration.rules import EVERYBODY, opening, peer
from bot.core.public import acl, policy
from bot.core.public.meaning import EVERY_ACCESS, Access, Opening

Open = dict[tuple[str, str], str]
"""What is open, by the flag's code and what tells it from others, in words."""
_MIGHTY = {"AdministratorAccess", "IAMFullAccess", "PowerUserAccess"}
_VERBS: Mapping[Access, str] = {
    "read": "read",
    "list": "list",
    "write": "write",
    "admin": "change who may do what",
    "settings": "see its settings",
}
_STOPPING = {"restrictPublicBuckets": "public-policy", "ignorePublicAcls": "public-acl"}
_SWITCHES = ("publiclyaccessible", "endpointpublicaccess")


def exposed(item: Item) -> Open:
    """All that stands open in this state; two states' difference is what was opened.

    What the bucket's own Block Public Access stops is not open; the account's is not in a bucket's item.
    """
    found: Open = {}
    for name, value in _fields([item.configuration, dict(item.supplementary)]):
        found |= _of_field(name, value, item.resource.type)
    stopped = _stopped(item.supplementary.get("PublicAccessBlockConfiguration"))
    return {key: words for key, words in found.items() if key[0] not in stopped}


def _stopped(block: Any) -> set[str]:
    """What a bucket's own block stops.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    held = block if isinstance(block, Mapping) else {}
    return {code for name, code in _STOPPING.items() if held.get(name) in (True, "true")}


def _of_field(name: str, value: Any, resource_type: str) -> Open:
    small = name.lower()
    if small in _FIELDS:
        return _FIELDS[small](value)
    if small in _SWITCHES and value in (True, "true"):
        return {("publicly-accessible", small): "reachable from the internet"}
    return _policy(value, resource_type) if isinstance(value, Mapping) and is_policy(value) else {}


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
    open_to_all = [one for door in held.values() for one in door.values() if peer(one) in EVERYBODY]
    return {("open-to-the-internet", opening(one)): opening(one) for one in open_to_all}


def _policy(value: Mapping[str, Any], resource_type: str) -> Open:
    if not any("Principal" in one or "NotPrincipal" in one for one in _statements(value)):
        every = [one for one in _statements(value) if _is_everything(one)]
        return {("given-admin", "*"): "allowed everything"} if every else {}
    return _granted("public-policy", "the policy", policy.openings(value), resource_type)


def _trust(value: Any) -> Open:
    """A role may be assumed by federated identities as it should; by every AWS account it should not."""
    if not isinstance(value, Mapping) or not is_policy(value):
        return {}
    aws = [
        {**one, "Principal": named if isinstance(named, str) else {"AWS": named["AWS"]}}
        for one in _statements(value)
        if isinstance(named := one.get("Principal"), str) or (isinstance(named, Mapping) and "AWS" in named)
    ]
    found = policy.openings({**value, "Statement": aws}) if aws else ()
    certain = [one for one in found if one.is_certain]
    return {("public-trust", ""): "everybody with an AWS account may assume it"} if certain else {}


def _granted(code: str, what: str, openings: tuple[Opening, ...], resource_type: str) -> Open:
    found: Open = {}
    for one in openings:
        if one.who.startswith("everybody"):
            lets = f"{'lets' if one.is_certain else 'may let'} {one.who} {_verbs(one, resource_type)}"
            found[code, f"{one.who} {sorted(one.access)} {one.is_certain}"] = f"{what} {lets}"
    return found


def _verbs(one: Opening, resource_type: str) -> str:
    if resource_type != "AWS::S3::Bucket":
        return "use it"
    if set(one.access) == set(EVERY_ACCESS):
        return "do everything"
    return ", ".join(_VERBS[access] for access in _VERBS if access in one.access)


def _routes(value: Any) -> Open:
    routes = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    out = any(str(one.get("gatewayId")).startswith("igw-") and EVERYBODY & _texts(one) for one in routes)
    return {("route-to-the-internet", ""): "routes to the internet"} if out else {}


def _snapshot(value: Any) -> Open:
    return {("public-snapshot", ""): "everybody may restore the snapshot"} if "all" in _texts(value) else {}


def _acl(value: Any) -> Open:
    return _granted("public-acl", "the ACL", acl.openings(value), "AWS::S3::Bucket")


def _mighty(value: Any) -> Open:
    held = value if isinstance(value, list) else []
    names = [str(one.get("policyName")) for one in held if isinstance(one, Mapping)]
    return {("given-admin", name): f"given {name}" for name in names if name in _MIGHTY}


def _statements(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = value["Statement"]
    return [one for one in (held if isinstance(held, list) else [held]) if isinstance(one, Mapping)]


def _is_everything(one: Mapping[str, Any]) -> bool:
    return one.get("Effect") == "Allow" and all(
        "*" in _texts(one.get(name)) for name in ("Action", "Resource")
    )


def _texts(value: Any, levels: int = DEEPEST) -> set[str]:
    """All texts in a value."""
    if isinstance(value, str):
        return {value}
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return {text for held in inner for text in _texts(held, levels - 1)} if levels else set()


_FIELDS: Mapping[str, Callable[[Any], Open]] = {
    "ippermissions": _doors,
    "routes": _routes,
    "assumerolepolicydocument": _trust,
    "accesscontrollist": _acl,
    "attachedmanagedpolicies": _mighty,
    "dbsnapshotattributes": _snapshot,
    "dbclustersnapshotattributes": _snapshot,
}
