"""What the story lets happen to the open group is kept: by Config as an item, by CloudTrail as the call behind it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.embedded import happening
from bot.embedded.aws import AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from bot.embedded.incident.news import group

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def closed():
    """The stand-in after Mika closed port 22, and the incident."""
    incident = Incident(1, NOW)
    with AwsStandIn(clock=lambda: NOW).serve() as aws:
        seeded = furnish(aws, incident)
        topic = happening.listen(aws, seeded.queue_url, incident.regions)
        happening.tell(aws, topic, *group.closed(incident, NOW))
        yield aws, incident


def test_the_item_is_closed_and_its_call_is_found_minutes_before_it(closed):
    aws, incident = closed
    ident = incident.security_group_id

    newest, *_ = aws.client("config").get_resource_config_history(
        resourceType="AWS::EC2::SecurityGroup", resourceId=ident
    )["configurationItems"]
    attribute = {"AttributeKey": "ResourceName", "AttributeValue": ident}
    (event,) = aws.client("cloudtrail").lookup_events(LookupAttributes=[attribute])["Events"]

    ports = [each["fromPort"] for each in json.loads(newest["configuration"])["ipPermissions"]]
    assert ports == [443, 80]
    assert event["EventName"] == "RevokeSecurityGroupIngress"
    assert event["Username"] == "mika.sato@acme.example"
    assert newest["configurationItemCaptureTime"] - event["EventTime"] == timedelta(minutes=3)
    (rule,) = json.loads(event["CloudTrailEvent"])["requestParameters"]["ipPermissions"]["items"]
    assert (rule["toPort"], rule["ipRanges"]["items"]) == (22, [{"cidrIp": "0.0.0.0/0"}])


def test_compliance_says_since_when_it_is_broken(closed):
    aws, incident = closed
    pages = (
        aws.client("config")
        .get_paginator("get_resource_config_history")
        .paginate(
            resourceType="AWS::Config::ResourceCompliance",
            resourceId=f"AWS::EC2::SecurityGroup/{incident.security_group_id}",
        )
    )

    items = pages.build_full_result()["configurationItems"]

    # What closed it is captured now, and the rule looks at it half a minute later.
    words = [json.loads(each["configuration"])["complianceType"] for each in items]
    assert words == ["NON_COMPLIANT", "COMPLIANT"]
