"""The EventBridge rules: one for each pattern of each source, at home to the queue, from elsewhere to home's bus.

CloudTrail's rule states and the one hop between buses: docs, Amazon EventBridge user guide
(eb-service-event-cloudtrail, eb-cross-region, eb-cross-account).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.source import Source
from bot.deploy.cloudformation import arn, document, either, resource, sub
from bot.deploy.names import HOME_BUS

_CALL = "AWS API Call via CloudTrail"
_OWN = {
    "source": ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    "detail": {"alarmName": [{"prefix": sub("${Name}-")}], "state": {"value": ["ALARM", "OK"]}},
}
"""The alarms of this template, which are about the way the events take."""


def patterns(sources: Sequence[Source]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sources' patterns by the names of their rules: `guardduty`, `cloudtrail-1`, `cloudtrail-2`."""
    for source in sources:
        made, name = source.patterns(), source.name.replace("_", "-")
        yield from ((f"{name}-{n}" if len(made) > 1 else name, pattern) for n, pattern in enumerate(made, 1))


def logical_id(name: str) -> str:
    """`RuleCloudtrail1` for `cloudtrail-1`."""
    return "Rule" + "".join(part.capitalize() for part in name.split("-"))


def rules(sources: Sequence[Source]) -> dict[str, Any]:
    """The rules, and the role they are carried home by."""
    told = {logical_id(name): _rule(name, pattern) for name, pattern in patterns(sources)}
    return {"CarryHomeRole": _role(), **told, logical_id("own"): _rule("own", _OWN)}


def rule_arns(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """The ARNs of all rules by their names: who may send to a queue must stand there before the rule does."""
    names = [name for name, _ in patterns(sources)]
    text = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${Name}-"
    return [sub(text + name) for name in [*names, "own"]]


def reads_too(pattern: dict[str, Any]) -> bool:
    """Whether it means calls that only read as well: calls whose names it does not name."""
    return _CALL in pattern["detail-type"] and "eventName" not in pattern.get("detail", {})


def _rule(name: str, pattern: dict[str, Any]) -> dict[str, Any]:
    state = (
        either("RootReads", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", "ENABLED")
        if reads_too(pattern)
        else "ENABLED"
    )
    dead = {"DeadLetterConfig": {"Arn": arn("Undelivered")}}
    home = {"Id": "queue", "Arn": arn("Queue"), **dead}
    away = {"Id": "home", "Arn": HOME_BUS, "RoleArn": arn("CarryHomeRole"), **dead}
    return resource(
        "Events::Rule",
        {
            "Name": sub(f"${{Name}}-{name}"),
            # Names the queue's policy so that it is made before: DependsOn takes nothing that is at home only.
            "Description": either(
                "AtHome", sub(f"To Noroshi: {name} (by ${{QueuePolicy}})"), f"To Noroshi's home: {name}"
            ),
            "State": state,
            "EventPattern": pattern,
            "Targets": [either("AtHome", home, away)],
        },
        after=("UndeliveredPolicy",),
    )


def _role() -> dict[str, Any]:
    trusted = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    carry = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": HOME_BUS}
    return resource(
        "IAM::Role",
        {
            "Description": "EventBridge carries Noroshi's events to the home region with it",
            "AssumeRolePolicyDocument": document(trusted),
            "Policies": [{"PolicyName": "carry-home", "PolicyDocument": document(carry)}],
        },
        condition="Away",
    )
