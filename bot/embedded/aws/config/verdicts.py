"""How compliance changed over time: the resource type in which Config records what its rules made of another.

https://docs.aws.amazon.com/config/latest/developerguide/how-does-config-work.html and the schema of
AWS::Config::ResourceCompliance in https://github.com/awslabs/aws-config-resource-schema.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.embedded.aws.config.rules import Evaluation, Rule

COMPLIANCE = "AWS::Config::ResourceCompliance"

_LATER = timedelta(seconds=24, milliseconds=806)  # after the item that the rules looked at

Item = Mapping[str, Any]


def evaluated_by(resource: tuple[str, str]) -> tuple[str, str]:
    """The resource (type and id) under which the compliance of another is recorded."""
    kind, ident = resource
    return COMPLIANCE, f"{kind}/{ident}"


def verdicts(place: tuple[str, str], rules: Sequence[Rule], items: Iterable[Item]) -> list[dict[str, Any]]:
    """The items of a resource's compliance from its own, oldest first: one for each change of any rule's word."""
    told: list[dict[str, Any]] = []
    said: Any = None
    for item in items:
        if item.get("configuration") is None:
            told += [_item(item, "ResourceDeleted", None)] if said is not None else []
            said = None
            continue
        now = _said(place, [Evaluation(rule, item) for rule in rules if rule.evaluates(item)])
        if now["configRuleList"] and now != said:
            # Who was deleted and is there again is discovered again.
            told.append(_item(item, "ResourceDiscovered" if said is None else "OK", now))
            said = now
    return told


def _said(place: tuple[str, str], results: Sequence[Evaluation]) -> dict[str, Any]:
    broken = any(each.compliance == "NON_COMPLIANT" for each in results)
    listed = [
        {
            "configRuleArn": each.rule.arn(place),
            "configRuleId": each.rule.ident(place),
            "configRuleName": each.rule.name,
            "complianceType": each.compliance,
        }
        for each in results
    ]
    return {"complianceType": "NON_COMPLIANT" if broken else "COMPLIANT", "configRuleList": listed}


def _item(item: Item, status: str, said: dict[str, Any] | None) -> dict[str, Any]:
    kind, ident = item["resourceType"], item["resourceId"]
    at = item["configurationItemCaptureTime"] + _LATER
    target = {"targetResourceId": ident, "targetResourceType": kind}
    related = {"resourceType": kind, "resourceId": ident, "relationshipName": "Is associated with "}
    return {
        "version": "1.3",
        "accountId": item.get("accountId"),
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "configurationItemMD5Hash": "",
        "relatedEvents": [],
        "resourceType": COMPLIANCE,
        "resourceId": evaluated_by((kind, ident))[1],
        "awsRegion": item.get("awsRegion"),
        "tags": {},
        "relationships": [related] if said else [],
        "configuration": target | said if said else None,
        "supplementaryConfiguration": {},
    }
