"""CloudFormation's own words as values, in their long form (docs: CloudFormation, Intrinsic functions)."""

from collections.abc import Mapping, Sequence
from typing import Any

NOTHING = {"Ref": "AWS::NoValue"}
"""A property that is as if it had not been written."""


def ref(name: str) -> dict[str, Any]:
    """A parameter's value, or what a resource calls itself."""
    return {"Ref": name}


def arn(resource: str) -> dict[str, Any]:
    """A resource's ARN."""
    return {"Fn::GetAtt": [resource, "Arn"]}


def sub(text: str, **values: Any) -> dict[str, Any]:
    """A text with `${holes}`: parameters, pseudo parameters, and `values`."""
    return {"Fn::Sub": [text, values] if values else text}


def either(condition: str, yes: Any, no: Any = NOTHING) -> dict[str, Any]:
    """The one where the condition holds, the other where it does not."""
    return {"Fn::If": [condition, yes, no]}


def resource(
    kind: str,
    properties: Mapping[str, Any],
    *,
    condition: str = "",
    after: Sequence[str] = (),
    holds: bool = False,
) -> dict[str, Any]:
    """A resource; made only where the condition holds, and not before those it comes `after`.

    One that `holds` something goes with its stack, but a change that would replace it leaves it there.
    """
    made: dict[str, Any] = {"Type": f"AWS::{kind}"}
    if condition:
        made["Condition"] = condition
    if after:
        made["DependsOn"] = list(after)
    if holds:
        made |= {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Retain"}
    return made | {"Properties": dict(properties)}


def document(*statements: Mapping[str, Any]) -> dict[str, Any]:
    """A policy of these statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def service(
    sid: str, name: str, actions: str | list[str], resource: Any, condition: Mapping[str, Any]
) -> dict[str, Any]:
    """A statement that lets a service of AWS do something, on the condition."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": f"{name}.amazonaws.com"},
        "Action": actions,
        "Resource": resource,
        "Condition": dict(condition),
    }
