"""What the stand-in does not truly serve, it refuses: loudly, by name, in the caller's own protocol."""

import urllib.error
import urllib.request

import boto3
import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.served import SERVED

REFUSED = [
    ("config", "describe_conformance_packs", {}, "DescribeConformancePacks"),
    (
        "config",
        "put_resource_config",
        {"ResourceType": "My::Own::Type", "SchemaVersionId": "1", "ResourceId": "x", "Configuration": "{}"},
        "PutResourceConfig",
    ),
    ("ce", "get_reservation_coverage", {"TimePeriod": {"Start": "2026-09-01", "End": "2026-09-08"}}, ""),
    ("cloudwatch", "get_dashboard", {"DashboardName": "x"}, "GetDashboard"),
    ("budgets", "delete_budget", {"AccountId": "111122223333", "BudgetName": "x"}, "DeleteBudget"),
    ("athena", "get_query_runtime_statistics", {"QueryExecutionId": "x"}, "GetQueryRuntimeStatistics"),
    (
        "athena",
        "create_prepared_statement",
        {"StatementName": "x", "WorkGroup": "x", "QueryStatement": "x"},
        "",
    ),
    ("guardduty", "list_ip_sets", {"DetectorId": "x"}, "ListIPSets"),
    ("s3", "get_bucket_cors", {"Bucket": "acme-payroll"}, "GetBucketCors"),
    ("iam", "simulate_principal_policy", {"PolicySourceArn": "a" * 20, "ActionNames": ["s3:GetObject"]}, ""),
    ("ec2", "describe_images", {}, "DescribeImages"),
    ("rds", "describe_db_clusters", {}, "DescribeDBClusters"),
    ("events", "test_event_pattern", {"EventPattern": "{}", "Event": "{}"}, "TestEventPattern"),
    ("cloudtrail", "list_insights_data", {"InsightSource": "arn", "DataType": "InsightsEvents"}, ""),
]


@pytest.mark.parametrize(("service", "method", "asked", "named"), REFUSED, ids=lambda value: str(value)[:30])
def test_an_operation_that_is_not_served_is_refused_by_name(world, service, method, asked, named):
    client = world.client(service)

    with pytest.raises(ClientError) as caught:
        getattr(client, method)(**asked)

    assert caught.value.response["Error"]["Code"] == "NotImplemented"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert f"{service}:{named}" in str(caught.value)


def test_motos_own_control_api_is_closed(world):
    key = world.aws.environment()["AWS_ACCESS_KEY_ID"]
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20260908/{HOME}/s3/aws4_request"}
    asked = urllib.request.Request(f"{world.aws.address}/moto-api/reset", headers=signed)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked)

    assert caught.value.code == 501
    caught.value.close()
    assert world.client("s3").head_bucket(Bucket="acme-payroll")


def test_every_name_in_the_table_is_an_operation_of_aws():
    session = boto3.Session()
    for service, operations in SERVED.items():
        known = session.client(service, region_name=HOME).meta.service_model.operation_names

        assert operations <= set(known), service


def test_the_caller_is_who_the_key_says(world):
    caller = world.client("sts").get_caller_identity()

    assert caller["Account"] == PROD.id
    assert caller["Arn"] == f"arn:aws:iam::{PROD.id}:user/noroshi"


def test_the_stand_in_is_on_loopback_only(world):
    assert world.aws.address.startswith("http://127.0.0.1:")
    assert world.aws.environment()["AWS_ENDPOINT_URL"] == world.aws.address
