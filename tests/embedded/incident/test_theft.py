"""The theft: what it consists of, in its order, by whom."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.embedded.incident import Incident, records


@pytest.fixture(scope="module")
def theft(incident):
    return list(records(incident))


def test_the_leaked_key_is_plainly_an_example_and_has_the_form_of_a_key(incident):
    for key in (incident.leaked_key_id, incident.new_key_id):
        assert re.fullmatch(r"AKIA[A-Z0-9]{16}", key)
        assert "EXAMPLE" in key


def test_all_of_it_comes_from_one_address_with_the_leaked_key_or_one_that_it_gave(theft, incident):
    keys = Counter(record["userIdentity"]["accessKeyId"] for record in theft)

    assert {record["sourceIPAddress"] for record in theft} == {incident.attacker_ip}
    (taken,) = (record for record in theft if record["eventName"] == "AssumeRole")
    session = taken["responseElements"]["credentials"]["accessKeyId"]
    assert taken["userIdentity"]["accessKeyId"] == incident.leaked_key_id
    assert keys.keys() == {incident.leaked_key_id, incident.new_key_id, session}
    assert keys[session] == 4
    assert keys[incident.new_key_id] == 1


def test_it_is_told_in_order_within_the_last_six_hours(theft, incident):
    times = [datetime.fromisoformat(record["eventTime"]) for record in theft]

    assert times == sorted(times)
    assert times[0] == incident.now - timedelta(hours=6)
    assert times[-1] <= incident.now - timedelta(minutes=30)


def test_payroll_refuses_nine_calls(theft):
    refused = [
        record
        for record in theft
        if record.get("errorCode") == "AccessDenied"
        and (record["requestParameters"] or {}).get("bucketName") == "acme-payroll"
    ]

    assert Counter(record["eventName"] for record in refused) == {
        "GetObject": 4,
        "PutBucketPolicy": 2,
        "GetBucketPolicy": 1,
        "GetBucketAcl": 1,
        "PutBucketPublicAccessBlock": 1,
    }


def test_hundreds_of_payslips_are_read_and_runs_copied_to_a_stranger(theft, incident):
    done = Counter(record["eventName"] for record in theft if "errorCode" not in record)
    copies = [record["requestParameters"] for record in theft if record["eventName"] == "CopyObject"]

    assert done["GetObject"] > 400
    assert {copy["bucketName"] for copy in copies} == {incident.foreign_bucket}
    assert all(copy["x-amz-copy-source"].startswith("acme-payroll/") for copy in copies)


def test_the_thief_digs_in(theft, incident):
    (created,) = (record for record in theft if record["eventName"] == "CreateAccessKey")
    (opened,) = (record for record in theft if record["eventName"] == "AuthorizeSecurityGroupIngress")
    failed, started = (record for record in theft if record["eventName"] == "RunInstances")
    (stopped,) = (record for record in theft if record["eventName"] == "StopLogging")

    assert created["responseElements"]["accessKey"]["accessKeyId"] == incident.new_key_id
    assert opened["requestParameters"]["groupId"] == incident.security_group_id
    assert opened["requestParameters"]["ipPermissions"]["items"][0]["ipRanges"]["items"] == [
        {"cidrIp": "0.0.0.0/0"}
    ]
    assert failed["errorCode"] == "Client.VcpuLimitExceeded"
    items = started["responseElements"]["instancesSet"]["items"]
    assert tuple(item["instanceId"] for item in items) == incident.gpu_instance_ids
    assert started["awsRegion"] == incident.gpu_region
    assert stopped["errorCode"] == "AccessDenied"
    assert stopped["readOnly"] is False


def test_the_steps_happen_when_the_timeline_says(theft, incident):
    at = {record["eventName"]: record["eventTime"] for record in theft if "errorCode" not in record}
    times = incident.times

    assert at["CreateAccessKey"] == f"{times.key_created:%Y-%m-%dT%H:%M:%SZ}"
    assert at["AuthorizeSecurityGroupIngress"] == f"{times.group_opened:%Y-%m-%dT%H:%M:%SZ}"
    assert at["RunInstances"] == f"{times.instances_started:%Y-%m-%dT%H:%M:%SZ}"
    assert at["GetObject"] == f"{times.last_seen:%Y-%m-%dT%H:%M:%SZ}"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        Incident(1, datetime(2026, 1, 1))  # noqa: DTZ001 - that it is naive is the point
