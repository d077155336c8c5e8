"""A finding's type in words, by its grammar (docs: GuardDuty finding format)."""

import re
from dataclasses import dataclass

from bot.core.words import spaced

_TYPE = re.compile(
    r"(?P<purpose>[A-Za-z]+):(?P<on>[A-Za-z0-9]+)/(?P<family>[^.!]+)(?:\.(?P<mechanism>[^!]+))?(?:!(?P<artifact>.+))?"
)
USERS = {
    "IAMUser": "user",
    "AssumedRole": "role",
    "Role": "role",
    "FederatedUser": "federated user",
    "AWSAccount": "account",
}
"""The types of principals that findings name, as people say them."""
_ON = {"IAMUser": "IAM", "EC2": "EC2", "S3": "S3", "RDS": "RDS", "EKS": "EKS", "ECS": "ECS"}


@dataclass(frozen=True, slots=True)
class Kind:
    """`Backdoor:EC2/C&CActivity.B!DNS` in its parts; `mechanism` and `artifact` are often empty."""

    purpose: str
    on: str
    family: str
    mechanism: str
    artifact: str


def kind(finding_type: str) -> Kind | None:
    """The type's parts, or None for what does not follow the grammar."""
    found = _TYPE.fullmatch(finding_type)
    return Kind(**{name: part or "" for name, part in found.groupdict().items()}) if found else None


def kind_in_words(finding_type: str) -> str:
    """`UnauthorizedAccess:IAMUser/TorIPCaller` as `Unauthorized access on IAM: Tor IP caller`."""
    parts = kind(finding_type)
    if parts is None:
        return spaced(finding_type)
    details = ", ".join(spaced(part) for part in (parts.mechanism, parts.artifact) if len(part) > 1)
    on = _ON.get(parts.on, spaced(parts.on))
    return f"{spaced(parts.purpose)} on {on}: {spaced(parts.family)}{f' ({details})' if details else ''}"
