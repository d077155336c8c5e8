"""What policies and ACLs open to everybody, or let somebody do: in one state of a resource.

Whether a policy or an ACL is public is `bot.core.public`'s to say.
"""

from collections.abc import Mapping
from typing import Any

from bot.core.configuration.normal_policies import is_policy
from bot.core.configuration.opened import DEEPEST
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
_KEEPING = {"kms:calleraccount", "elasticfilesystem:accessedviamounttarget"}
"""Keys of conditions by which other services' policies let nobody in from outside, as `aws:SourceAccount` does."""


def of_policy(value: Mapping[str, Any], resource_type: str) -> Open:
    """A resource's policy that lets everybody in, or an identity's that allows everything."""
    if not any("Principal" in one or "NotPrincipal" in one for one in _statements(value)):
        every = [one for one in _statements(value) if _is_everything(one)]
        return {("given-admin", "*"): "allowed everything"} if every else {}
    if resource_type != "AWS::S3::Bucket":
        value = {**value, "Statement": [one for one in _statements(value) if not _keeps(one)]}
    return _granted("public-policy", "the policy", policy.openings(value), resource_type)


def _keeps(one: Mapping[str, Any]) -> bool:
    """Whether a condition of it lets in nobody from outside."""
    condition = one.get("Condition")
    tests = condition.items() if isinstance(condition, Mapping) else ()
    return any(
        name.lower() in _KEEPING and "*" not in "".join(texts(wanted))
        for operator, held in tests
        if operator in ("StringEquals", "Bool") and isinstance(held, Mapping)
        for name, wanted in held.items()
    )


def of_trust(value: Any) -> Open:
    """A role may be assumed by federated identities as it should; by every AWS account it should not."""
    if not isinstance(value, Mapping) or not is_policy(value):
        return {}
    aws = [
        {**one, "Principal": named if isinstance(named, str) else {"AWS": named["AWS"]}}
        for one in _statements(value)
        if isinstance(named := one.get("Principal"), str) or (isinstance(named, Mapping) and "AWS" in named)
    ]
    found = policy.openings({**value, "Statement": aws}) if aws else ()
    if not any(one.is_certain for one in found):
        return {}
    return _assumable(knowing=all(_wants_id(one) for one in aws if _names_everybody(one)))


def _assumable(*, knowing: bool) -> Open:
    """Whoever may without the external id may with it, too."""
    whoever = f"everybody with an AWS account{' who knows the external id' if knowing else ''}"
    kinds = ("knowing",) if knowing else ("knowing", "anybody")
    return {("public-trust", kind): f"{whoever} may assume it" for kind in kinds}


def _wants_id(one: Mapping[str, Any]) -> bool:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html."""
    condition = one.get("Condition")
    wanted = condition.get("StringEquals") if isinstance(condition, Mapping) else None
    return isinstance(wanted, Mapping) and "sts:ExternalId" in wanted


def _names_everybody(one: Mapping[str, Any]) -> bool:
    return one.get("Effect") == "Allow" and "*" in texts(one.get("Principal"))


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


def of_acl(value: Any) -> Open:
    """A bucket's access list that lets everybody in."""
    return _granted("public-acl", "the ACL", acl.openings(value), "AWS::S3::Bucket")


def of_attached(value: Any) -> Open:
    """AWS's own policies that give power over the account."""
    held = value if isinstance(value, list) else []
    names = [str(one.get("policyName")) for one in held if isinstance(one, Mapping)]
    return {("given-admin", name): f"given {name}" for name in names if name in _MIGHTY}


def _statements(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = value["Statement"]
    return [one for one in (held if isinstance(held, list) else [held]) if isinstance(one, Mapping)]


def _is_everything(one: Mapping[str, Any]) -> bool:
    acts, things = texts(one.get("Action")), texts(one.get("Resource"))
    return one.get("Effect") == "Allow" and bool({"*", "*:*"} & acts) and "*" in things


def texts(value: Any, levels: int = DEEPEST) -> set[str]:
    """All texts in a value."""
    if isinstance(value, str):
        return {value}
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return {text for held in inner for text in texts(held, levels - 1)} if levels else set()
