"""Findings are listed, read, archived and sampled as GuardDuty would."""

import json

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD

DETAIL = {
    "schemaVersion": "2.0",
    "accountId": PROD.id,
    "region": HOME,
    "partition": "aws",
    "arn": f"arn:aws:guardduty:{HOME}:{PROD.id}:detector/d/finding/f",
    "createdAt": "2026-09-08T01:00:00.000Z",
    "resource": {
        "resourceType": "S3Bucket",
        "s3BucketDetails": [{"name": "acme-payroll", "tags": [{"key": "a", "value": "b"}]}],
    },
}


def finding(finding_id: str, severity: float, updated: str, **service: object) -> dict[str, object]:
    kind = "UnauthorizedAccess:IAMUser/TorIPCaller" if severity > 4 else "Recon:EC2/PortProbeUnprotectedPort"
    return DETAIL | {
        "id": finding_id,
        "type": kind,
        "severity": severity,
        "updatedAt": updated,
        "service": {"archived": False, "count": 3, **service},
    }


@pytest.fixture
def detector(world):
    world.aws.findings.put(finding("low", 2, "2026-09-08T01:00:00.000Z"))
    world.aws.findings.put(finding("high", 8.5, "2026-09-08T02:00:00.000Z"))
    world.aws.findings.put(finding("old", 5, "2026-09-01T02:00:00.000Z", archived=True))
    return world.client("guardduty").list_detectors()["DetectorIds"][0]


def listed(world, detector, criterion, **more):
    asked = {"DetectorId": detector, "FindingCriteria": {"Criterion": criterion}, **more}
    return world.client("guardduty").list_findings(**asked)["FindingIds"]


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ({"severity": {"GreaterThanOrEqual": 7}}, {"high"}),
        ({"severity": {"Gte": 2, "Lt": 6}}, {"low", "old"}),
        ({"service.archived": {"Equals": ["false"]}}, {"low", "high"}),
        ({"updatedAt": {"LessThan": 1788600000000}}, {"old"}),
        ({"type": {"Equals": ["UnauthorizedAccess:IAMUser/TorIPCaller"]}}, {"high", "old"}),
        ({"type": {"NotEquals": ["UnauthorizedAccess:IAMUser/TorIPCaller"]}}, {"low"}),
        ({"resource.s3BucketDetails.name": {"Equals": ["acme-payroll"]}, "accountId": {"Eq": ["1"]}}, set()),
    ],
)
def test_criteria_choose_findings(world, detector, criterion, found):
    assert set(listed(world, detector, criterion)) & {"low", "high", "old"} == found


def test_findings_are_listed_in_order_and_in_pages(world, detector):
    order = {"AttributeName": "severity", "OrderBy": "DESC"}
    client = world.client("guardduty")
    only = {"Criterion": {"id": {"Equals": ["low", "high", "old"]}}}

    first = client.list_findings(DetectorId=detector, SortCriteria=order, MaxResults=2, FindingCriteria=only)
    rest = client.list_findings(
        DetectorId=detector, SortCriteria=order, NextToken=first["NextToken"], FindingCriteria=only
    )

    assert first["FindingIds"] + rest["FindingIds"] == ["high", "old", "low"]
    assert not rest["NextToken"]


def test_a_finding_is_read_in_the_apis_own_case(world, detector):
    found = world.client("guardduty").get_findings(DetectorId=detector, FindingIds=["high", "nobody"])[
        "Findings"
    ]

    assert [each["Id"] for each in found] == ["high"]
    assert found[0]["Severity"] == 8.5
    assert found[0]["Service"]["Count"] == 3
    assert found[0]["Resource"]["S3BucketDetails"][0]["Tags"] == [{"Key": "a", "Value": "b"}]


def test_archiving_is_seen_and_undone(world, detector):
    client = world.client("guardduty")

    client.archive_findings(DetectorId=detector, FindingIds=["high"])
    archived = listed(world, detector, {"service.archived": {"Equals": ["true"]}})
    client.unarchive_findings(DetectorId=detector, FindingIds=["high"])

    assert "high" in archived
    assert "high" not in listed(world, detector, {"service.archived": {"Equals": ["true"]}})


def test_a_sample_is_marked_as_one_and_reaches_the_queue(world, detector):
    kind = "Discovery:S3/TorIPCaller"

    world.client("guardduty").create_sample_findings(DetectorId=detector, FindingTypes=[kind])

    sqs = world.client("sqs")
    (message,) = sqs.receive_message(QueueUrl=world.seeded.queue_url, WaitTimeSeconds=1)["Messages"]
    sqs.delete_message(QueueUrl=world.seeded.queue_url, ReceiptHandle=message["ReceiptHandle"])
    event = json.loads(message["Body"])
    assert (event["source"], event["detail"]["type"]) == ("aws.guardduty", kind)
    assert json.loads(event["detail"]["service"]["additionalInfo"]["value"]) == {"sample": True}
    assert listed(world, detector, {"type": {"Equals": [kind]}}) == [event["detail"]["id"]]


def test_samples_of_every_type_are_refused(world, detector):
    with pytest.raises(ClientError, match="finding types named"):
        world.client("guardduty").create_sample_findings(DetectorId=detector)


def test_a_detector_of_somebody_else_is_refused(world):
    with pytest.raises(ClientError) as caught:
        world.client("guardduty").list_findings(DetectorId="0" * 32)

    assert caught.value.response["Error"]["Code"] == "BadRequestException"


def test_a_detector_is_switched_off_and_on(world, detector):
    client = world.client("guardduty")

    client.update_detector(DetectorId=detector, Enable=False)
    off = client.get_detector(DetectorId=detector)
    client.update_detector(DetectorId=detector, Enable=True, FindingPublishingFrequency="ONE_HOUR")
    on = client.get_detector(DetectorId=detector)

    assert (off["Status"], off["UpdatedAt"]) == ("DISABLED", f"{world.aws.clock():%Y-%m-%dT%H:%M:%S.%fZ}")
    assert (on["Status"], on["FindingPublishingFrequency"]) == ("ENABLED", "ONE_HOUR")


def test_a_detector_of_somebody_else_cannot_be_switched(world):
    with pytest.raises(ClientError) as caught:
        world.client("guardduty").update_detector(DetectorId="0" * 32, Enable=False)

    assert caught.value.response["Error"]["Code"] == "BadRequestException"


def test_findings_of_another_region_are_not_seen(world, detector):
    elsewhere = world.client("guardduty", region="us-east-1")

    assert (
        elsewhere.list_findings(DetectorId=elsewhere.list_detectors()["DetectorIds"][0])["FindingIds"] == []
    )
