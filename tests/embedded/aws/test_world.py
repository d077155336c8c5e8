"""The incident's AWS: findings of every region reach the one queue, and Athena sees the trail's files."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.span import Span
from bot.embedded.aws import ACCOUNTS, STAGING, AwsStandIn
from bot.embedded.aws.world import furnish, tell_findings
from bot.embedded.incident import Incident, configuration_items, findings, recording_resumed
from bot.embedded.incident.logs import theft_files
from bot.trail.sources import Part, Sources
from bot.trail.statement import statement
from bot.trail.who_accessed import who_accessed

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def incident():
    return Incident(1, NOW)


@pytest.fixture(scope="module")
def furnished(incident):
    """The incident's world, with the thief's own files for all its logs."""
    with AwsStandIn(clock=lambda: NOW).serve() as aws:
        seeded = furnish(aws, incident)
        aws.put_logs(incident.log_bucket, ((file.key, file.body) for file in theft_files(incident)))
        yield aws, seeded


def test_findings_at_or_above_medium_reach_the_queue_from_every_region(furnished, incident):
    aws, seeded = furnished
    loud = [finding for finding in findings(incident) if finding.severity >= 4]

    assert tell_findings(aws, incident) == len(loud)

    messages = aws.client("sqs").receive_message(QueueUrl=seeded.queue_url, MaxNumberOfMessages=10)[
        "Messages"
    ]
    told = {json.loads(message["Body"])["detail"]["id"] for message in messages}
    assert told == {finding.id for finding in loud}


def test_each_finding_is_its_detectors(furnished, incident):
    aws, _ = furnished
    tell_findings(aws, incident)

    for finding in findings(incident):
        guardduty = aws.client("guardduty", region=finding.region)
        (detector,) = guardduty.list_detectors()["DetectorIds"]
        assert detector == incident.detector_id(finding.region)
        (found,) = guardduty.get_findings(DetectorId=detector, FindingIds=[finding.id])["Findings"]
        assert (found["Type"], found["Severity"]) == (finding.type, finding.severity)


def test_who_accessed_shows_the_key_that_leaked(furnished, incident):
    aws, seeded = furnished
    asked = who_accessed("acme-payroll", Span(NOW - timedelta(days=1), NOW))
    query = statement(asked, Sources(Part("noroshi.cloudtrail", asked.span.publish_days())))
    athena = aws.client("athena")
    parameters = [f"'{value}'" for value in query.parameters]

    started = athena.start_query_execution(
        QueryString=query.sql, ExecutionParameters=parameters, WorkGroup=seeded.workgroup
    )
    aws.wait(started["QueryExecutionId"])

    rows = athena.get_query_results(QueryExecutionId=started["QueryExecutionId"])["ResultSet"]["Rows"]
    assert incident.leaked_user_arn in {row["Data"][0].get("VarCharValue") for row in rows[1:]}


def test_the_trail_records_object_events_of_the_buckets_that_the_incident_says(furnished, incident):
    aws, _ = furnished

    (selector,) = aws.client("cloudtrail").get_event_selectors(TrailName=incident.trail_name)[
        "EventSelectors"
    ]

    recorded = set(selector["DataResources"][0]["Values"])
    assert recorded == {f"{bucket.arn}/" for bucket in incident.buckets if bucket.data_events}


def test_every_bucket_of_the_incident_is_there(furnished, incident):
    aws, _ = furnished

    accounts = {account.id: account for account in ACCOUNTS}
    for bucket in incident.buckets:
        told = aws.client("s3", accounts[bucket.account_id]).head_bucket(Bucket=bucket.name)
        assert told["BucketRegion"] == bucket.region


def test_config_has_recorded_the_thiefs_open_port_and_calls_it_non_compliant(furnished, incident):
    aws, _ = furnished
    config = aws.client("config")
    asked = {"resourceType": "AWS::EC2::SecurityGroup", "resourceId": incident.security_group_id}

    newest = config.get_resource_config_history(**asked)["configurationItems"][0]
    (told,) = config.get_compliance_details_by_resource(
        ResourceType=asked["resourceType"], ResourceId=asked["resourceId"]
    )["EvaluationResults"]

    assert json.loads(newest["configuration"])["ipPermissions"][-1]["fromPort"] == 22
    assert told["ComplianceType"] == "NON_COMPLIANT"
    assert told["ResultRecordedTime"] > newest["configurationItemCaptureTime"] > incident.times.group_opened


def test_config_knows_each_resource_where_it_is_recorded_only(furnished, incident):
    aws, _ = furnished
    instances = {
        region: {
            each["resourceId"]
            for each in aws.client("config", region=region).list_discovered_resources(
                resourceType="AWS::EC2::Instance"
            )["resourceIdentifiers"]
        }
        for region in incident.regions
    }

    assert instances == {
        "eu-west-1": set(incident.web_instance_ids),
        "us-east-1": set(),
        "ap-northeast-1": set(incident.gpu_instance_ids),
    }


def test_every_item_of_the_incident_comes_back_whole(furnished, incident):
    aws, _ = furnished
    kept = Counter(
        (each.place, each.item["resourceType"], each.item["resourceId"])
        for each in configuration_items(incident)
    )

    for (place, kind, resource_id), count in kept.items():
        account = next(each for each in ACCOUNTS if each.id == place.account_id)
        pages = (
            aws.client("config", account, place.region)
            .get_paginator("get_resource_config_history")
            .paginate(resourceType=kind, resourceId=resource_id)
        )
        found = [item for page in pages for item in page["configurationItems"]]
        assert len(found) == count
        assert all(item.get("configuration", "{}").startswith("{") for item in found)


def test_every_region_has_a_recorder_and_home_alone_records_iam(furnished, incident):
    aws, _ = furnished
    for account in ACCOUNTS:
        for region in incident.regions:
            (recorder,) = aws.client("config", account, region).describe_configuration_recorders()[
                "ConfigurationRecorders"
            ]
            assert records_roles(recorder["recordingGroup"]) is (region == incident.home_region)


def records_roles(group):
    """A recorder that leaves types out records IAM unless IAM is among them."""
    left_out = group["exclusionByResourceTypes"]["resourceTypes"]
    return group["includeGlobalResourceTypes"] or (bool(left_out) and "AWS::IAM::Role" not in left_out)


def test_staging_is_recorded_once_a_day_and_one_region_of_prods_was_not_for_days(furnished, incident):
    aws, _ = furnished
    staging, prod = ACCOUNTS[::-1]
    (daily,) = aws.client("config", staging).describe_configuration_recorders()["ConfigurationRecorders"]
    (status,) = aws.client("config", prod, "us-east-1").describe_configuration_recorder_status()[
        "ConfigurationRecordersStatus"
    ]

    assert daily["recordingMode"]["recordingFrequency"] == "DAILY"
    assert status["recording"] is True
    assert timedelta(days=1) < status["lastStartTime"] - status["lastStopTime"] < timedelta(days=9)
    assert recording_resumed(incident) - status["lastStartTime"] < timedelta(seconds=1)


def test_the_aggregator_finds_by_name_what_is_in_another_account_or_region(furnished, incident):
    aws, _ = furnished
    config = aws.client("config")
    (aggregator,) = config.describe_configuration_aggregators()["ConfigurationAggregators"]

    def found(name):
        answer = config.select_aggregate_resource_config(
            ConfigurationAggregatorName=aggregator["ConfigurationAggregatorName"],
            Expression=f"SELECT resourceType, accountId, awsRegion WHERE resourceName = '{name}'",
        )
        return {tuple(json.loads(row).values()) for row in answer["Results"]}

    prod, staging = incident.prod.id, incident.staging.id
    assert found("acme-staging-assets") == {("AWS::S3::Bucket", staging, "eu-west-1")}
    assert found("edge-redirects") == {("AWS::Lambda::Function", prod, "us-east-1")}
    assert found("acme-reports") == {
        ("AWS::S3::Bucket", prod, "eu-west-1"),
        ("AWS::Lambda::Function", prod, "eu-west-1"),
        ("AWS::IAM::Role", prod, "global"),
    }


def test_a_role_has_the_same_unique_id_for_iam_for_config_and_in_its_sessions(furnished, incident):
    aws, _ = furnished
    role = aws.client("iam").get_role(RoleName="acme-reports")["Role"]
    user = aws.client("iam").get_user(UserName=incident.leaked_user)["User"]

    config = aws.client("config")
    for kind, ident in (("AWS::IAM::Role", role["RoleId"]), ("AWS::IAM::User", user["UserId"])):
        pages = config.get_paginator("get_resource_config_history").paginate(
            resourceType=kind, resourceId=ident
        )
        newest = pages.build_full_result()["configurationItems"][0]
        assert newest["arn"] in {role["Arn"], user["Arn"]}


def test_prod_administers_guardduty_and_not_everything_is_on(furnished, incident):
    aws, _ = furnished
    home = aws.client("guardduty")
    (detector,) = home.list_detectors()["DetectorIds"]
    features = home.get_detector(DetectorId=detector)["Features"]
    far = aws.client("guardduty", region=incident.gpu_region)
    us = aws.client("guardduty", STAGING, "us-east-1")

    assert [each["AccountId"] for each in home.list_members(DetectorId=detector)["Members"]] == [STAGING.id]
    assert {each["Name"] for each in features if each["Status"] == "DISABLED"} > {"LAMBDA_NETWORK_LOGS"}
    assert far.list_members(DetectorId=incident.detector_id(incident.gpu_region))["Members"] == []
    assert aws.client("guardduty", STAGING, incident.gpu_region).list_detectors()["DetectorIds"] == []
    assert us.get_detector(DetectorId=us.list_detectors()["DetectorIds"][0])["Status"] == "DISABLED"
