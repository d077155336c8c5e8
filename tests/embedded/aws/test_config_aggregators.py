"""An aggregator shows what all recorders of its accounts and regions have now, and says where each thing is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.aggregator import Aggregator
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import RESTRICTED_SSH

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP, NAME, FAR, SSH = "AWS::EC2::SecurityGroup", "acme", "us-east-1", RESTRICTED_SSH.name
ALL = {"ConfigurationAggregatorName": NAME}


def group(account, region, ident, *, is_open=False, status="OK", days=1.0):
    at = NOW - timedelta(days=days)
    ssh = {
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}],
        "ipv6Ranges": [],
    }
    return {
        "accountId": account.id,
        "awsRegion": region,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": GROUP,
        "resourceId": ident,
        "resourceName": "web",
        "configuration": None if status == "ResourceDeleted" else {"ipPermissions": [ssh] if is_open else []},
        "supplementaryConfiguration": {},
    }


@pytest.fixture(scope="module")
def config(world):
    recordings = world.aws.recordings
    for account in (PROD, STAGING):
        for region in (HOME, FAR, "ap-northeast-1"):
            recordings.open((account.id, region), Recorder(NOW - timedelta(days=90)), [RESTRICTED_SSH])
    recordings.aggregate(
        (PROD.id, HOME), Aggregator(NAME, (STAGING.id, PROD.id), (HOME, FAR), NOW - timedelta(days=80))
    )
    for account, region, ident in (
        (PROD, HOME, "sg-home"),
        (PROD, FAR, "sg-far"),
        (STAGING, HOME, "sg-staging"),
        (PROD, "ap-northeast-1", "sg-unseen"),
    ):
        recordings.record((account.id, region), group(account, region, ident, is_open=ident == "sg-far"))
    recordings.record((PROD.id, HOME), group(PROD, HOME, "sg-gone", days=2))
    recordings.record((PROD.id, HOME), group(PROD, HOME, "sg-gone", status="ResourceDeleted"))
    return world.client("config")


def test_an_aggregator_is_described_where_it_is(config, world):
    (told,) = config.describe_configuration_aggregators()["ConfigurationAggregators"]

    assert told["ConfigurationAggregatorName"] == NAME
    assert told["ConfigurationAggregatorArn"].startswith(
        f"arn:aws:config:{HOME}:{PROD.id}:config-aggregator/"
    )
    assert told["OrganizationAggregationSource"]["AwsRegions"] == [HOME, FAR]
    assert told["CreationTime"] == NOW - timedelta(days=80)
    elsewhere = world.client("config", region=FAR)
    assert elsewhere.describe_configuration_aggregators()["ConfigurationAggregators"] == []


def test_a_query_sees_all_its_accounts_and_regions_and_nothing_else(config):
    answer = config.select_aggregate_resource_config(
        Expression="SELECT resourceId, accountId, awsRegion WHERE resourceName = 'web' ORDER BY resourceId",
        **ALL,
    )

    rows = [json.loads(row) for row in answer["Results"]]
    assert [(row["resourceId"], row["accountId"], row["awsRegion"]) for row in rows] == [
        ("sg-far", PROD.id, FAR),
        ("sg-home", PROD.id, HOME),
        ("sg-staging", STAGING.id, HOME),
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["sg-home", "sg-far", "sg-staging"]),
        ({"AccountId": PROD.id}, ["sg-home", "sg-far"]),
        ({"Region": HOME, "ResourceName": "web"}, ["sg-home", "sg-staging"]),
        ({"ResourceId": "sg-staging"}, ["sg-staging"]),
        ({"ResourceId": "sg-gone"}, []),
        ({"ResourceId": "sg-unseen"}, []),
    ],
)
def test_discovered_resources_are_filtered(config, filters, found):
    told = config.list_aggregate_discovered_resources(ResourceType=GROUP, Filters=filters, **ALL)

    assert [each["ResourceId"] for each in told["ResourceIdentifiers"]] == found


def test_a_discovered_resource_says_whose_recorder_has_it_and_is_read_by_that(config):
    (told,) = config.list_aggregate_discovered_resources(
        ResourceType=GROUP, Filters={"ResourceId": "sg-staging"}, **ALL
    )["ResourceIdentifiers"]

    assert (told["SourceAccountId"], told["SourceRegion"]) == (STAGING.id, HOME)
    item = config.get_aggregate_resource_config(ResourceIdentifier=told, **ALL)["ConfigurationItem"]
    assert json.loads(item["configuration"]) == {"ipPermissions": []}


def test_lists_come_in_pages(config):
    paginator = config.get_paginator("list_aggregate_discovered_resources")

    pages = paginator.paginate(ResourceType=GROUP, PaginationConfig={"PageSize": 2}, **ALL)

    assert [len(each["ResourceIdentifiers"]) for each in pages] == [2, 1]


def test_compliance_is_told_by_rule_account_and_region(config):
    asked = {"Filters": {"ConfigRuleName": SSH, "ComplianceType": "NON_COMPLIANT"}, **ALL}
    everywhere = config.describe_aggregate_compliance_by_config_rules(**ALL)[
        "AggregateComplianceByConfigRules"
    ]
    (broken,) = config.describe_aggregate_compliance_by_config_rules(**asked)[
        "AggregateComplianceByConfigRules"
    ]

    assert len(everywhere) == 3
    assert (broken["AccountId"], broken["AwsRegion"]) == (PROD.id, FAR)
    (told,) = config.get_aggregate_compliance_details_by_config_rule(
        ConfigRuleName=SSH, AccountId=PROD.id, AwsRegion=FAR, ComplianceType="NON_COMPLIANT", **ALL
    )["AggregateEvaluationResults"]
    assert told["EvaluationResultIdentifier"]["EvaluationResultQualifier"]["ResourceId"] == "sg-far"
    assert (told["AccountId"], told["AwsRegion"]) == (PROD.id, FAR)


def test_an_unknown_aggregator_is_refused_everywhere(config):
    no = {"ConfigurationAggregatorName": "nobody"}
    where = {"SourceAccountId": PROD.id, "SourceRegion": HOME, "ResourceId": "sg-1", "ResourceType": GROUP}
    rule = {"ConfigRuleName": SSH, "AccountId": PROD.id, "AwsRegion": HOME}
    asks = (
        lambda: config.describe_configuration_aggregators(ConfigurationAggregatorNames=["nobody"]),
        lambda: config.select_aggregate_resource_config(Expression="SELECT resourceId", **no),
        lambda: config.list_aggregate_discovered_resources(ResourceType=GROUP, **no),
        lambda: config.get_aggregate_resource_config(ResourceIdentifier=where, **no),
        lambda: config.describe_aggregate_compliance_by_config_rules(**no),
        lambda: config.get_aggregate_compliance_details_by_config_rule(**rule, **no),
    )
    for ask in asks:
        assert refusal(ask) == "NoSuchConfigurationAggregatorException"


def test_what_is_deleted_or_outside_cannot_be_read(config):
    for ident, region in (("sg-gone", HOME), ("sg-unseen", "ap-northeast-1")):
        where = {
            "SourceAccountId": PROD.id,
            "SourceRegion": region,
            "ResourceId": ident,
            "ResourceType": GROUP,
        }
        code = refusal(
            lambda where=where: config.get_aggregate_resource_config(ResourceIdentifier=where, **ALL)
        )
        assert code == "ResourceNotDiscoveredException"


def refusal(ask):
    with pytest.raises(ClientError) as caught:
        ask()
    return caught.value.response["Error"]["Code"]
