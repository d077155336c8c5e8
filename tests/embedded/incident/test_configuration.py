"""What Config recorded fits what CloudTrail logged and GuardDuty found, in Config's own shapes."""

import json
from collections import defaultdict
from datetime import datetime, timedelta
from urllib.parse import unquote

import botocore.session
import pytest

from bot.embedded.incident import configuration_items, findings, recording_since, records, upkeep
from bot.embedded.incident.quiet_buckets import quiet_buckets

GROUP, INSTANCE, BUCKET, USER = (
    f"AWS::{name}" for name in ("EC2::SecurityGroup", "EC2::Instance", "S3::Bucket", "IAM::User")
)
MINUTES = timedelta(minutes=10)


@pytest.fixture(scope="module")
def told(incident):
    return configuration_items(incident)


@pytest.fixture(scope="module")
def histories(told):
    """Items by resource id."""
    found = defaultdict(list)
    for each in told:
        found[each.item["resourceId"]].append(each.item)
    return found


def ports(item):
    return [each["fromPort"] for each in item["configuration"]["ipPermissions"]]


def captured(item):
    return item["configurationItemCaptureTime"]


def test_web_prod_is_made_joined_tended_and_then_opened(histories, incident):
    made, joined, tended, opened = histories[incident.security_group_id]

    assert [ports(each) for each in (made, joined, tended, opened)] == [
        [443],
        [443],
        [443, 80],
        [443, 80, 22],
    ]
    assert made["configurationItemStatus"] == "ResourceDiscovered"
    assert joined["configuration"] == made["configuration"]
    assert len(joined["relationships"]) == len(made["relationships"]) + 3
    assert incident.now - captured(made) > timedelta(days=30)


def test_ssh_was_opened_to_everybody_and_is_written_twice_as_config_does(histories, incident):
    ssh = histories[incident.security_group_id][-1]["configuration"]["ipPermissions"][-1]

    assert ssh["ipv4Ranges"] == [{"cidrIp": "0.0.0.0/0"}]
    assert ssh["ipRanges"] == ["0.0.0.0/0"]


def test_changes_within_the_logged_days_are_captured_minutes_after_their_records(histories, incident):
    opened, tended, deleted = (
        next(r for r in records(incident) if r["eventName"] == "AuthorizeSecurityGroupIngress"),
        *(record for record in upkeep(incident) if not record["readOnly"]),
    )
    changes = [
        (opened, histories[incident.security_group_id][-1]),
        (tended, histories[incident.security_group_id][-2]),
        (deleted, histories[deleted["requestParameters"]["groupId"]][-1]),
    ]

    for record, item in changes:
        at = datetime.fromisoformat(record["eventTime"])
        assert at < captured(item) < at + MINUTES
        assert record["requestParameters"]["groupId"] == item["resourceId"]
        assert record["awsRegion"] == item["awsRegion"]


def test_upkeep_is_terraforms_and_happens_on_logged_workdays(incident):
    for record in upkeep(incident):
        at = datetime.fromisoformat(record["eventTime"])
        given = record["responseElements"].get("assumedRoleUser")
        who = (given or record["userIdentity"])["arn"]
        assert who.endswith(":assumed-role/tf-apply/terraform")
        assert timedelta(days=1) < incident.now - at < timedelta(days=20)
        assert at.weekday() < 5
        assert "<<" not in json.dumps(record)


def test_the_old_group_is_deleted_after_its_machines_left_it(histories):
    (history,) = (each for each in histories.values() if each[0].get("resourceName") == "web-legacy")

    found, left, deleted = history
    assert deleted["configurationItemStatus"] == "ResourceDeleted"
    assert [len(each["relationships"]) for each in (found, left, deleted)] == [4, 1, 0]
    assert deleted["configuration"] is None


