"""A detector is on, suspended or not there, and tells which of its protections are on."""

import pytest
from botocore.exceptions import ClientError

from tests.embedded.aws.guardduty_world import asking


def status(client, detector):
    return {each["Name"]: each["Status"] for each in client.get_detector(DetectorId=detector)["Features"]}


def test_a_new_detector_has_all_but_the_runtime_protections_on(world):
    told = status(*asking(world))

    off = {name for name, each in told.items() if each == "DISABLED"}
    assert off == {"RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"}
    assert {"CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS", "S3_DATA_EVENTS"} <= told.keys()


def test_a_protection_is_switched_off_alone_and_told_both_ways(world):
    client, detector = asking(world)
    off = [{"Name": "S3_DATA_EVENTS", "Status": "DISABLED"}]

    client.update_detector(DetectorId=detector, Features=off)
    told = client.get_detector(DetectorId=detector)
    client.update_detector(DetectorId=detector, Features=[{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}])

    (feature,) = (each for each in told["Features"] if each["Name"] == "S3_DATA_EVENTS")
    assert (feature["Status"], feature["UpdatedAt"]) == ("DISABLED", world.aws.clock())
    assert told["DataSources"]["S3Logs"]["Status"] == "DISABLED"
    assert told["DataSources"]["CloudTrail"]["Status"] == "ENABLED"
    assert status(client, detector)["S3_DATA_EVENTS"] == "ENABLED"


def test_what_no_detector_goes_without_cannot_be_switched_off(world):
    client, detector = asking(world)

    with pytest.raises(ClientError, match="features"):
        client.update_detector(DetectorId=detector, Features=[{"Name": "CLOUD_TRAIL", "Status": "DISABLED"}])


def test_a_second_detector_is_refused(world):
    client, _ = asking(world)

    with pytest.raises(ClientError, match="detector already exists"):
        client.create_detector(Enable=True)


def test_a_detector_is_made_with_its_parts_and_deleted(world):
    far = world.client("guardduty", "sa-east-1")

    made = far.create_detector(
        Enable=True, Features=[{"Name": "RDS_LOGIN_EVENTS", "Status": "DISABLED"}], Tags={"team": "sec"}
    )["DetectorId"]
    told = far.get_detector(DetectorId=made)
    far.delete_detector(DetectorId=made)

    assert (told["Status"], told["FindingPublishingFrequency"], told["Tags"]) == (
        "ENABLED",
        "SIX_HOURS",
        {"team": "sec"},
    )
    assert told["CreatedAt"].startswith(f"{world.aws.clock():%Y-%m-%dT%H}")
    assert {each["Name"]: each["Status"] for each in told["Features"]}["RDS_LOGIN_EVENTS"] == "DISABLED"
    assert far.list_detectors()["DetectorIds"] == []


def test_a_region_without_a_detector_lists_none(world):
    assert world.client("guardduty", "eu-north-1").list_detectors()["DetectorIds"] == []
