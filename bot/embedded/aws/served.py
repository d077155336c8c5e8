"""What the stand-in truly serves: an operation that is not in this table is refused, loudly.

moto answers many more calls, some of them with canned words (Config's advanced queries, Athena
without a result, Cost Explorer's costs): an answer made up is worse than none, so every operation stands
here by name, and only once somebody has seen it do what AWS does.
"""

from bot.embedded.aws.s3_served import S3, S3_CONTROL

SERVED: dict[str, frozenset[str]] = {
    "accessanalyzer": frozenset({"ListAnalyzers", "ValidatePolicy"}),
    "athena": frozenset(
        {
            "BatchGetQueryExecution",
            "CreateWorkGroup",
            "GetQueryExecution",
            "GetQueryResults",
            "GetTableMetadata",
            "GetWorkGroup",
            "ListQueryExecutions",
            "ListWorkGroups",
            "StartQueryExecution",
            "StopQueryExecution",
            "UpdateWorkGroup",
        }
    ),
    "budgets": frozenset(
        {
            "CreateBudget",
            "DescribeBudget",
            "DescribeBudgets",
            "DescribeNotificationsForBudget",
            "DescribeSubscribersForNotification",
        }
    ),
    "ce": frozenset(
        {
            "CreateAnomalyMonitor",
            "CreateAnomalySubscription",
            "GetAnomalies",
            "GetAnomalyMonitors",
            "GetAnomalySubscriptions",
            "GetCostAndUsage",
            "GetCostForecast",
            "GetDimensionValues",
            "ProvideAnomalyFeedback",
        }
    ),
    "cloudtrail": frozenset(
        {
            "CreateTrail",
            "DeleteTrail",
            "DescribeTrails",
            "GetEventSelectors",
            "GetTrail",
            "GetTrailStatus",
            "ListTrails",
            "LookupEvents",
            "PutEventSelectors",
            "StartLogging",
            "StopLogging",
            "UpdateTrail",
        }
    ),
    "cloudwatch": frozenset(
        {"DescribeAlarms", "GetMetricData", "GetMetricStatistics", "ListMetrics", "PutMetricAlarm"}
    ),
    "config": frozenset(
        {
            "BatchGetResourceConfig",
            "DescribeAggregateComplianceByConfigRules",
            "DescribeComplianceByConfigRule",
            "DescribeComplianceByResource",
            "DescribeConfigRules",
            "DescribeConfigurationAggregators",
            "DescribeConfigurationRecorderStatus",
            "DescribeConfigurationRecorders",
            "GetAggregateComplianceDetailsByConfigRule",
            "GetAggregateResourceConfig",
            "GetComplianceDetailsByConfigRule",
            "GetComplianceDetailsByResource",
            "GetResourceConfigHistory",
            "ListAggregateDiscoveredResources",
            "ListDiscoveredResources",
            "SelectAggregateResourceConfig",
            "SelectResourceConfig",
            "StartConfigurationRecorder",
            "StopConfigurationRecorder",
        }
    ),
    "dynamodb": frozenset(
        {
            "BatchGetItem",
            "CreateTable",
            "DescribeTable",
            "DescribeTimeToLive",
            "PutItem",
            "Query",
            "TransactWriteItems",
            "UpdateTimeToLive",
        }
    ),
    "ec2": frozenset(
        {
            "DescribeNetworkInterfaces",
            "DescribeRegions",
            "DescribeSecurityGroups",
            "DescribeSnapshots",
            "GetManagedPrefixListEntries",
            "GetSnapshotBlockPublicAccessState",
        }
    ),
    "events": frozenset(
        {
            "DeleteRule",
            "DescribeEventBus",
            "DescribeRule",
            "ListEventBuses",
            "ListRules",
            "ListTargetsByRule",
            "PutEvents",
            "PutRule",
            "PutTargets",
            "RemoveTargets",
        }
    ),
    "glue": frozenset(
        {
            "BatchCreatePartition",
            "CreateDatabase",
            "CreatePartition",
            "CreateTable",
            "DeleteDatabase",
            "DeletePartition",
            "DeleteTable",
            "GetDatabase",
            "GetDatabases",
            "GetPartition",
            "GetPartitions",
            "GetTable",
            "GetTables",
            "UpdatePartition",
            "UpdateTable",
        }
    ),
    "guardduty": frozenset(
        {
            "ArchiveFindings",
            "CreateDetector",
            "CreateFilter",
            "CreateSampleFindings",
            "DeleteDetector",
            "DeleteFilter",
            "DescribeOrganizationConfiguration",
            "GetAdministratorAccount",
            "GetDetector",
            "GetFilter",
            "GetFindings",
            "GetFindingsStatistics",
            "GetMasterAccount",
            "ListDetectors",
            "ListFilters",
            "ListFindings",
            "ListMembers",
            "ListOrganizationAdminAccounts",
            "UnarchiveFindings",
            "UpdateDetector",
            "UpdateFilter",
            "UpdateFindingsFeedback",
        }
    ),
    "iam": frozenset(
        {
            "CreateAccessKey",
            "CreateRole",
            "CreateUser",
            "GenerateCredentialReport",
            "GetAccountPasswordPolicy",
            "GetAccountSummary",
            "GetCredentialReport",
            "GetPolicy",
            "GetRole",
            "GetUser",
            "ListAccessKeys",
            "ListAccountAliases",
            "ListRoles",
            "ListUsers",
        }
    ),
    "rds": frozenset(
        {
            "DescribeDBClusterSnapshotAttributes",
            "DescribeDBClusterSnapshots",
            "DescribeDBInstances",
            "DescribeDBSnapshotAttributes",
            "DescribeDBSnapshots",
        }
    ),
    "s3": S3,
    "s3control": S3_CONTROL,
    "sns": frozenset(
        {
            "CreateTopic",
            "GetTopicAttributes",
            "ListSubscriptionsByTopic",
            "ListTopics",
            "Publish",
            "SetTopicAttributes",
            "Subscribe",
        }
    ),
    "sqs": frozenset(
        {
            "ChangeMessageVisibility",
            "ChangeMessageVisibilityBatch",
            "CreateQueue",
            "DeleteMessage",
            "DeleteMessageBatch",
            "DeleteQueue",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage",
            "SendMessageBatch",
            "SetQueueAttributes",
        }
    ),
    "sts": frozenset({"AssumeRole", "GetCallerIdentity"}),
    "support": frozenset(
        {
            "DescribeTrustedAdvisorCheckRefreshStatuses",
            "DescribeTrustedAdvisorCheckResult",
            "DescribeTrustedAdvisorCheckSummaries",
            "DescribeTrustedAdvisorChecks",
            "RefreshTrustedAdvisorCheck",
        }
    ),
    "trustedadvisor": frozenset(
        {"GetRecommendation", "ListChecks", "ListRecommendationResources", "ListRecommendations"}
    ),
}


def is_served(service: str, operation: str) -> bool:
    """Whether the table holds it."""
    return operation in SERVED.get(service, frozenset())
