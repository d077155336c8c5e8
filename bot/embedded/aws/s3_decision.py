"""What a bucket's policy says to one request: S3's own evaluation, as far as calls about buckets need it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
The stand-in's callers may do everything by their own policies, so within an account a Deny alone decides.
"""

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from typing import Any, Literal

from bot.embedded.aws.s3_asking import Asker
from bot.embedded.aws.s3_public import several, statements

Said = Literal["deny", "allow", ""]
_MOST_PARTS = 6  # an ARN's


def decision(policy: str, who: Asker, action: str, arn: str) -> Said:
    """What the policy says to this action on this resource; "" where no statement is about it."""
    found = {str(one.get("Effect")) for one in statements(policy) if _is_about(one, who, action, arn)}
    return "deny" if "Deny" in found else "allow" if "Allow" in found else ""


def _is_about(one: Mapping[str, Any], who: Asker, action: str, arn: str) -> bool:
    return (
        _principal(one, who)
        and _named(one, "Action", action.lower(), str.lower)
        and _named(one, "Resource", arn, str)
        and all(_holds(*each, who) for each in _conditions(one))
    )


def _principal(one: Mapping[str, Any], who: Asker) -> bool:
    if "NotPrincipal" in one:
        return not _is_one_of(one["NotPrincipal"], who)
    return _is_one_of(one.get("Principal"), who)


def _is_one_of(said: Any, who: Asker) -> bool:
    names = several(said.get("AWS", [])) if isinstance(said, dict) else [said]
    account = {who.account_id, f"arn:aws:iam::{who.account_id}:root"}
    return any(str(each) in {"*", who.arn, _role(who.arn), *account} for each in names)


def _role(arn: str) -> str:
    """The role's ARN of a session's; any other as it is."""
    parts = arn.split(":", 5)
    if len(parts) < _MOST_PARTS or not parts[5].startswith("assumed-role/"):
        return arn
    return f"arn:aws:iam::{parts[4]}:role/{parts[5].split('/')[1]}"


def _named(one: Mapping[str, Any], field: str, wanted: str, plain: Callable[[str], str]) -> bool:
    negated = f"Not{field}"
    patterns = [plain(str(each)) for each in several(one.get(field, one.get(negated, [])))]
    return any(_like(wanted, each) for each in patterns) is not (negated in one)


def _conditions(one: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    for operator, keys in (one.get("Condition") or {}).items():
        for key, values in keys.items() if isinstance(keys, dict) else ():
            yield str(operator).lower(), str(key).lower(), [str(each) for each in several(values)]


def _holds(operator: str, key: str, values: list[str], who: Asker) -> bool:
    """One condition; a negated operator holds where the request has no such key."""
    told = _context(who).get(key)
    name = operator.rpartition(":")[2].removesuffix("ifexists")
    if name == "null":
        return (told is None) is (values[:1] == ["true"])
    if told is None:
        is_every = operator.startswith("forallvalues:")
        return is_every or operator.endswith("ifexists") or "not" in name
    negated = "not" in name
    return any(_meets(name.replace("not", ""), told, each) for each in values) is not negated


def _meets(name: str, told: str, wanted: str) -> bool:
    if name == "ipaddress":
        try:
            return ip_address(told) in ip_network(wanted, strict=False)
        except ValueError:
            return False
    if name in {"bool", "stringequalsignorecase"}:
        return told.lower() == wanted.lower()
    # ARNs are matched with wildcards by either of their operators.
    return _like(told, wanted) if name.startswith("arn") or name.endswith("like") else told == wanted


def _context(who: Asker) -> dict[str, str]:
    """What a request to S3 tells of itself; loopback stands for TLS, and nobody comes from a VPC."""
    return {
        "aws:principalaccount": who.account_id,
        "aws:principalarn": _role(who.arn),
        "aws:principalisawsservice": "false",
        "aws:requestedregion": who.region,
        "aws:securetransport": "true",
        "aws:sourceip": who.ip,
        "aws:viaawsservice": "false",
    }


def _like(told: str, pattern: str) -> bool:
    return fnmatchcase(told, pattern.replace("[", "[[]"))
