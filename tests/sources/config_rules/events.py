"""Config's events as EventBridge brings them, of one bucket and one security group."""

import copy
import json
from pathlib import Path

from bot.core.text import plain
from bot.pipeline.reading import unwrap

EVENTS = Path(__file__).parents[2] / "events/config_rules"
FIRES = json.loads((EVENTS / "fires.json").read_text())
TODAY = "2026-09-08T03:02:10.500Z"
OPEN_22 = {
    "ipProtocol": "tcp",
    "fromPort": 22,
    "toPort": 22,
    "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}],
    "ipRanges": ["0.0.0.0/0"],
    "ipv6Ranges": [],
    "userIdGroupPairs": [],
    "prefixListIds": [],
}
CLOSED_443 = OPEN_22 | {
    "fromPort": 443,
    "toPort": 443,
    "ipv4Ranges": [{"cidrIp": "10.0.0.0/8"}],
    "ipRanges": [],
}


def ruled(new="NON_COMPLIANT", old=None, *, annotation=None, **changes):
    """A compliance change; `old` None is a first evaluation."""
    detail = copy.deepcopy(FIRES["detail"]) | changes
    detail["newEvaluationResult"] |= {"complianceType": new, "annotation": annotation}
    if old is None:
        del detail["oldEvaluationResult"]
    else:
        detail["oldEvaluationResult"]["complianceType"] = old
    return unwrap(json.dumps(FIRES | {"detail": detail}))


def change(properties=None, *, how="UPDATE", status="OK", kind="AWS::EC2::SecurityGroup", **item):
    """A configuration item's change, as EventBridge carries it."""
    held = {
        "awsAccountId": "111122223333",
        "awsRegion": "eu-west-1",
        "resourceType": kind,
        "resourceId": "sg-0a1b2c3d",
        "resourceName": "web-prod",
        "configurationItemStatus": status,
        "configurationItemCaptureTime": TODAY,
        "configuration": {"ipPermissions": []},
    } | item
    detail = {
        "messageType": "ConfigurationItemChangeNotification",
        "configurationItem": held,
        "configurationItemDiff": {"changeType": how, "changedProperties": properties or {}},
    }
    return unwrap(json.dumps(FIRES | {"detail-type": "Config Configuration Item Change", "detail": detail}))


def was_is(before, after):
    return {"previousValue": before, "updatedValue": after, "changeType": "UPDATE"}


def story(told):
    return [plain(line) for line in told.story]
