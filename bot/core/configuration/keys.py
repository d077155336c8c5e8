"""By what the elements of AWS's lists are told apart, and which lists have an order that means something.

Describe calls give lists in any order. Names are compared without regard to case: the same field is `policyArn` in
one type's items and `PolicyArn` in another's.
"""

from collections.abc import Mapping
from typing import Any

_IDENTIFYING = (
    "sid",
    "id",
    "arn",
    "policyArn",
    "policyName",
    "versionId",
    "networkInterfaceId",
    "deviceName",
    "vpcSecurityGroupId",
    "securityGroupId",
    "groupId",
    "routeTableAssociationId",
    "networkAclAssociationId",
    "associationId",
    "allocationId",
    "instanceId",
    "volumeId",
    "instanceProfileId",
    "subnetId",
    "zoneName",
    "privateIpAddress",
    "ipv6Address",
    "cidrBlock",
    "ipv6CidrBlock",
    "listenerArn",
    "ruleArn",
    "targetGroupArn",
    "loadBalancerArn",
    "loadBalancerName",
    "certificateArn",
    "functionArn",
    "roleArn",
    "topicArn",
    "queueArn",
    "streamArn",
    "snapshotId",
    "sourceVolume",
    "userName",
    "groupName",
    "roleName",
    "instanceProfileName",
    "dBParameterGroupName",
    "dBSecurityGroupName",
    "optionGroupName",
    "dBInstanceIdentifier",
    "dBClusterIdentifier",
    "parameterName",
    "indexName",
    "attributeName",
    "capacityProvider",
    "containerName",
    "containerPath",
    "logicalResourceId",
    "exportName",
    "parameterKey",
    "outputKey",
    "domainName",
    "processName",
    "metric",
    "metricName",
    "logType",
    "regionName",
    "ruleId",
    "vpcId",
    "name",
    "key",
)
"""What tells the elements of a list apart, the surest first; of an element's fields the first that all have."""
_ORDERED = {
    "command",
    "entrypoint",
    "args",
    "arguments",
    "commands",
    "layers",
    "corsrules",
    "rules of bucketcrossoriginconfiguration",
    "routingrules",
    "items of cachebehaviors",
    "cachebehaviors",
    "terminationpolicies",
    "placementstrategy",
    "placementstrategies",
    "stages",
    "steps",
    "defaultactions",
    "domainnameservers",
    "texttransformations",
}
_NAMED = {
    "configurations",
    "variables",
    "stagevariables",
    "dockerlabels",
    "labels",
    "dimensions",
    "rules of bucketreplicationconfiguration",
}
"""Objects whose fields are names that somebody gave."""
_DOCUMENTS = {"definition", "definitionstring", "templatebody", "content", "buildspec", "dashboardbody"}
"""Programs and templates of the customer's, opened: every list in them keeps its order."""


def is_ordered(name: str, parent: str) -> bool:
    """Whether a list's order means something: what is run, tried or matched one after the other."""
    return _is_in(_ORDERED, name, parent)


def is_named(name: str, parent: str) -> bool:
    """Whether the fields of an object are no fields but names that somebody gave."""
    return _is_in(_NAMED, name, parent)


def is_document(name: str) -> bool:
    """Whether it is a program or a template, in which every order means something."""
    return name.lower() in _DOCUMENTS


def natural(elements: list[Mapping[str, Any]]) -> list[str] | None:
    """A key for each of the list's elements, None where they have no field in common that tells them apart."""
    small = [{name.lower(): value for name, value in one.items()} for one in elements]
    for name in _IDENTIFYING:
        keys = [_text(one.get(name.lower())) for one in small]
        if all(keys):
            return keys
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _is_in(names: set[str], name: str, parent: str) -> bool:
    small = name.lower()
    return small in names or f"{small} of {parent.lower()}" in names
