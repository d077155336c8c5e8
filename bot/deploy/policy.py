"""The IAM policy the bot needs: reading only, but for Athena's results, the queue's own messages and the store.

Actions and resource forms: AWS, Service Authorization Reference (Athena, Glue, S3, SQS, CloudTrail, GuardDuty,
Config, DynamoDB, KMS, Cost Explorer, CloudWatch, Budgets, Trusted Advisor, EC2, RDS, IAM). A transaction's writes need PutItem alone (docs: DynamoDB,
Using IAM with transactions).
"""

import json
from dataclasses import dataclass
from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-1"
READER = "NoroshiReadOnly"
"""The role's name in other accounts, which the bot may take to look whether they can be heard, and what they hold."""
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
_WRITING = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]


@dataclass(frozen=True, slots=True)
class Places:
    """The ARNs of what alerts need: texts, or CloudFormation's words for them."""

    queue: Any
    dead: Any
    tables: Any
    """The store's table and its index."""
    key: Any
    readers: Any
    """The roles of other accounts (`accounts.role_arn`), each of which must trust the bot's."""


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
        _allow("LetAPolicyBeRead", ["access-analyzer:ValidatePolicy"], "*"),
        seeing_trails("cloudtrail:GetEventSelectors", "cloudtrail:LookupEvents"),
        seeing_the_bill(),
        *advising(),
    ]
    alerts = [*hearing(places), keeping(places), unlocking(places), archiving()]
    return {"Version": "2012-10-17", "Statement": [*asked, *alerts]}


