"""GuardDuty's findings speak of the theft that the logs hold, in both of GuardDuty's shapes."""

from datetime import UTC, datetime

import botocore.session
import pytest

from bot.embedded.incident import Finding, eventbridge, findings, guardduty_api, records

SENT = [
    ("Exfiltration:S3/AnomalousBehavior", 8),
    ("UnauthorizedAccess:IAMUser/TorIPCaller", 5),
    ("Recon:EC2/PortProbeUnprotectedPort", 2),
    ("CryptoCurrency:EC2/BitcoinTool.B!DNS", 8),
    ("AttackSequence:IAM/CompromisedCredentials", 9),
]


@pytest.fixture(scope="module")
def told(incident):
    return findings(incident)


def test_the_exfiltration_is_sent_first_and_severities_are_guarddutys(told):
    assert [(finding.type, finding.severity) for finding in told] == SENT


def test_the_exfiltration_names_the_bucket_the_key_and_the_address_that_the_logs_name(told, incident):
    detail = told[0].detail
    reads = [r for r in records(incident) if r["eventName"] == "GetObject" and "errorCode" not in r]
    by_then = [r for r in reads if r["eventTime"] <= f"{told[0].at:%Y-%m-%dT%H:%M:%SZ}"]

    assert detail["resource"]["s3BucketDetails"][0]["name"] == by_then[0]["requestParameters"]["bucketName"]
    assert detail["resource"]["accessKeyDetails"]["accessKeyId"] == by_then[0]["userIdentity"]["accessKeyId"]
    assert detail["resource"]["accessKeyDetails"]["principalId"] == by_then[0]["userIdentity"]["principalId"]
    caller = detail["service"]["action"]["awsApiCallAction"]["remoteIpDetails"]["ipAddressV4"]
    assert caller == by_then[0]["sourceIPAddress"]
    assert detail["service"]["count"] == len(by_then)


def test_machines_and_groups_are_those_that_the_thief_touched(told, incident):
    probe, bitcoin = (
        told[2].detail["resource"]["instanceDetails"],
        told[3].detail["resource"]["instanceDetails"],
    )

    assert probe["networkInterfaces"][0]["securityGroups"][0]["groupId"] == incident.security_group_id
    assert bitcoin["instanceId"] in incident.gpu_instance_ids
    assert told[3].region == incident.gpu_region


def test_the_attack_sequence_ties_it_together(told, incident):
    sequence = told[4].detail["service"]["detection"]["sequence"]
    ids = {finding.id for finding in told}

    assert sequence["actors"][0]["user"]["credentialUid"] == incident.leaked_key_id
    assert {resource["name"] for resource in sequence["resources"]} >= {
        "acme-payroll",
        incident.gpu_instance_ids[0],
    }
    assert {signal["uid"] for signal in sequence["signals"] if signal["type"] == "FINDING"} <= ids


def test_findings_occur_after_what_they_tell_of_and_before_now(told, incident):
    for finding in told:
        service = finding.detail["service"]
        moment = f"{finding.at:%Y-%m-%dT%H:%M:%S}.000Z"
        assert service["eventFirstSeen"] <= service["eventLastSeen"] <= moment
        assert finding.detail["updatedAt"] == moment
        assert incident.start <= finding.at < incident.now


def test_an_event_carries_one_finding_in_its_envelope(told):
    event = eventbridge(told[0])

    assert event["detail-type"] == "GuardDuty Finding"
    assert event["source"] == "aws.guardduty"
    assert (event["account"], event["region"]) == ("111122223333", "eu-west-1")
    assert event["detail"] == told[0].detail
    assert len({eventbridge(finding)["id"] for finding in told}) == len(told)


def test_the_api_shape_is_what_boto3_knows(told):
    shape = botocore.session.get_session().get_service_model("guardduty").shape_for("Finding")
    for finding in told:
        assert list(unknown(shape, guardduty_api(finding))) == []


def test_names_that_are_data_keep_their_case_in_the_api():
    detail = {
        "service": {"action": {"awsApiCallAction": {"affectedResources": {"bucketName": "acme-payroll"}}}}
    }

    api = guardduty_api(Finding(datetime(2026, 11, 23, tzinfo=UTC), detail))

    assert api == {
        "Service": {"Action": {"AwsApiCallAction": {"AffectedResources": {"bucketName": "acme-payroll"}}}}
    }


def test_the_event_shape_is_what_guardduty_sends(told):
    shape = botocore.session.get_session().get_service_model("guardduty").shape_for("Finding")
    for finding in told:
        assert list(unknown(shape, finding.detail, on_the_wire=True)) == []


def unknown(shape, value, path="", *, on_the_wire=False):
    """The paths of a value that botocore's model has no place for, or no such type."""
    if shape.type_name == "structure":
        names = {m.serialization.get("name", n) if on_the_wire else n: m for n, m in shape.members.items()}
        for name, inner in value.items():
            if name in names:
                yield from unknown(names[name], inner, f"{path}.{name}", on_the_wire=on_the_wire)
            else:
                yield f"{path}.{name}"
    elif shape.type_name == "list":
        for inner in value:
            yield from unknown(shape.member, inner, f"{path}[]", on_the_wire=on_the_wire)
    elif not isinstance(value, TYPES[shape.type_name]):
        yield f"{path} is no {shape.type_name}"


TYPES = {
    "string": str,
    "timestamp": str,
    "boolean": bool,
    "integer": int,
    "double": (int, float),
    "float": (int, float),
    "map": dict,
}
