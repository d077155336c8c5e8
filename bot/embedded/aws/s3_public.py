"""Whether a policy or an ACL is public, as S3 itself decides: for GetBucketPolicyStatus and Block Public Access.

Rules: S3 user guide, "Blocking public access to your Amazon S3 storage", "The meaning of public". Written for itself,
and shorter than `bot.core.public`: the two are two readings of one page, and tests that hold one against the other
would mean nothing if they were the same.
"""

import json
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

_FIXED = frozenset(
    {
        *("aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount"),
        *("aws:userid", "s3:dataaccesspointarn", "s3:dataaccesspointaccount", "aws:principalorgid"),
        *("aws:principalarn", "aws:principalaccount", "aws:principalorgpaths"),
    }
)
"""Conditions on these make a policy not public, where their values are fixed; so does a narrow `aws:SourceIp`."""
_NARROWEST = {4: 8, 6: 32}
_PRIVATE = [IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]  # RFC 1918
_EVERYBODY = ("groups/global/AllUsers", "groups/global/AuthenticatedUsers")


def is_public(policy: str | bytes, *, of_point: bool = False) -> bool:
    """Whether any statement lets in somebody who is not fixed; a policy that can't be read is not.

    In the policy of an access point, `s3:DataAccessPointArn` fixes nobody.
    """
    fixed = _FIXED - {"s3:dataaccesspointarn"} if of_point else _FIXED
    return any(
        one.get("Effect") == "Allow" and _anybody(one) and not _saved(one.get("Condition") or {}, fixed)
        for one in statements(policy)
    )


def opens(acl: str) -> bool:
    """Whether an ACL, as the XML of its request or the words of its header, grants everybody something."""
    return acl in {"public-read", "public-read-write", "authenticated-read"} or any(
        group in acl for group in _EVERYBODY
    )


def statements(policy: str | bytes) -> Iterator[dict[str, Any]]:
    """A policy's statements, also where it has one alone and no list; none where it can't be read."""
    try:
        found = json.loads(policy)
    except ValueError:
        return
    told = found.get("Statement") if isinstance(found, dict) else None
    yield from (one for one in several(told) if isinstance(one, dict))


def _anybody(statement: dict[str, Any]) -> bool:
    if "NotPrincipal" in statement:
        return True
    who = statement.get("Principal")
    if isinstance(who, dict) and "Federated" in who:
        return True  # whoever has an account with that provider
    named = [one for each in who.values() for one in several(each)] if isinstance(who, dict) else [who]
    return any("*" in str(one) for one in named)


def _saved(condition: dict[str, Any], fixed: frozenset[str]) -> bool:
    """One key with fixed values is enough: conditions are all to be met."""
    return any(
        _fixed(operator.lower(), key.lower(), several(values))
        for operator, keys in condition.items()
        if isinstance(keys, dict)
        for key, values in keys.items()
        if key.lower() in fixed or key.lower() == "aws:sourceip"
    )


def _fixed(operator: str, key: str, values: list[Any]) -> bool:
    if "not" in operator or "ifexists" in operator or operator.startswith("forallvalues"):
        return False
    if key == "aws:sourceip":
        return operator.endswith("ipaddress") and all(_narrow(str(each)) for each in values)
    if not operator.rpartition(":")[2].startswith(("string", "arn")):
        return False
    if key in {"aws:sourcearn", "s3:dataaccesspointarn", "aws:principalarn"}:
        return all(_has_account(str(each)) for each in values)
    return not any(mark in str(each) for each in values for mark in "*?$")


def _has_account(arn: str) -> bool:
    """An ARN whose account, or a bucket whose name, has no wildcard."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or "$" in arn:  # noqa: PLR2004 - an ARN's parts
        return False
    return not set("*?") & set(parts[4] or parts[5])


def _narrow(said: str) -> bool:
    try:
        network = ip_network(said, strict=False)
    except ValueError:
        return False
    # Private networks are excepted; none of theirs is broader.
    return network.prefixlen >= _NARROWEST[network.version]


def is_private(network: IPv4Network | IPv6Network) -> bool:
    """Whether it lies within one of RFC 1918's networks, from where nobody comes over the internet."""
    return isinstance(network, IPv4Network) and any(network.subnet_of(each) for each in _PRIVATE)


def several(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]
