"""Config lists and reads what is recorded in the caller's own account and region, and says that it records."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
TABLE = "AWS::DynamoDB::Table"
PLACE = (PROD.id, HOME)


def item(resource_id, days=1, status="OK", **more):
    at = NOW - timedelta(days=days)
    return {
        "accountId": PROD.id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": TABLE,
        "resourceId": resource_id,
        "resourceName": resource_id.upper(),
        "configuration": {"tableName": resource_id},
        "tags": {"team": "web"},
        "relationships": [],
    } | more


@pytest.fixture(scope="module")
def config(world):
    recordings = world.aws.recordings
    recordings.open(PLACE, Recorder(NOW - timedelta(days=90), global_types=True))
    for name in ("t-1", "t-2", "t-3"):
        recordings.record(PLACE, item(name))
    recordings.record(PLACE, item("t-gone", days=5))
    recordings.record(PLACE, item("t-gone", days=2, status="ResourceDeleted", configuration=None))
    recordings.record(PLACE, item("t-future", days=-1))
    return world.client("config")


def listed(config, **asked):
    found = config.list_discovered_resources(resourceType=TABLE, **asked)["resourceIdentifiers"]
    return [each["resourceId"] for each in found]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["t-1", "t-2", "t-3"]),
        ({"includeDeletedResources": True}, ["t-1", "t-2", "t-3", "t-gone"]),
        ({"resourceIds": ["t-3", "t-1", "t-x", "t-gone"]}, ["t-1", "t-3"]),
        ({"resourceName": "T-2"}, ["t-2"]),
        ({"resourceName": "t-2"}, []),
        ({"resourceName": "T-GONE"}, []),
        ({"resourceName": "T-GONE", "includeDeletedResources": True}, ["t-gone"]),
    ],
)
def test_resources_are_listed_by_ids_or_by_name(config, asked, found):
    assert listed(config, **asked) == found


def test_a_deleted_resource_says_since_when_and_a_living_one_does_not(config):
    living, gone = config.list_discovered_resources(
        resourceType=TABLE, resourceIds=["t-1", "t-gone"], includeDeletedResources=True
    )["resourceIdentifiers"]

    assert gone == {
        "resourceType": TABLE,
        "resourceId": "t-gone",
        "resourceName": "T-GONE",
        "resourceDeletionTime": NOW - timedelta(days=2),
    }
    assert "resourceDeletionTime" not in living


def test_a_list_comes_in_pages(config):
    first = config.list_discovered_resources(resourceType=TABLE, limit=2)
    rest = config.list_discovered_resources(resourceType=TABLE, limit=2, nextToken=first["nextToken"])

    ids = [each["resourceId"] for each in first["resourceIdentifiers"] + rest["resourceIdentifiers"]]
    assert ids == ["t-1", "t-2", "t-3"]
    assert "nextToken" not in rest


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"resourceIds": ["t-1"], "resourceName": "T-1"}, "ValidationException"),
        ({"resourceIds": [f"t-{n}" for n in range(21)]}, "ValidationException"),
        ({"limit": 101}, "InvalidLimitException"),
        ({"nextToken": "x"}, "InvalidNextTokenException"),
    ],
)
def test_what_aws_refuses_is_refused_by_the_same_name(config, asked, code):
    with pytest.raises(ClientError) as caught:
        listed(config, **asked)

    assert caught.value.response["Error"]["Code"] == code


def test_a_batch_gives_the_newest_items_of_what_lives_without_tags(config, world):
    tagged = {"Tags": [{"key": "team", "value": "web"}], "ContinuousBackups": {"status": "ENABLED"}}
    world.aws.recordings.record(PLACE, item("t-1", days=0.5, supplementaryConfiguration=tagged))
    keys = [{"resourceType": TABLE, "resourceId": name} for name in ("t-1", "t-gone", "t-nobody")]

    answer = config.batch_get_resource_config(resourceKeys=keys)

    (found,) = answer["baseConfigurationItems"]
    assert found["configurationItemCaptureTime"] == NOW - timedelta(days=0.5)
    assert found["configuration"] == '{"tableName":"t-1"}'
    assert found["supplementaryConfiguration"] == {"ContinuousBackups": '{"status":"ENABLED"}'}
    assert found.keys().isdisjoint({"tags", "relationships"})
    assert answer["unprocessedResourceKeys"] == []


def test_the_recorder_records_everything(config):
    (recorder,) = config.describe_configuration_recorders()["ConfigurationRecorders"]
    (status,) = config.describe_configuration_recorder_status(ConfigurationRecorderNames=["default"])[
        "ConfigurationRecordersStatus"
    ]

    assert recorder["recordingGroup"]["allSupported"] is True
    assert recorder["recordingGroup"]["includeGlobalResourceTypes"] is True
    assert recorder["recordingMode"]["recordingFrequency"] == "CONTINUOUS"
    assert (status["recording"], status["lastStartTime"]) == (True, NOW - timedelta(days=90))
    assert status["arn"] == recorder["arn"]


def test_a_recorder_that_is_stopped_says_since_when_and_starts_again(world):
    config = switched(world)
    config.stop_configuration_recorder(ConfigurationRecorderName="default")
    (stopped,) = config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    config.start_configuration_recorder(ConfigurationRecorderName="default")
    (started,) = config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]

    assert (stopped["recording"], stopped["lastStopTime"]) == (False, NOW)
    assert (started["recording"], started["lastStartTime"]) == (True, NOW)
    assert started["lastStopTime"] == NOW


@pytest.mark.parametrize(
    ("recorder", "group"),
    [
        (
            Recorder(NOW, global_types=True, excluded=frozenset({"AWS::S3::Bucket", "AWS::EC2::VPC"})),
            (False, False, [], ["AWS::EC2::VPC", "AWS::S3::Bucket"], "EXCLUSION_BY_RESOURCE_TYPES"),
        ),
        (
            Recorder(NOW, only=frozenset({"AWS::S3::Bucket"})),
            (False, False, ["AWS::S3::Bucket"], [], "INCLUSION_BY_RESOURCE_TYPES"),
        ),
        (Recorder(NOW), (True, False, [], [], "ALL_SUPPORTED_RESOURCE_TYPES")),
    ],
)
def test_a_recorder_says_what_it_leaves_out(world, recorder, group):
    place = (PROD.id, "ap-northeast-1")
    world.aws.recordings.open(place, recorder)

    (told,) = world.client("config", region=place[1]).describe_configuration_recorders()[
        "ConfigurationRecorders"
    ]

    said = told["recordingGroup"]
    assert group == (
        said["allSupported"],
        said["includeGlobalResourceTypes"],
        said["resourceTypes"],
        said["exclusionByResourceTypes"]["resourceTypes"],
        said["recordingStrategy"]["useOnly"],
    )


def test_a_recorder_says_how_often_it_looks_and_at_what_otherwise(world):
    place = (PROD.id, "ap-northeast-1")
    world.aws.recordings.open(place, Recorder(NOW, daily=True, otherwise=frozenset({TABLE})))

    (told,) = world.client("config", region=place[1]).describe_configuration_recorders()[
        "ConfigurationRecorders"
    ]

    assert told["recordingMode"] == {
        "recordingFrequency": "DAILY",
        "recordingModeOverrides": [{"resourceTypes": [TABLE], "recordingFrequency": "CONTINUOUS"}],
    }


def test_what_was_recorded_stays_while_the_recorder_is_stopped(world):
    config = switched(world)
    config.stop_configuration_recorder(ConfigurationRecorderName="default")

    assert listed(config) == ["t-1"]


def test_a_recorder_that_is_not_there_cannot_be_stopped(config):
    with pytest.raises(ClientError) as caught:
        config.stop_configuration_recorder(ConfigurationRecorderName="mine")

    assert caught.value.response["Error"]["Code"] == "NoSuchConfigurationRecorderException"


def switched(world):
    """Config where nobody else looks, with a recorder of its own that recorded one table."""
    place = (PROD.id, "us-east-1")
    world.aws.recordings.open(place, Recorder(NOW - timedelta(days=90)))
    world.aws.recordings.record(place, item("t-1"))
    return world.client("config", region="us-east-1")


@pytest.mark.parametrize(
    "asked",
    [
        {"ConfigurationRecorderNames": ["mine"]},
        {"ServicePrincipal": "securityhub.amazonaws.com"},
        {"Arn": "arn:aws:config:eu-west-1:1:configuration-recorder/x/y"},
    ],
)
def test_another_recorder_is_unknown(config, asked):
    with pytest.raises(ClientError) as caught:
        config.describe_configuration_recorders(**asked)

    assert caught.value.response["Error"]["Code"] == "NoSuchConfigurationRecorderException"


def test_where_nothing_records_recorders_are_none_and_lists_are_refused(config, world):
    staging = world.client("config", account=STAGING)

    assert staging.describe_configuration_recorders()["ConfigurationRecorders"] == []
    assert staging.describe_configuration_recorder_status()["ConfigurationRecordersStatus"] == []
    for ask in (
        lambda: listed(staging),
        lambda: staging.batch_get_resource_config(
            resourceKeys=[{"resourceType": TABLE, "resourceId": "t-1"}]
        ),
    ):
        with pytest.raises(ClientError) as caught:
            ask()
        assert caught.value.response["Error"]["Code"] == "NoAvailableConfigurationRecorderException"


def test_an_item_without_a_recorder_cannot_be(config, world):
    with pytest.raises(KeyError):
        world.aws.recordings.record((STAGING.id, HOME), item("t-1"))
