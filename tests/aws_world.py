"""A small, furnished AWS stand-in for tests: a few log files whose every record is known.

Fixtures are module-scoped, because moto's state is one for the whole process.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.embedded.aws import HOME, PROD, STAGING, Account, AwsStandIn, Seeded, seed
from bot.embedded.aws.seed import Furniture

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
LOGS = "acme-trail-logs"
HOSTILE = "x'; DROP TABLE cloudtrail; -- \\' <!channel> \"%s\" ?"
"""A user agent that means harm to SQL, to formats and to Slack."""


@dataclass(frozen=True)
class AwsWorld:
    """The stand-in, what it was furnished with, and the sizes of its log files by key."""

    aws: AwsStandIn
    seeded: Seeded
    sizes: dict[str, int]

    def client(self, service: str, region: str = HOME, account: Account = PROD) -> Any:
        return self.aws.client(service, account, region)

    def size_of(self, *parts: str) -> int:
        """Bytes of the files whose key holds all the parts."""
        return sum(size for key, size in self.sizes.items() if all(part in key for part in parts))


def record(number: int, at: datetime, account: str, region: str, **more: Any) -> dict[str, Any]:
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "IAMUser",
            "arn": f"arn:aws:iam::{account}:user/user-{number % 3}",
            "accountId": account,
            "accessKeyId": f"AKIAEXAMPLEUSER{number % 3:05}",
            "userName": f"user-{number % 3}",
        },
        "eventTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "awsRegion": region,
        "sourceIPAddress": "192.0.2.7",
        "userAgent": "[aws-cli/2]",
        "requestParameters": {"bucketName": "acme-payroll", "key": f"2026/{number}.csv"},
        "responseElements": None,
        "readOnly": True,
        "eventID": f"{account}-{region}-{number}",
        "eventType": "AwsApiCall",
        "managementEvent": False,
        "recipientAccountId": account,
        "eventCategory": "Data",
        "resources": [{"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::acme-payroll", "accountId": account}],
    } | more


def key_of(account: str, region: str, at: datetime, name: str = "a") -> str:
    folder = f"AWSLogs/{account}/CloudTrail/{region}/{at:%Y/%m/%d}"
    return f"{folder}/{account}_CloudTrail_{region}_{at:%Y%m%dT%H%MZ}_{name}.json.gz"


def packed(records: list[dict[str, Any]]) -> bytes:
    return gzip.compress(json.dumps({"Records": records}).encode(), mtime=0)


def log_files() -> dict[str, bytes]:
    """Six days in two accounts and two regions: ten reads each; one management event and one hostile agent in prod."""
    files = {}
    for account in (PROD.id, STAGING.id):
        for region in (HOME, "us-east-1"):
            for back in range(6):
                at = NOW - timedelta(days=back, hours=1)
                records = [record(back * 100 + n, at, account, region) for n in range(10)]
                files[key_of(account, region, at)] = packed(records)
    at = NOW - timedelta(minutes=30)
    made = record(
        9000,
        at,
        PROD.id,
        HOME,
        eventSource="iam.amazonaws.com",
        eventName="CreateAccessKey",
        managementEvent=True,
        eventCategory="Management",
        readOnly=False,
        requestParameters={"userName": "backup"},
        resources=[],
    )
    files[key_of(PROD.id, HOME, at, "b")] = packed([made, record(9001, at, PROD.id, HOME, userAgent=HOSTILE)])
    return files


@contextmanager
def furnished(first_day: date = date(2024, 1, 1)) -> Iterator[AwsWorld]:
    """Serve a furnished stand-in whose clock stands at NOW; its table begins with `first_day`."""
    with AwsStandIn(clock=lambda: NOW).serve() as aws:
        what = Furniture(log_bucket=LOGS, buckets={"acme-payroll": (PROD.id, HOME)}, first_day=first_day)
        seeded = seed(aws, what)
        files = log_files()
        aws.put_logs(LOGS, files.items())
        yield AwsWorld(aws, seeded, {key: len(body) for key, body in files.items()})
