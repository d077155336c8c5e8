"""The group `web-prod` as Config tells of it: the thief opens port 22, somebody closes it, and a rule sees both.

https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
"""

from datetime import datetime, timedelta

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration import Configured, configuration_items
from bot.embedded.incident.configuration.group_item import ANYBODY, permission, rule_call
from bot.embedded.incident.configuration.groups import web_group
from bot.embedded.incident.configuration.hands import Step, records_of, signed_in
from bot.embedded.incident.configuration.item import instant
from bot.embedded.incident.news.envelope import Json, OnBus, event
from bot.embedded.incident.story import Incident

RULE = "restricted-ssh"
_SSH = 22


def opened(incident: Incident) -> tuple[OnBus, ...]:
    """The item with port 22 in it, as the recorder took it."""
    before, after = _web_prod(incident)[-2:]
    return (OnBus(_change(before, after)),)


def closed(incident: Incident, at: datetime) -> tuple[OnBus, ...]:
    """The item without it, taken now, minutes after Mika's call; Config has to keep it, and CloudTrail the call."""
    before = _web_prod(incident)[-1]
    kept = [each for each in _permissions(before) if each.get("fromPort") != _SSH]
    after = Configured(
        before.place,
        before.item
        | {
            "configurationItemCaptureTime": at,
            "configurationStateId": str(round(at.timestamp() * 1000)),
            "configuration": before.item["configuration"] | {"ipPermissions": kept},
        },
    )
    revoked = rule_call(
        signed_in(incident, "mika", agent=CLI),
        web_group(incident),
        "RevokeSecurityGroupIngress",
        permission(_SSH, ANYBODY),
    )
    steps = iter([Step(at - timedelta(minutes=3), revoked)])
    (call,) = records_of(incident, f"closed/{at.isoformat()}", steps)
    return (OnBus(_change(before, after), after, call),)


def broken(incident: Incident) -> tuple[OnBus, ...]:
    """The rule sees the open group, half a minute after the item."""
    at = _web_prod(incident)[-1].captured + timedelta(seconds=34)
    return (OnBus(_compliance(incident, at, ("COMPLIANT", "NON_COMPLIANT"), before=_tended(incident))),)


def kept_again(incident: Incident, at: datetime) -> tuple[OnBus, ...]:
    """The rule sees that it is closed."""
    was = _web_prod(incident)[-1].captured + timedelta(seconds=34)
    return (OnBus(_compliance(incident, at, ("NON_COMPLIANT", "COMPLIANT"), before=was)),)


def _web_prod(incident: Incident) -> list[Configured]:
    mine = incident.security_group_id
    return [each for each in configuration_items(incident) if each.item["resourceId"] == mine]


def _tended(incident: Incident) -> datetime:
    """When the rule looked at the group before: after the item before the thief's."""
    return _web_prod(incident)[-2].captured + timedelta(seconds=31)


def _permissions(of: Configured) -> list[Json]:
    permissions: list[Json] = of.item["configuration"]["ipPermissions"]
    return permissions


def _change(before: Configured, after: Configured) -> Json:
    old, new = _permissions(before), _permissions(after)
    gone = {_path(old, each): _property(each, None) for each in old if each not in new}
    come = {_path(new, each): _property(None, each) for each in new if each not in old}
    detail = {
        "recordVersion": "1.3",
        "messageType": "ConfigurationItemChangeNotification",
        "configurationItemDiff": {"changeType": "UPDATE", "changedProperties": gone | come},
        "notificationCreationTime": instant(after.captured + timedelta(seconds=1)),
        "configurationItem": _item(after),
    }
    at = after.captured + timedelta(seconds=1)
    return event("aws.config", "Config Configuration Item Change", after.place, at, detail)


def _path(rules: list[Json], rule: Json) -> str:
    return f"Configuration.IpPermissions.{rules.index(rule)}"


def _property(before: Json | None, after: Json | None) -> Json:
    return {
        "previousValue": before,
        "updatedValue": after,
        "changeType": "DELETE" if after is None else "CREATE",
    }


def _item(of: Configured) -> Json:
    """The item under an event's names, which are not all those of the API."""
    held = dict(of.item)
    renamed = {
        "configurationItemVersion": held.pop("version"),
        "awsAccountId": held.pop("accountId"),
        "configurationStateMd5Hash": held.pop("configurationItemMD5Hash"),
        "ARN": held.pop("arn"),
        "configurationItemCaptureTime": instant(of.captured),
        "configurationStateId": int(held["configurationStateId"]),
        "relationships": [
            {
                "resourceId": each["resourceId"],
                "resourceType": each["resourceType"],
                "name": each["relationshipName"],
            }
            for each in held["relationships"]
        ],
    }
    return held | renamed


def _compliance(incident: Incident, at: datetime, verdicts: tuple[str, str], *, before: datetime) -> Json:
    place = Place(incident.prod.id, incident.home_region)
    was, now = verdicts
    number = incident.hexadecimal(f"rule/{RULE}", 6)
    detail = {
        "resourceId": incident.security_group_id,
        "awsRegion": place.region,
        "awsAccountId": place.account_id,
        "configRuleName": RULE,
        "recordVersion": "1.0",
        "configRuleARN": f"arn:aws:config:{place.region}:{place.account_id}:config-rule/config-rule-{number}",
        "messageType": "ComplianceChangeNotification",
        "newEvaluationResult": _result(incident, now, at),
        "oldEvaluationResult": _result(incident, was, before),
        "notificationCreationTime": instant(at),
        "resourceType": "AWS::EC2::SecurityGroup",
    }
    return event("aws.config", "Config Rules Compliance Change", place, at, detail)


def _result(incident: Incident, verdict: str, at: datetime) -> Json:
    qualifier = {
        "configRuleName": RULE,
        "resourceType": "AWS::EC2::SecurityGroup",
        "resourceId": incident.security_group_id,
    }
    return {
        "evaluationResultIdentifier": {
            "evaluationResultQualifier": qualifier,
            "orderingTimestamp": instant(at),
        },
        "complianceType": verdict,
        "resultRecordedTime": instant(at),
        "configRuleInvokedTime": instant(at),
    }
