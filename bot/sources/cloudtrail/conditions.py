"""What must be true of a call before it is worth an alert; each looks at one kind of call's parameters.

The shapes are as CloudTrail writes them (reference: delivery §4): EC2's lists stand in `items`, newer EC2
APIs under their request's name in capitals, booleans sometimes as text.
"""

from collections.abc import Callable, Iterator
from typing import Any

from bot.core.severity import Severity
from bot.core.spoken import resource_kind, some
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
_BY_ACL = {"ObjectWriter", "BucketOwnerPreferred"}
_DEEPEST = 12
"""Deeper than any API's parameters; whatever lies below is not looked at."""


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


def no_insights(call: Call) -> Seen | None:
    """An empty choice; the console sends one too."""
    return Seen() if call.request_parameters.get("insightSelectors") == [] else None


def narrower(call: Call) -> Seen | None:
    """A recorder that no longer records every type."""
    recorder = call.request_parameters.get("configurationRecorder")
    group = recorder.get("recordingGroup") if isinstance(recorder, dict) else None
    if not isinstance(group, dict) or _true(group.get("allSupported", True)):
        return None
    left_out = group.get("exclusionByResourceTypes")
    kinds = list(texts(left_out.get("resourceTypes"))) if isinstance(left_out, dict) else []
    return Seen(f"Left out: {some([resource_kind(kind) for kind in kinds], 5)}" if kinds else "")


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
    canned = next((_CANNED[name] for name in texts(asked.get("x-amz-acl")) if name in _CANNED), None)
    if canned:
        return Seen(canned)
    grants = [text for name, value in asked.items() if "grant" in name.lower() for text in texts(value)]
    said = [*texts(asked.get("AccessControlPolicy")), *grants]
    groups = {who for text in said for group, who in _GROUPS.items() if f"groups/global/{group}" in text}
    return Seen(f"Grants access to {min(groups, key=len)}") if groups else None


def owner_by_acl(call: Call) -> Seen | None:
    """Ownership that lets ACLs decide again."""
    told = [text for text in texts(call.request_parameters.get("OwnershipControls")) if text in _BY_ACL]
    return Seen("Its ACL decides again who may reach it") if told else None


def lifted_block(call: Call) -> Seen | None:
    """A public access block with one of its four parts off."""
    block = call.request_parameters.get("PublicAccessBlockConfiguration")
    if not isinstance(block, dict):
        return UNSEEN
    off = [words for name, words in _BLOCKS.items() if not _true(block.get(name, False))]
    return Seen(f"No longer blocked: {', '.join(off)}") if off else None


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def texts(node: Any, depth: int = 0) -> Iterator[str]:
    """Every text inside."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list) and depth <= _DEEPEST:
        for value in node.values() if isinstance(node, dict) else node:
            yield from texts(value, depth + 1)