def test_machines_in_tokyo_are_discovered_after_they_are_started(told, incident):
    gpu = [
        each
        for each in told
        if each.place.region == incident.gpu_region and each.item["resourceType"] == INSTANCE
    ]

    assert {each.item["resourceId"] for each in gpu} == set(incident.gpu_instance_ids)
    first = gpu[0].item
    assert first["configurationItemStatus"] == "ResourceDiscovered"
    assert incident.times.instances_started < captured(first) < incident.times.instances_started + MINUTES
    assert first["configuration"]["instanceType"] == "g5.12xlarge"


def test_machines_are_where_guardduty_sees_them(histories, incident):
    for finding in findings(incident)[2:4]:
        details = finding.detail["resource"]["instanceDetails"]
        newest = histories[details["instanceId"]][-1]
        network = details["networkInterfaces"][0]
        assert newest["configuration"]["securityGroups"] == network["securityGroups"]
        assert newest["configuration"]["vpcId"] == network["vpcId"]
        assert newest["configuration"]["subnetId"] == network["subnetId"]
        assert newest["configuration"]["instanceType"] == details["instanceType"]
        assert newest["configuration"]["launchTime"] == details["launchTime"]
        assert newest["availabilityZone"] == details["availabilityZone"]
        assert newest["tags"] == {tag["key"]: tag["value"] for tag in details["tags"]}


def test_payroll_is_as_guardduty_describes_it_and_has_not_changed(histories, incident):
    (payroll,) = histories["acme-payroll"]
    details = findings(incident)[0].detail["resource"]["s3BucketDetails"][0]

    assert payroll["configuration"]["creationDate"] == details["createdAt"]
    assert payroll["configuration"]["owner"]["id"] == details["owner"]["id"]
    assert payroll["tags"] == {tag["key"]: tag["value"] for tag in details["tags"]}
    assert all(payroll["supplementaryConfiguration"]["PublicAccessBlockConfiguration"].values())


def test_every_bucket_is_recorded_in_its_own_account_and_region(told, incident):
    recorded = {
        (each.item["resourceId"], *each.place) for each in told if each.item["resourceType"] == BUCKET
    }

    known = (*incident.buckets, *(one for one in quiet_buckets() if one.region in incident.regions))
    assert recorded == {(bucket.name, bucket.account_id, bucket.region) for bucket in known}


def test_the_user_is_recorded_at_home_under_its_unique_id_and_without_keys(told, incident):
    (user,) = (each for each in told if each.item["resourceType"] == USER)
    by_thief = next(records(incident))["userIdentity"]

    assert user.place == (incident.prod.id, incident.home_region)
    assert (user.item["awsRegion"], user.item["resourceId"]) == ("global", by_thief["principalId"])
    assert incident.new_key_id not in json.dumps(user.item, default=str)
    document = user.item["configuration"]["userPolicyList"][0]["policyDocument"]
    assert "{" not in document
    assert json.loads(unquote(document))["Version"] == "2012-10-17"


def test_everything_is_captured_in_order_while_config_was_on_and_the_first_item_is_a_discovery(
    told, incident
):
    times = [each.captured for each in told]
    states = [int(each.item["configurationStateId"]) for each in told]

    assert times == sorted(times)
    assert states == sorted(states)
    assert recording_since(incident) <= times[0]
    assert times[-1] < incident.now
    resources = defaultdict(list)
    for each in told:
        resources[each.item["resourceType"], each.item["resourceId"]].append(each.item)
    for history in resources.values():
        statuses = [each["configurationItemStatus"] for each in history]
        assert statuses[0] == "ResourceDiscovered"
        assert "ResourceDiscovered" not in statuses[1:]


def test_items_have_the_fields_of_botocores_model(told):
    model = botocore.session.get_session().get_service_model("config")
    shape = model.shape_for("ConfigurationItem")
    types, statuses = (
        model.shape_for(name).metadata["enum"] for name in ("ResourceType", "ConfigurationItemStatus")
    )
    related = {kind["resourceType"] for each in told for kind in each.item["relationships"]}

    for each in told:
        assert each.item.keys() <= shape.members.keys()
        assert each.item["resourceType"] in types
        assert each.item["configurationItemStatus"] in statuses
        assert each.item["accountId"] == each.place.account_id
    assert related <= set(types)
