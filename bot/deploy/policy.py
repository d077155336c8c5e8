"""The IAM policy the bot needs: reading only, but for Athena's results and the queue's own messages.

Actions and resource forms: AWS, Service Authorization Reference (Athena, Glue, S3, SQS, CloudTrail).
"""

import json
from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-1"
LOGS, RESULTS, QUEUE, WORKGROUP, DATABASE = (
    "YOUR-TRAIL-BUCKET",
    "YOUR-RESULTS-BUCKET",
    "noroshi",
    "noroshi",
    "noroshi",
)


def policy() -> dict[str, Any]:
    """One statement a need; the names in capitals and the account are yours to fill in."""
    glue = f"arn:aws:glue:{REGION}:{ACCOUNT}"
    return {
        "Version": "2012-10-17",
        "Statement": [
            _allow(
                "AskAthena",
                [
                    f"athena:{call}"
                    for call in (
                        "StartQueryExecution",
                        "GetQueryExecution",
                        "GetQueryResults",
                        "StopQueryExecution",
                        "GetWorkGroup",
                    )
                ],
                f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/{WORKGROUP}",
            ),
            _allow(
                "FindTheTable",
                ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"],
                [f"{glue}:catalog", f"{glue}:database/{DATABASE}", f"{glue}:table/{DATABASE}/*"],
            ),
            _allow("ReadTheTrail", ["s3:GetObject"], f"arn:aws:s3:::{LOGS}/AWSLogs/*"),
            _allow(
                "KeepResults",
                ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
                f"arn:aws:s3:::{RESULTS}/noroshi/*",
            ),
            _allow("SeeBuckets", ["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::*"),
            _allow(
                "SeeTrails",
                ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
                "*",
            ),
            _allow(
                "TakeEvents",
                ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                f"arn:aws:sqs:{REGION}:{ACCOUNT}:{QUEUE}",
            ),
        ],
    }


def text() -> str:
    """The policy as JSON, as IAM's editor takes it."""
    return json.dumps(policy(), indent=2) + "\n"


def _allow(sid: str, actions: list[str], resource: str | list[str]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
