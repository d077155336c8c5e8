"""Findings to put into the stand-in, and what GuardDuty lists of them."""

import json
from typing import Any

from bot.embedded.aws import HOME, PROD


def finding(finding_id: str, account: str = PROD.id, region: str = HOME, **more: Any) -> dict[str, Any]:
    """A finding's detail; `more` are fields of it, but for `archived` and `count`, which are its service's."""
    service = {name: more.pop(name) for name in ("archived", "count", "action") if name in more}
    return {
        "schemaVersion": "2.0",
        "accountId": account,
        "region": region,
        "partition": "aws",
        "id": finding_id,
        "arn": f"arn:aws:guardduty:{region}:{account}:detector/d/finding/{finding_id}",
        "type": "UnauthorizedAccess:IAMUser/TorIPCaller",
        "severity": 8,
        "createdAt": "2026-09-08T01:00:00.000Z",
        "updatedAt": "2026-09-08T01:00:00.000Z",
        "resource": {"resourceType": "AccessKey", "accessKeyDetails": {"accessKeyId": "AKIAEXAMPLE"}},
        "service": {"archived": False, "count": 3} | service,
    } | more


def asking(world: Any, account: Any = PROD, region: str = HOME) -> tuple[Any, str]:
    """A client, and the id of the detector there."""
    client = world.client("guardduty", region, account)
    return client, client.list_detectors()["DetectorIds"][0]


def listed(world: Any, criterion: Any = None, account: Any = PROD, **more: Any) -> list[str]:
    """The ids that meet the criteria."""
    client, detector = asking(world, account)
    found = client.list_findings(DetectorId=detector, FindingCriteria={"Criterion": criterion or {}}, **more)
    return list(found["FindingIds"])


def drained(world: Any) -> list[dict[str, Any]]:
    """The events that reached the queue, which is empty then."""
    sqs, queue, told = world.client("sqs"), world.seeded.queue_url, []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for each in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
            told.append(json.loads(each["Body"]))
    return told
