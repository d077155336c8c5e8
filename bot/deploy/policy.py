"""The IAM policy the bot needs: reading only, but for Athena's results, the queue's own messages and the store.

Actions and resource forms: AWS, Service Authorization Reference (Athena, Glue, S3, SQS, CloudTrail, GuardDuty,
Config, DynamoDB, KMS, Cost Explorer, CloudWatch, Budgets, Trusted Advisor, EC2, RDS, IAM). A transaction's writes need PutItem alone (docs: DynamoDB,
Using IAM with transactions).
"""

import json
from typing import Any

from bot.deploy.asking import (
    advising,
    compacting,
    configuring,
    judging_buckets,
    questions,
    seeing_the_bill,
    seeing_trails,
)
from bot.deploy.hearing import READER, Places, archiving, hearing, keeping, unlocking
from bot.deploy.statement import (
    ACCOUNT,
    KEY,
    LOGS,
    QUEUE,
    REGION,
    TABLE,
    Statement,
    allow,
    glue,
    workgroup,
)


def policy() -> dict[str, Any]:
    """One statement a need; the names in capitals and the account are yours to fill in."""
    sqs = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{QUEUE}"
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
    places = Places(
        queue=sqs,
        dead=f"{sqs}-dead",
        tables=[table, f"{table}/index/lane"],
        key=f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{KEY}",
        readers=f"arn:aws:iam::*:role/{READER}",
    )
    asked = [
        *questions(),
        *compacting(),
        configuring(),
        judging_buckets(),
        allow("LetAPolicyBeRead", ["access-analyzer:ValidatePolicy"], "*"),
        seeing_trails("cloudtrail:GetEventSelectors", "cloudtrail:LookupEvents"),
        seeing_the_bill(),
        *advising(),
    ]
    alerts = [*hearing(places), keeping(places), unlocking(places), archiving()]
    return {"Version": "2012-10-17", "Statement": [*asked, *alerts]}


def setup_policy() -> dict[str, Any]:
    """What whoever runs `noroshi setup trail` and `billing` needs, once: the bot itself may make and change none of it."""
    tables = ["CreateDatabase", "CreateTable", "UpdateTable", "BatchCreatePartition"]
    looks = ["GetDatabase", "GetTable", "GetPartitions"]
    groups = ["GetWorkGroup", "CreateWorkGroup", "UpdateWorkGroup"]
    asked = [
        seeing_trails(),
        allow("SeeWhatTheTrailHolds", ["s3:ListBucket"], f"arn:aws:s3:::{LOGS}"),
        allow("MakeTheTables", [f"glue:{name}" for name in (*looks, *tables)], glue("*")),
        allow("MakeTheWorkgroup", [f"athena:{name}" for name in groups], workgroup()),
        *telling_of_money(),
    ]
    return {"Version": "2012-10-17", "Statement": asked}


def telling_of_money() -> list[Statement]:
    """The topic with its way into the queue, the alarm, the budget, the anomaly monitor; all but the queue in us-east-1."""
    topic = ["GetTopicAttributes", "CreateTopic", "ListSubscriptionsByTopic", "Subscribe"]
    looks = ["GetAnomalyMonitors", "GetAnomalySubscriptions"]
    makes = ["CreateAnomalyMonitor", "CreateAnomalySubscription"]
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{QUEUE}"
    budget = f"arn:aws:budgets::{ACCOUNT}:budget/noroshi"
    return [
        allow(
            "MakeTheTopic", [f"sns:{name}" for name in topic], f"arn:aws:sns:us-east-1:{ACCOUNT}:noroshi-bill"
        ),
        allow("LetTheTopicIn", ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"], queue),
        allow("SeeAlarmsAndTheBill", ["cloudwatch:DescribeAlarms", "cloudwatch:ListMetrics"], "*"),
        allow(
            "MakeTheAlarm",
            ["cloudwatch:PutMetricAlarm"],
            f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:noroshi-bill",
        ),
        allow("MakeTheBudget", ["budgets:ViewBudget", "budgets:ModifyBudget"], budget),
        allow("LookForAnomalies", [f"ce:{name}" for name in (*looks, *makes)], "*"),
    ]


def text() -> str:
    """The policy as JSON, as IAM's editor takes it."""
    return json.dumps(policy(), indent=2) + "\n"


def setup_text() -> str:
    """The policy of whoever sets the trail up, as JSON."""
    return json.dumps(setup_policy(), indent=2) + "\n"


def fixing_policy() -> dict[str, Any]:
    """What the bot's role needs beside it where buckets are fixed from Slack (`s3.fixes`); name the buckets you mean."""
    actions = [
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketAcl",
        "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
    ]
    return {"Version": "2012-10-17", "Statement": [allow("FixBuckets", actions, "arn:aws:s3:::*")]}


def fixing_text() -> str:
    """That policy, as JSON."""
    return json.dumps(fixing_policy(), indent=2) + "\n"
