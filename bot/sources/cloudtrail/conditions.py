"""What must be true of a call before it is worth an alert; each looks at one kind of call's parameters.

The shapes are as CloudTrail writes them (reference: delivery §4): EC2's lists stand in `items`, newer EC2
APIs under their request's name in capitals, booleans sometimes as text.
"""

from collections.abc import Callable, Iterator
from typing import Any

from bot.core.severity import Severity
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import UNSEEN, Seen

_GROUPS = {"AllUsers": "anyone", "AuthenticatedUsers": "anyone with an AWS account"}
_CANNED = {
    "public-read": "Anyone may read",
    "public-read-write": "Anyone may read and write",
    "authenticated-read": "Anyone with an AWS account may read",
}
_BLOCKS = {
    "BlockPublicAcls": "new public ACLs",
    "IgnorePublicAcls": "existing public ACLs",
    "BlockPublicPolicy": "public policies",
    "RestrictPublicBuckets": "public access by policy",
}
_WEB = {("tcp", "80", "80"), ("tcp", "443", "443")}
_ACCOUNT_DIGITS = 12
_DEEPEST = 12
"""Deeper than any API's parameters; whatever lies below is not looked at."""

Ports = tuple[str, str, str]
"""Protocol, first and last port, as texts."""


def is_(parameter: str, value: object, words: str = "") -> Callable[[Call], Seen | None]:
    """The parameter has this value; booleans also as text."""

    def look(call: Call) -> Seen | None:
        said = str(call.request_parameters.get(parameter)).lower()
        return Seen(words) if said == str(value).lower() else None

    return look


def root_signs_in(call: Call) -> Seen | None:
    """Any sign-in of the root user; without MFA it is worst."""
    if not call.by_root:
        return None
    if call.failed or call.additional_event_data.get("MFAUsed") == "Yes":
        return Seen("" if call.failed else "With MFA")
    return Seen("Without MFA", Severity.CRITICAL)


def no_mfa(call: Call) -> Seen | None:
    """An IAM user's sign-in without MFA; federated ones always say No, their MFA is elsewhere."""
    user = call.user_identity.type == "IAMUser" and not call.failed
    return Seen() if user and call.additional_event_data.get("MFAUsed") == "No" else None


def new_key(call: Call) -> Seen:
    """Always sensitive; says which key it is, for it will be met again."""
    made = call.response_elements.get("accessKey")
    key = made.get("accessKeyId") if isinstance(made, dict) else None
    return Seen(f"The new key is {key}" if isinstance(key, str) else "")


def features_off(call: Call) -> Seen | None:
    """Parts of GuardDuty switched off, while the rest goes on."""
    asked = call.request_parameters.get("features")
    features = [one for one in asked if isinstance(one, dict)] if isinstance(asked, list) else []
    off = [str(one.get("name", "a part")) for one in features if one.get("status") == "DISABLED"]
    names = ", ".join(name.replace("_", " ").lower() for name in off[:5])
    return Seen(f"Switched off: {names}", Severity.HIGH) if off else None


def blind_selectors(call: Call) -> Seen:
    """Selectors that leave out management events hide nearly everything."""
    chosen = call.request_parameters.get("eventSelectors")
    told = [one for one in chosen if isinstance(one, dict)] if isinstance(chosen, list) else []
    if told and not any(_true(one.get("includeManagementEvents", True)) for one in told):
        return Seen("It records no management events any more", Severity.HIGH)
    return Seen()


def public_acl(call: Call) -> Seen | None:
    """A canned ACL, a grant in the body or in a header that names everyone."""
    asked = call.request_parameters
    canned = next((_CANNED[name] for name in _texts(asked.get("x-amz-acl")) if name in _CANNED), None)
    if canned:
        return Seen(canned)
    grants = [text for name, value in asked.items() if "grant" in name.lower() for text in _texts(value)]
    said = [*_texts(asked.get("AccessControlPolicy")), *grants]
    groups = {who for text in said for group, who in _GROUPS.items() if f"groups/global/{group}" in text}
    return Seen(f"Grants access to {min(groups, key=len)}") if groups else None


def lifted_block(call: Call) -> Seen | None:
    """A public access block with one of its four parts off."""
    block = call.request_parameters.get("PublicAccessBlockConfiguration")
    if not isinstance(block, dict):
        return UNSEEN
    off = [words for name, words in _BLOCKS.items() if not _true(block.get(name, False))]
    return Seen(f"No longer blocked: {', '.join(off)}") if off else None


def world(call: Call) -> Seen | None:
    """A rule whose range is every address; only web ports are less bad, they are often meant."""
    opened = [(ports, cidr) for ports, cidr in _ranges(call.request_parameters) if cidr.endswith("/0")]
    if not opened:
        return None
    web = all(ports in _WEB for ports, _ in opened)
    words = dict.fromkeys(f"{_port_words(ports)} from anywhere ({cidr})" for ports, cidr in opened)
    return Seen(", ".join(list(words)[:5]), Severity.MEDIUM if web else None)


def _ranges(node: Any, ports: Ports = ("", "", ""), depth: int = 0) -> Iterator[tuple[Ports, str]]:
    """Every address range with the protocol and ports above it, in any of EC2's shapes."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for value in node:
            yield from _ranges(value, ports, depth + 1)
    if not isinstance(node, dict):
        return
    named = {name[:1].lower() + name[1:]: value for name, value in node.items()}
    if "ipProtocol" in named or "fromPort" in named:
        ports = tuple(str(named.get(name, "")) for name in ("ipProtocol", "fromPort", "toPort"))  # type: ignore[assignment]  # three names, three texts
    for name, value in named.items():
        if name in {"cidrIp", "cidrIpv4", "cidrIpv6"} and isinstance(value, str):
            yield ports, value
        else:
            yield from _ranges(value, ports, depth + 1)


def _port_words(ports: Ports) -> str:
    protocol, first, last = ports
    if protocol == "-1":
        return "Every port"
    if not first:
        return "A rule"
    span = first if first == last else f"{first}-{last}"
    return f"{'Port' if first == last else 'Ports'} {span}/{protocol}".rstrip("/")


def shared(*path: str) -> Callable[[Call], Seen | None]:
    """A copy of data given to everyone (`all`) or to other accounts, at this path of the parameters."""

    def look(call: Call) -> Seen | None:
        added: Any = call.request_parameters
        for name in path:
            added = added.get(name) if isinstance(added, dict) else None
        to = list(_texts(added))
        if "all" in to:
            return Seen("Everyone may copy it")
        names = ", ".join(f"account {one}" if one.isdigit() else one for one in to[:5])
        return Seen(f"Shared with {names}", Severity.MEDIUM) if to else None

    return look


def lambda_for_strangers(call: Call) -> Seen | None:
    """A function that anyone or another account may call; AWS's own services are no strangers."""
    who = str(call.request_parameters.get("principal") or "")
    if who == "*":
        bounded = any(call.request_parameters.get(name) for name in ("sourceAccount", "principalOrgID"))
        return None if bounded else Seen("Anyone may call it", Severity.HIGH)
    account = next((part for part in who.split(":") if len(part) == _ACCOUNT_DIGITS and part.isdigit()), None)
    return Seen(f"Account {account} may call it") if account and account != call.account else None


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def _texts(node: Any, depth: int = 0) -> Iterator[str]:
    """Every text inside."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list) and depth <= _DEEPEST:
        for value in node.values() if isinstance(node, dict) else node:
            yield from _texts(value, depth + 1)