def questions() -> list[Statement]:
    """What `/trail` asks."""
    return [
        _allow(
            "AskAthena",
            [
                "athena:StartQueryExecution",
                "athena:GetQueryExecution",
                "athena:GetQueryResults",
                "athena:StopQueryExecution",
                "athena:GetWorkGroup",
            ],
            _workgroup(),
        ),
        _allow("FindTheTable", ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"], _glue("*")),
        _allow("ReadTheTrail", ["s3:GetObject"], f"arn:aws:s3:::{LOGS}/AWSLogs/*"),
        _allow(
            "KeepResults",
            _WRITING,
            f"arn:aws:s3:::{RESULTS}/noroshi/*",
        ),
        _allow("SeeBuckets", ["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::*"),
    ]


def compacting() -> list[Statement]:
    """Keeping the compact copy up to date; leave it out where there is none."""
    return [
        _allow("FillTheCompactCopy", ["glue:CreatePartition", "glue:UpdatePartition"], _glue("*_compact")),
        _allow(
            "KeepTheCompactCopy", [*_WRITING, "s3:DeleteObject"], f"arn:aws:s3:::{COMPACT}/noroshi-compact/*"
        ),
    ]


def judging_buckets() -> Statement:
    """What `/s3` asks, beside `s3:GetBucketLocation`; a role of another account needs the same. None reads an object."""
    of_account = ["AccountPublicAccessBlock"]
    of_bucket = ["PublicAccessBlock", "Policy", "PolicyStatus", "Acl", "OwnershipControls", "Website"]
    of_points = ["AccessPoint", "AccessPointPolicy", "AccessPointPolicyStatus"]
    of_multi = ["MultiRegionAccessPointPolicy", "MultiRegionAccessPointPolicyStatus"]
    return _allow(
        "SeeWhatLetsPeopleIntoBuckets",
        [
            *(f"s3:List{name}" for name in ("AllMyBuckets", "AccessPoints", "MultiRegionAccessPoints")),
            *(f"s3:GetBucket{name}" for name in of_bucket),
            *(f"s3:Get{name}" for name in (*of_account, *of_points, *of_multi)),
        ],
        "*",
    )


def configuring() -> Statement:
    """What `/config` asks; a role of another account needs the same, and `cloudtrail:LookupEvents`."""
    return _allow(
        "ReadConfigurations",
        [
            "config:GetResourceConfigHistory",
            "config:ListDiscoveredResources",
            "config:SelectResourceConfig",
            "config:DescribeConfigurationAggregators",
            "config:SelectAggregateResourceConfig",
            "config:ListAggregateDiscoveredResources",
            "config:DescribeConfigRules",
            "config:DescribeComplianceByConfigRule",
            "config:GetComplianceDetailsByConfigRule",
            "config:GetComplianceDetailsByResource",
        ],
        "*",
    )


def seeing_the_bill() -> Statement:
    """What `/billing` asks, best in the account that pays; without `ce:` there are CloudWatch's estimates alone."""
    explorer = ["GetCostAndUsage", "GetCostForecast", "GetAnomalies", "GetAnomalyMonitors"]
    estimates = ["cloudwatch:ListMetrics", "cloudwatch:GetMetricData"]
    actions = [*(f"ce:{name}" for name in explorer), *estimates, "budgets:ViewBudget"]
    return _allow("SeeTheBill", actions, "*")


def advising() -> list[Statement]:
    """What `/advisor` asks; a role of another account needs the same, and what `/s3` and `SeeTrails` ask.

    Without a support plan leave the first out: its API answers nobody then.
    """
    trusted = ["ListChecks", "ListRecommendations", "ListRecommendationResources"]
    support = [
        "DescribeTrustedAdvisorChecks",
        "DescribeTrustedAdvisorCheckResult",
        "RefreshTrustedAdvisorCheck",
    ]
    ec2 = ["DescribeRegions", "DescribeSecurityGroups", "DescribeNetworkInterfaces", "DescribeSnapshots"]
    ec2 += ["GetManagedPrefixListEntries", "GetSnapshotBlockPublicAccessState"]
    snapshots = [
        f"DescribeDB{kind}{what}" for kind in ("", "Cluster") for what in ("Snapshots", "SnapshotAttributes")
    ]
    reports = ["GenerateCredentialReport", "GetCredentialReport", "ListAccessKeys"]
    iam = ["GetAccountSummary", "GetAccountPasswordPolicy", *reports]
    own = {"ec2": ec2, "rds": ["DescribeDBInstances", *snapshots], "iam": iam}
    return [
        _allow(
            "AskTrustedAdvisor",
            [*(f"trustedadvisor:{name}" for name in trusted), *(f"support:{name}" for name in support)],
            "*",
        ),
        _allow(
            "CheckTheAccount", [f"{service}:{name}" for service, names in own.items() for name in names], "*"
        ),
    ]


def setup_policy() -> dict[str, Any]:
    """What whoever runs `noroshi setup trail` and `billing` needs, once: the bot itself may make and change none of it."""
    tables = ["CreateDatabase", "CreateTable", "UpdateTable", "BatchCreatePartition"]
    looks = ["GetDatabase", "GetTable", "GetPartitions"]
    groups = ["GetWorkGroup", "CreateWorkGroup", "UpdateWorkGroup"]
    asked = [
        seeing_trails(),
        _allow("SeeWhatTheTrailHolds", ["s3:ListBucket"], f"arn:aws:s3:::{LOGS}"),
        _allow("MakeTheTables", [f"glue:{name}" for name in (*looks, *tables)], _glue("*")),
        _allow("MakeTheWorkgroup", [f"athena:{name}" for name in groups], _workgroup()),
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
        _allow(
            "MakeTheTopic", [f"sns:{name}" for name in topic], f"arn:aws:sns:us-east-1:{ACCOUNT}:noroshi-bill"
        ),
        _allow("LetTheTopicIn", ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"], queue),
        _allow("SeeAlarmsAndTheBill", ["cloudwatch:DescribeAlarms", "cloudwatch:ListMetrics"], "*"),
        _allow(
            "MakeTheAlarm",
            ["cloudwatch:PutMetricAlarm"],
            f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:noroshi-bill",
        ),
        _allow("MakeTheBudget", ["budgets:ViewBudget", "budgets:ModifyBudget"], budget),
        _allow("LookForAnomalies", [f"ce:{name}" for name in (*looks, *makes)], "*"),
    ]


def seeing_trails(*more: str) -> Statement:
    """Whether a trail logs, so that silence is not taken for quiet."""
    return _allow("SeeTrails", ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", *more], "*")


def hearing(places: Places) -> list[Statement]:
    """Taking events, and knowing whether what tells us things is on."""
    return [
        _allow(
            "TakeEvents",
            [
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes",
            ],
            places.queue,
        ),
        _allow("SeeDeadLetters", ["sqs:GetQueueAttributes"], places.dead),
        _allow(
            "SeeDetectors",
            [
                "guardduty:ListDetectors",
                "guardduty:GetDetector",
                "guardduty:ListFindings",
                "guardduty:GetFindings",
                "guardduty:GetFindingsStatistics",
                "guardduty:ListMembers",
                "guardduty:GetAdministratorAccount",
                "guardduty:ListFilters",
                "guardduty:GetFilter",
            ],
            "*",
        ),
        _allow(
            "SeeRecorders",
            ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
            "*",
        ),
        _allow("LookIntoOtherAccounts", ["sts:AssumeRole"], places.readers),
    ]


def keeping(places: Places) -> Statement:
    """The store of several replicas; SQLite needs nothing."""
    return _allow(
        "KeepProblemsInDynamoDB",
        ["dynamodb:DescribeTable", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"],
        places.tables,
    )


def unlocking(places: Places) -> Statement:
    """Only for queues under a key of one's own."""
    return _allow("ReadEncryptedQueues", ["kms:Decrypt"], places.key)


def archiving() -> Statement:
    """Leave it out and nobody can change findings from Slack; with it, only those whom `access.change` names."""
    actions = ["ArchiveFindings", "UnarchiveFindings", "UpdateFindingsFeedback", "CreateFilter"]
    return _allow("ChangeFindingsOnlyForAccessChange", [f"guardduty:{each}" for each in actions], "*")


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
    return {"Version": "2012-10-17", "Statement": [_allow("FixBuckets", actions, "arn:aws:s3:::*")]}


def fixing_text() -> str:
    """That policy, as JSON."""
    return json.dumps(fixing_policy(), indent=2) + "\n"


def _glue(tables: str) -> list[str]:
    glue = f"arn:aws:glue:{REGION}:{ACCOUNT}"
    return [f"{glue}:catalog", f"{glue}:database/{DATABASE}", f"{glue}:table/{DATABASE}/{tables}"]


def _workgroup() -> str:
    return f"arn:aws:athena:{REGION}:{ACCOUNT}:workgroup/{WORKGROUP}"


def _allow(sid: str, actions: list[str], resource: Any) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
