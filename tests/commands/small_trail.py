"""A handful of calls as CloudTrail records them, in a folder, and the ports over it."""

import gzip
import json
from datetime import UTC, datetime
from itertools import count

from bot.adapters.duckdb.engine import DuckdbEngine
from tests.core.coverage.trails import a_trail, these

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ACCOUNT = "111122223333"
_NUMBERS = count(1)


def user(name, key="AKIAEXAMPLEUSERUSER1", **more):
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    return {"type": "IAMUser", "principalId": "AIDAX", "arn": arn, "accountId": ACCOUNT, "accessKeyId": key, "userName": name} | more  # fmt: skip


def role(name, session, key, began="2026-09-08T09:00:00Z", **context):
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    issuer = {"type": "Role", "principalId": "AROAX", "arn": arn, "accountId": ACCOUNT, "userName": name}
    attributes = {"creationDate": began, "mfaAuthenticated": "false"} if began else {}
    return {
        "type": "AssumedRole",
        "principalId": f"AROAX:{session}",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}",
        "accountId": ACCOUNT,
        "accessKeyId": key,
        "sessionContext": {"sessionIssuer": issuer, "attributes": attributes} | context,
    }


def call(who, name="s3:ListBuckets", at="2026-09-08T10:00:00Z", **fields):
    service, _, event = name.partition(":")
    return {
        "eventVersion": "1.11",
        "userIdentity": who,
        "eventTime": at,
        "eventSource": f"{service}.amazonaws.com",
        "eventName": event,
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "192.0.2.7",
        "userAgent": "[aws-cli/2.15]",
        "requestParameters": None,
        "responseElements": None,
        "eventID": f"00000000-0000-4000-8000-{next(_NUMBERS):012}",
        "readOnly": True,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": ACCOUNT,
        "eventCategory": "Management",
    } | fields


def made(who, key, at="2026-09-08T09:00:00Z", name="sts:AssumeRole", **fields):
    """A call that makes credentials."""
    kind = "accessKey" if name == "iam:CreateAccessKey" else "credentials"
    return call(who, name, at, responseElements={kind: {"accessKeyId": key}}, **fields)


class Asked:
    """An engine that keeps what it was asked, and its answers' receipts."""

    def __init__(self, engine):
        self.engine, self.queries, self.receipts = engine, [], []
        self.table = engine.table

    def run(self, query, progress):
        self.queries.append(query)
        answer = self.engine.run(query, progress)
        self.receipts.append(answer.receipt)
        return answer


class Ports:
    zone, accounts = UTC, {}

    def __init__(self, folder, trail=None):
        self.engine = Asked(DuckdbEngine(str(folder)))
        self.recording, self.recorded = self, trail or a_trail()

    def paid_trail(self, asker, up_to):
        return self.engine

    def trails(self):
        return these(self.recorded)

    def now(self):
        return NOW


def written(folder, *records):
    """The records, each in the file of its day; gives the ports over them."""
    days = {}
    for record in records:
        days.setdefault(record["eventTime"][:10].replace("-", "/"), []).append(record)
    for day, some in days.items():
        path = folder / "AWSLogs" / ACCOUNT / "CloudTrail" / "eu-west-1" / day
        path.mkdir(parents=True, exist_ok=True)
        (path / "a.json.gz").write_bytes(gzip.compress(json.dumps({"Records": some}).encode()))
    return Ports(folder)
