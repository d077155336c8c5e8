"""Calls as EventBridge brings them, all of one user unless a test says otherwise."""

import json
from pathlib import Path

from bot.core.alert import Quiet
from bot.core.event import Event
from bot.core.text import plain
from bot.pipeline.reading import unwrap
from bot.sources.cloudtrail import alert

EVENTS = Path(__file__).parents[2] / "events/cloudtrail"
FIRES = json.loads((EVENTS / "fires.json").read_text())
ROOT = {"type": "Root", "arn": "arn:aws:iam::111122223333:root", "accountId": "111122223333"}
SSO = {
    "type": "AssumedRole",
    "arn": "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/mika.sato",
    "accountId": "111122223333",
}


def call(service, name, parameters=None, **changes):
    """A call by user backup, as EventBridge brings it."""
    detail = FIRES["detail"] | {
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "requestParameters": parameters,
        "responseElements": None,
    }
    return unwrap(json.dumps(FIRES | {"detail": detail | changes}))


def sign_in(identity, result="Success", mfa="No"):
    event = call(
        "signin",
        "ConsoleLogin",
        userIdentity=identity,
        eventType="AwsConsoleSignIn",
        responseElements={"ConsoleLogin": result},
        additionalEventData={"MFAUsed": mfa},
    )
    return Event("aws.signin", "AWS Console Sign In via CloudTrail", event.detail, account_id="111122223333")


def fired(event):
    """The alert, or None for a call that is quiet."""
    found = alert(event)
    return None if isinstance(found, Quiet) else found


def told(event):
    found = fired(event)
    return found and (found.severity.value, found.title)


def lines(found):
    return [plain(line) for line in found.story]
