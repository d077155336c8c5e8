"""How a statement of the IAM policy is written, and the names in it that are yours to fill in."""

from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-1"
LOGS, RESULTS, COMPACT, QUEUE, WORKGROUP, DATABASE, TABLE, KEY = (
    "YOUR-TRAIL-BUCKET",
    "YOUR-RESULTS-BUCKET",
    "YOUR-COMPACT-BUCKET",
    "noroshi",
    "noroshi",
    "noroshi",
    "noroshi",
    "YOUR-QUEUES-KEY",
)

Statement = dict[str, Any]


def allow(sid: str, actions: list[str], resource: Any) -> Statement:
    """These actions on a resource: an ARN, several, or CloudFormation's words for them."""
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def glue(tables: str) -> list[str]:
    """The tables of these names in the database, with what Glue looks at on the way to them."""
    place = f"arn:aws:glue:{REGION}:{ACCOUNT}"
    return [f"{place}:catalog", f"{place}:database/{DATABASE}", f"{place}:table/{DATABASE}/{tables}"]


def workgroup() -> str:
    """Athena's, whose ARN it is."""
    return f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/{WORKGROUP}"
