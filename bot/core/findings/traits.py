"""By what a suppression rule may know findings like this one.

The paths are those that a filter takes: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html.
The severity is none of them: a rule by it alone would hide what nobody has seen yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_MOST = 50
"""So many values a condition takes (docs: API_Condition)."""
_FAR: Final = tuple(
    f"service.action.{action}.remoteIpDetails."
    for action in (
        "awsApiCallAction",
        "networkConnectionAction",
        "portProbeAction.portProbeDetails",
        "kubernetesApiCallAction",
        "rdsLoginAttemptAction",
    )
)
_PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "type": ("type",),
    "account": ("accountId",),
    "resource": (
        "resource.s3BucketDetails.name",
        "resource.instanceDetails.instanceId",
        "resource.lambdaDetails.functionName",
        "resource.rdsDbInstanceDetails.dbInstanceIdentifier",
        "resource.eksClusterDetails.name",
        "resource.ecsClusterDetails.name",
        "resource.containerDetails.image",
        "resource.ec2ImageDetails.imageArn",
        "resource.ebsSnapshotDetails.snapshotArn",
    ),
    "user": ("resource.accessKeyDetails.userName", "resource.rdsDbUserDetails.user"),
    "key": ("resource.accessKeyDetails.accessKeyId",),
    "api": ("service.action.awsApiCallAction.api",),
    "address": (*(f"{each}ipAddressV4" for each in _FAR), *(f"{each}ipAddressV6" for each in _FAR)),
    "network": tuple(f"{each}organization.asnOrg" for each in _FAR),
    "port": (
        "service.action.networkConnectionAction.localPortDetails.port",
        "service.action.portProbeAction.portProbeDetails.localPortDetails.port",
    ),
    "domain": ("service.action.dnsRequestAction.domain",),
    "process": ("service.runtimeDetails.process.name",),
}
KEYS: Final = tuple(_PATHS)
"""What a trait may be called, in the order in which traits are offered."""
_LABELS: Final = {"address": "far address", "network": "far network", "port": "own port", "key": "access key"}


@dataclass(frozen=True, slots=True)
class Trait:
    """One of them: `key` is what people call it (`resource`), `path` GuardDuty's own word, `values` the finding's."""

    key: str
    path: str
    values: tuple[str, ...]

    @property
    def words(self) -> str:
        """`far address 198.51.100.7`."""
        return f"{_LABELS.get(self.key, self.key)} {', '.join(self.values)}"


def traits(detail: Mapping[str, Any]) -> tuple[Trait, ...]:
    """What this finding (camelCase) has of them; its type and account always."""
    return tuple(_found(detail))


def _found(detail: Mapping[str, Any]) -> Iterator[Trait]:
    for key, paths in _PATHS.items():
        for path in paths:
            values = tuple(dict.fromkeys(_values(detail, path.split("."))))[:_MOST]
            if values:
                yield Trait(key, path, values)
                break


def _values(found: Any, steps: Sequence[str]) -> Iterator[str]:
    """Lists on the way are looked into, as GuardDuty does."""
    if isinstance(found, list | tuple):
        for each in found:
            yield from _values(each, steps)
    elif steps and isinstance(found, Mapping):
        yield from _values(found.get(steps[0]), steps[1:])
    elif not steps and isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
        yield str(found)


def said(path: str) -> str:
    """What people call an attribute: `far address`; GuardDuty's own path where it is none of ours."""
    key = next((key for key, paths in _PATHS.items() if path in paths), "")
    return _LABELS.get(key, key) or path
