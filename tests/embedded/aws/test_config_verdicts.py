"""Compliance has a history of its own: an item for each change of a rule's word, derived from the resource's items."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import BUCKET_LEVEL_BLOCK, RESTRICTED_SSH
from bot.embedded.aws.config.verdicts import COMPLIANCE

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP, FAR = "AWS::EC2::SecurityGroup", "us-east-1"
WORDS = {9: "no", 8: "open", 7: "open", 6: "no", 5: "no", 3: "open"}
"""What port 22 was at which day's item, days ago."""


def group(days, word):
    at = NOW - timedelta(days=days)
    ssh = {
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "ipv4Ranges": [{"cidrIp": "::/0" if word == "open" else "10.0.0.0/8"}],
        "ipv6Ranges": [],
    }
    return {
        "version": "1.3",
        "accountId": PROD.id,
        "awsRegion": HOME,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": "ResourceDeleted" if word == "gone" else "OK",
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": GROUP,
        "resourceId": "sg-1",
        "configuration": None if word == "gone" else {"ipPermissions": [ssh]},
        "supplementaryConfiguration": {},
    }


def opened(world, region, **recorder):
    place = (PROD.id, region)
    world.aws.recordings.open(
        place, Recorder(NOW - timedelta(days=90), **recorder), [RESTRICTED_SSH, BUCKET_LEVEL_BLOCK]
    )
    for days, word in WORDS.items():
        world.aws.recordings.record(place, group(days, word))
    return world.client("config", region=region)


@pytest.fixture(scope="module")
def config(world):
    return opened(world, HOME)


def history(config):
    told = config.get_resource_config_history(
        resourceType=COMPLIANCE, resourceId=f"{GROUP}/sg-1", limit=100, earlierTime=NOW - timedelta(days=6.9)
    )
    paginator = config.get_paginator("get_resource_config_history")
    pages = paginator.paginate(resourceType=COMPLIANCE, resourceId=f"{GROUP}/sg-1")
    return told["configurationItems"], pages.build_full_result()["configurationItems"]


def test_each_change_of_the_word_is_an_item_soon_after_the_resources(config):
    _, items = history(config)

    words = [json.loads(each["configuration"])["complianceType"] for each in items]
    assert words == ["NON_COMPLIANT", "COMPLIANT", "NON_COMPLIANT", "COMPLIANT"]
    days = [(NOW - each["configurationItemCaptureTime"]) / timedelta(days=1) for each in items]
    assert [round(each, 2) for each in days] == [3, 6, 8, 9]
    assert all(at < day for at, day in zip(days, (3, 6, 8, 9), strict=True))
    assert [each["configurationItemStatus"] for each in items] == ["OK", "OK", "OK", "ResourceDiscovered"]


def test_an_item_says_of_whom_and_by_which_rule(config):
    recent, _ = history(config)
    (newest, _) = recent

    assert json.loads(newest["configuration"]) == {
        "targetResourceId": "sg-1",
        "targetResourceType": GROUP,
        "complianceType": "NON_COMPLIANT",
        "configRuleList": [
            {
                "configRuleArn": RESTRICTED_SSH.arn((PROD.id, HOME)),
                "configRuleId": RESTRICTED_SSH.ident((PROD.id, HOME)),
                "configRuleName": "restricted-ssh",
                "complianceType": "NON_COMPLIANT",
            }
        ],
    }
    assert newest["relationships"][0]["resourceId"] == "sg-1"


def test_the_rule_is_described_under_the_arn_that_the_item_names(config):
    (rule,) = config.describe_config_rules(ConfigRuleNames=["restricted-ssh"])["ConfigRules"]

    assert rule["ConfigRuleArn"] == RESTRICTED_SSH.arn((PROD.id, HOME))


def test_compliance_is_listed_and_queried_like_any_resource(config):
    listed = config.list_discovered_resources(resourceType=COMPLIANCE)["resourceIdentifiers"]
    answer = config.select_resource_config(
        Expression="SELECT configuration.targetResourceId "
        f"WHERE resourceType = '{COMPLIANCE}' AND configuration.complianceType = 'NON_COMPLIANT'"
    )

    assert [each["resourceId"] for each in listed] == [f"{GROUP}/sg-1"]
    assert answer["Results"] == ['{"configuration":{"targetResourceId":"sg-1"}}']


def test_what_is_deleted_has_no_compliance_any_more(world):
    config = opened(world, "ap-northeast-1")
    world.aws.recordings.record((PROD.id, "ap-northeast-1"), group(1, "gone"))

    recent, _ = history(config)

    assert recent[0]["configurationItemStatus"] == "ResourceDeleted"
    assert "configuration" not in recent[0]


def test_a_recorder_that_leaves_it_out_has_none(world):
    config = opened(world, FAR, excluded=frozenset({COMPLIANCE}))

    with pytest.raises(ClientError) as caught:
        history(config)

    assert caught.value.response["Error"]["Code"] == "ResourceNotDiscoveredException"
