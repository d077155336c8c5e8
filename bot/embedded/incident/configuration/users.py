"""IAM users: recorded in one region only, under their unique id, without their access keys."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.item import Configured, configured, instant, recording_since
from bot.embedded.incident.story import Incident

_MADE = datetime(2022, 6, 14, 7, 31, 2, tzinfo=UTC)


def users(incident: Incident) -> Iterator[Configured]:
    """User `backup`, unchanged since it was discovered: a second key is no change that Config sees."""
    ident = incident.unique_id("AIDA", f"user/{incident.leaked_user}")
    configuration = {
        "path": "/",
        "userName": incident.leaked_user,
        "userId": ident,
        "arn": incident.leaked_user_arn,
        "createDate": instant(_MADE),
        "userPolicyList": [{"policyName": "nightly-backup", "policyDocument": _policy(incident)}],
        "groupList": [],
        "attachedManagedPolicies": [],
        "tags": [],
    }
    said = {
        "arn": incident.leaked_user_arn,
        "awsRegion": "global",
        "resourceName": incident.leaked_user,
        "configurationItemStatus": "ResourceDiscovered",
        "resourceCreationTime": _MADE,
        "configuration": configuration,
    }
    place = Place(incident.prod.id, incident.home_region)
    at = recording_since(incident) + timedelta(minutes=3, milliseconds=640)
    yield configured(place, ("AWS::IAM::User", ident), at, said)


def _policy(incident: Incident) -> str:
    """More than a backup needs, which is how the thief gets so far; Config percent-encodes it."""
    read = [f"{incident.payroll.arn}/{prefix}/*" for prefix in ("payslips", "runs")]
    everywhere = ["s3:List*", "s3:GetBucketLocation", "s3:PutObject"]
    everywhere += ["ec2:*", "iam:CreateAccessKey", "iam:ListAttachedUserPolicies"]
    statements = [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": read},
        {"Effect": "Allow", "Action": everywhere, "Resource": "*"},
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
    return quote(text, safe="")
