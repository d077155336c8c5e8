"""Who may tell: the statements that let AWS's tellers of money publish, and a topic send to a queue.

Docs: CloudWatch, AWS Budgets and Cost Anomaly Detection, each "Amazon SNS topic policies"; SNS developer guide,
Subscribing an SQS queue.
"""

import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

SENDERS = {"Budgets": "budgets", "CostAnomalies": "costalerts", "CloudWatch": "cloudwatch"}
"""By a name of ours for the statement."""
PUBLISH, SEND = "sns:Publish", "sqs:SendMessage"

Statement = dict[str, Any]


def publishing(sids: Iterable[str], topic_arn: str, account_id: str) -> list[Statement]:
    """What lets these of SENDERS publish to a topic, of this account alone: others may not speak through them."""
    this_account = {"StringEquals": {"aws:SourceAccount": account_id}}
    return [_allow(sid, SENDERS[sid], PUBLISH, topic_arn, this_account) for sid in sids]


def sending(queue_arn: str, topic_arn: str) -> Statement:
    """What lets this one topic send to a queue."""
    return _allow("Bill", "sns", SEND, queue_arn, {"ArnEquals": {"aws:SourceArn": topic_arn}})


def document(statements: Iterable[Statement]) -> str:
    """A whole policy, as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def read(policy: str) -> Mapping[str, Any]:
    """A policy that AWS gave; empty where there is none."""
    found = json.loads(policy) if policy else {}
    return found if isinstance(found, dict) else {}


def lets(policy: Mapping[str, Any], sender: str, action: str, account_id: str, source: str = "") -> bool:
    """Whether a statement lets this service in for what comes from `source` (an ARN) of this account.

    A condition that I don't know counts as one that does not.
    """
    return any(
        statement.get("Effect") == "Allow"
        and _names(statement.get("Principal"), f"{sender}.amazonaws.com")
        and any(fnmatchcase(action.lower(), each.lower()) for each in _list(statement.get("Action")))
        and _holds(statement.get("Condition") or {}, account_id, source)
        for statement in _list(policy.get("Statement"))
        if isinstance(statement, dict)
    )


def _names(principal: Any, service: str) -> bool:
    if isinstance(principal, dict):
        return service in _list(principal.get("Service")) or "*" in _list(principal.get("AWS"))
    return bool(principal == "*")


def _holds(condition: Mapping[str, Any], account_id: str, source: str) -> bool:
    for pairs in condition.values():
        for key, values in pairs.items() if isinstance(pairs, dict) else ():
            wanted = {"aws:sourceaccount": account_id, "aws:sourcearn": source}.get(key.lower())
            # Whose own ARN is not known yet (an alarm, a monitor to come) is any of its account.
            if wanted is None or (wanted and not any(fnmatchcase(wanted, each) for each in _list(values))):
                return False
    return True


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _allow(sid: str, sender: str, action: str, resource: str, condition: Mapping[str, Any]) -> Statement:
    principal = {"Service": f"{sender}.amazonaws.com"}
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Resource": resource,
        "Condition": dict(condition),
    }
