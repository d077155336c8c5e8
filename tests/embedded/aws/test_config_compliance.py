"""Rules are evaluated on the newest items, so compliance and history never contradict each other."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import BUCKET_LEVEL_BLOCK, RESTRICTED_SSH

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
REGION_NUMBERS = count(1)
SSH, BLOCK = RESTRICTED_SSH.name, BUCKET_LEVEL_BLOCK.name
GROUP, BUCKET = "AWS::EC2::SecurityGroup", "AWS::S3::Bucket"
BLOCKED = dict.fromkeys(
    ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"), True
)


def port(first, last, cidr="0.0.0.0/0", protocol="tcp"):
    ranges = {"ipv4Ranges": [], "ipv6Ranges": []}
    kind, name = ("ipv6Ranges", "cidrIpv6") if ":" in cidr else ("ipv4Ranges", "cidrIp")
    ports = {} if first is None else {"fromPort": first, "toPort": last}
    return ranges | ports | {"ipProtocol": protocol, kind: [{name: cidr}]}


def item(kind, resource_id, configuration, supplementary=None, days=2.0, status="OK"):
    at = NOW - timedelta(days=days)
    return {
        "accountId": PROD.id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": kind,
        "resourceId": resource_id,
        "configuration": configuration,
        "supplementaryConfiguration": supplementary or {},
    }


def group(resource_id, *permissions, **more):
    return item(GROUP, resource_id, {"ipPermissions": list(permissions)}, **more)


@pytest.fixture
def place():
    """Each test is alone in a region of its own."""
    return PROD.id, f"eu-test-{next(REGION_NUMBERS)}"


@pytest.fixture
def recordings(world, place):
    opened = world.aws.recordings
    opened.open(place, Recorder(NOW - timedelta(days=90)), (RESTRICTED_SSH, BUCKET_LEVEL_BLOCK))
    for each in (
        group("sg-closed", port(443, 443)),
        group("sg-open", port(443, 443), port(22, 22)),
        group("sg-gone", port(22, 22)),
        group("sg-gone", days=1, status="ResourceDeleted"),
        item(BUCKET, "private", {}, {"PublicAccessBlockConfiguration": BLOCKED}),
        item("AWS::EC2::Instance", "i-1", {}),
    ):
        opened.record(place, each)
    return opened


@pytest.fixture
def config(world, recordings, place):
    return world.client("config", region=place[1])


def of_resources(config, **asked):
    told = config.describe_compliance_by_resource(**asked)["ComplianceByResources"]
    return {each["ResourceId"]: each["Compliance"]["ComplianceType"] for each in told}


def test_each_rule_has_one_word_and_counts_who_breaks_it(config):
    told = config.describe_compliance_by_config_rule()["ComplianceByConfigRules"]

    assert told == [
        {
            "ConfigRuleName": SSH,
            "Compliance": {
                "ComplianceType": "NON_COMPLIANT",
                "ComplianceContributorCount": {"CappedCount": 1, "CapExceeded": False},
            },
        },
        {"ConfigRuleName": BLOCK, "Compliance": {"ComplianceType": "COMPLIANT"}},
    ]


def test_each_evaluated_resource_has_one_word(config):
    assert of_resources(config) == {
        "private": "COMPLIANT",
        "sg-closed": "COMPLIANT",
        "sg-open": "NON_COMPLIANT",
    }
    assert of_resources(config, ComplianceTypes=["NON_COMPLIANT"]) == {"sg-open": "NON_COMPLIANT"}
    assert of_resources(config, ResourceType=BUCKET) == {"private": "COMPLIANT"}


def test_a_resource_that_no_rule_is_about_has_too_little_data_and_an_unknown_one_no_answer(config):
    kind = "AWS::EC2::Instance"

    assert of_resources(config, ResourceType=kind, ResourceId="i-1") == {"i-1": "INSUFFICIENT_DATA"}
    assert of_resources(config, ResourceType=kind, ResourceId="i-2") == {}
    assert of_resources(config, ResourceType=GROUP, ResourceId="sg-gone") == {}


def test_a_change_is_evaluated_as_soon_as_it_is_recorded(config, recordings, place):
    recordings.record(place, group("sg-closed", port(0, 65535, "::/0"), days=0.5))

    (told,) = config.get_compliance_details_by_resource(ResourceType=GROUP, ResourceId="sg-closed")[
        "EvaluationResults"
    ]

    assert told["ComplianceType"] == "NON_COMPLIANT"
    identifier = told["EvaluationResultIdentifier"]
    assert identifier["EvaluationResultQualifier"] == {
        "ConfigRuleName": SSH,
        "ResourceType": GROUP,
        "ResourceId": "sg-closed",
        "EvaluationMode": "DETECTIVE",
    }
    captured = NOW - timedelta(days=0.5)
    assert identifier["OrderingTimestamp"] == captured
    assert captured < told["ConfigRuleInvokedTime"] < told["ResultRecordedTime"]


@pytest.mark.parametrize(
    ("permission", "word"),
    [
        (port(22, 22), "NON_COMPLIANT"),
        (port(22, 22, "::/0"), "NON_COMPLIANT"),
        (port(20, 30), "NON_COMPLIANT"),
        (port(None, None, protocol="-1"), "NON_COMPLIANT"),
        (port(22, 22, "203.0.113.0/24"), "COMPLIANT"),
        (port(22, 22, protocol="udp"), "COMPLIANT"),
        (port(23, 30), "COMPLIANT"),
        (port(None, None, protocol="50"), "COMPLIANT"),
    ],
)
def test_ssh_is_open_when_everybody_reaches_port_22(config, recordings, place, permission, word):
    recordings.record(place, group("sg-new", permission))

    assert of_resources(config, ResourceType=GROUP, ResourceId="sg-new") == {"sg-new": word}


def test_a_bucket_needs_all_four_settings(config, recordings, place):
    for name in BLOCKED:
        block = {"PublicAccessBlockConfiguration": BLOCKED | {name: False}}
        recordings.record(place, item(BUCKET, f"no-{name}".lower(), {}, block))
    recordings.record(place, item(BUCKET, "no-block", {}))

    told = of_resources(config, ResourceType=BUCKET, ComplianceTypes=["NON_COMPLIANT"])

    assert len(told) == 5


def test_a_rules_details_are_filtered_and_come_in_pages(config, recordings, place):
    for number in range(12):
        recordings.record(place, group(f"sg-{number:02}", port(22, 22)))
    paginator = config.get_paginator("get_compliance_details_by_config_rule")
    asked = {"ConfigRuleName": SSH, "ComplianceTypes": ["NON_COMPLIANT"]}

    pages = [each["EvaluationResults"] for each in paginator.paginate(**asked)]

    assert [len(each) for each in pages] == [10, 3]
    assert {each["ComplianceType"] for page in pages for each in page} == {"NON_COMPLIANT"}


def test_rules_are_described_as_aws_managed(config, place):
    (rule,) = config.describe_config_rules(ConfigRuleNames=[SSH])["ConfigRules"]

    assert rule["Source"] == {"Owner": "AWS", "SourceIdentifier": "INCOMING_SSH_DISABLED"}
    assert rule["Scope"] == {"ComplianceResourceTypes": [GROUP]}
    assert rule["ConfigRuleState"] == "ACTIVE"
    assert rule["ConfigRuleArn"].startswith(f"arn:aws:config:{place[1]}:{PROD.id}:config-rule/config-rule-")


def test_an_unknown_rule_is_refused_everywhere(config):
    asks = (
        lambda: config.describe_config_rules(ConfigRuleNames=["nobody"]),
        lambda: config.describe_compliance_by_config_rule(ConfigRuleNames=["nobody"]),
        lambda: config.get_compliance_details_by_config_rule(ConfigRuleName="nobody"),
    )
    for ask in asks:
        with pytest.raises(ClientError) as caught:
            ask()
        assert caught.value.response["Error"]["Code"] == "NoSuchConfigRuleException"


def test_half_a_resource_is_refused(config):
    asks = (
        lambda: config.describe_compliance_by_resource(ResourceId="sg-open"),
        lambda: config.get_compliance_details_by_resource(ResourceType=GROUP),
    )
    for ask in asks:
        with pytest.raises(ClientError) as caught:
            ask()
        assert caught.value.response["Error"]["Code"] == "InvalidParameterValueException"


def test_other_accounts_have_no_rules(config, world):
    assert of_resources(world.client("config", account=STAGING)) == {}
