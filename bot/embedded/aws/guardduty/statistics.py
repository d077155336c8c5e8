"""GetFindingsStatistics: how many findings there are, by one thing.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindingsStatistics.html
AWS's reference does not say by which time a finding is "generated" on a date: here it is its last update.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.attributes import Finding, values

_GROUPS, _MOST = 25, 100
_NAMES = {
    "Container": "containerDetails.id",
    "ECSCluster": "ecsClusterDetails.name",
    "EKSCluster": "eksClusterDetails.name",
    "Instance": "instanceDetails.instanceId",
    "KubernetesCluster": "kubernetesDetails.kubernetesWorkloadDetails.name",
    "Lambda": "lambdaDetails.functionName",
    "RDSDBInstance": "rdsDbInstanceDetails.dbInstanceIdentifier",
    "S3Bucket": "s3BucketDetails.name",
    "S3Object": "s3BucketDetails.name",
}
"""Where a type of resource has its id; of any other it is the access key's."""
Group = dict[str, Any]


def statistics(found: Sequence[Finding], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer for findings that meet the criteria; raises BadRequest for none or two things to count by."""
    group, older = asked.get("GroupBy"), asked.get("FindingStatisticTypes")
    if bool(group) == bool(older):
        raise BadRequest(
            "The request is rejected because exactly one of groupBy and findingStatisticTypes is needed."
        )
    if older:
        return {"CountBySeverity": dict(Counter(str(float(each["severity"])) for each in found))}
    if group not in _BY:
        raise BadRequest("The request is rejected because the parameter groupBy has an invalid value.")
    most, name = int(asked.get("MaxResults") or _GROUPS), _BY[group][0]
    if not 1 <= most <= _MOST:
        raise BadRequest("The request is rejected because maxResults is out of bounds.")
    groups = list(_counted(found, _BY[group][1]))
    order = "Date" if group == "DATE" else "TotalFindings"
    groups.sort(key=lambda each: each[order], reverse=asked.get("OrderBy") != "ASC")
    return {name: groups[:most]}


def _counted(found: Sequence[Finding], of: Callable[[Finding], Iterator[Group]]) -> Iterator[Group]:
    grouped: dict[tuple[tuple[str, Any], ...], list[datetime]] = defaultdict(list)
    for each in found:
        for group in of(each):
            grouped[tuple(group.items())].append(_at(each))
    for key, seen in grouped.items():
        yield dict(key) | {"TotalFindings": len(seen), "LastGeneratedAt": max(seen)}


def _dates(finding: Finding) -> Iterator[Group]:
    day = datetime.combine(_at(finding).date(), time(), UTC)
    yield {"Date": day, "Severity": float(finding["severity"])}


def _resources(finding: Finding) -> Iterator[Group]:
    kind = str(finding["resource"].get("resourceType", ""))
    for name in dict.fromkeys(values(finding["resource"], _NAMES.get(kind, "accessKeyDetails.accessKeyId"))):
        yield {"AccountId": finding["accountId"], "ResourceType": kind, "ResourceId": name}


def _at(finding: Finding) -> datetime:
    return datetime.fromisoformat(str(finding["updatedAt"])).astimezone(UTC)


_BY: dict[str, tuple[str, Callable[[Finding], Iterator[Group]]]] = {
    "ACCOUNT": ("GroupedByAccount", lambda each: iter([{"AccountId": each["accountId"]}])),
    "DATE": ("GroupedByDate", _dates),
    "FINDING_TYPE": ("GroupedByFindingType", lambda each: iter([{"FindingType": each["type"]}])),
    "RESOURCE": ("GroupedByResource", _resources),
    "SEVERITY": ("GroupedBySeverity", lambda each: iter([{"Severity": float(each["severity"])}])),
}
