"""What the bot's questions need of IAM: reading only, but for Athena's results and the compact copy."""

from bot.deploy.statement import COMPACT, LOGS, RESULTS, Statement, allow, glue, workgroup

_WRITING = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]


def questions() -> list[Statement]:
    """What `/trail` asks."""
    return [
        allow(
            "AskAthena",
            [
                "athena:StartQueryExecution",
                "athena:GetQueryExecution",
                "athena:GetQueryResults",
                "athena:StopQueryExecution",
                "athena:GetWorkGroup",
            ],
            workgroup(),
        ),
        allow("FindTheTable", ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"], glue("*")),
        allow("ReadTheTrail", ["s3:GetObject"], f"arn:aws:s3:::{LOGS}/AWSLogs/*"),
        allow(
            "KeepResults",
            _WRITING,
            f"arn:aws:s3:::{RESULTS}/noroshi/*",
        ),
        allow("SeeBuckets", ["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::*"),
    ]


def compacting() -> list[Statement]:
    """Keeping the compact copy up to date; leave it out where there is none."""
    return [
        allow("FillTheCompactCopy", ["glue:CreatePartition", "glue:UpdatePartition"], glue("*_compact")),
        allow(
            "KeepTheCompactCopy", [*_WRITING, "s3:DeleteObject"], f"arn:aws:s3:::{COMPACT}/noroshi-compact/*"
        ),
    ]


def judging_buckets() -> Statement:
    """What `/s3` asks, beside `s3:GetBucketLocation`; a role of another account needs the same. None reads an object."""
    of_account = ["AccountPublicAccessBlock"]
    of_bucket = ["PublicAccessBlock", "Policy", "PolicyStatus", "Acl", "OwnershipControls", "Website"]
    of_points = ["AccessPoint", "AccessPointPolicy", "AccessPointPolicyStatus"]
    of_multi = ["MultiRegionAccessPointPolicy", "MultiRegionAccessPointPolicyStatus"]
    return allow(
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
    return allow(
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
    return allow("SeeTheBill", actions, "*")


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
        allow(
            "AskTrustedAdvisor",
            [*(f"trustedadvisor:{name}" for name in trusted), *(f"support:{name}" for name in support)],
            "*",
        ),
        allow(
            "CheckTheAccount", [f"{service}:{name}" for service, names in own.items() for name in names], "*"
        ),
    ]


def seeing_trails(*more: str) -> Statement:
    """Whether a trail logs, so that silence is not taken for quiet."""
    return allow("SeeTrails", ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", *more], "*")
