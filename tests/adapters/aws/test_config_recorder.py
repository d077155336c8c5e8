"""What a recorder records is read as AWS says it, remembered for a few minutes, and never guessed."""

from datetime import timedelta

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.config_recorder import read_recorder
from bot.core.configuration.item import Place
from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.config.recordings import Recorder
from tests.adapters.aws.config_world import AT_HOME, BUCKET, FAR, GROUP, ROLE, Counted, configurations
from tests.aws_world import NOW


@pytest.fixture(scope="module")
def recorded(world):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=90)))
    return world


def test_one_that_is_on_says_since_when_and_is_asked_once_in_a_few_minutes(recorded, session):
    counted, seconds = Counted(session), [0.0]
    config = configurations(session, clock=lambda: seconds[0])

    first, again = config.recorder(AT_HOME), config.recorder(AT_HOME)

    assert (first.there, first.recording, first.started_at) == (True, True, NOW - timedelta(days=90))
    assert again == first
    assert counted.sent == ["DescribeConfigurationRecorders", "DescribeConfigurationRecorderStatus"]
    seconds[0] = 301
    config.recorder(AT_HOME)
    assert len(counted.sent) == 4


def test_one_that_was_stopped_says_when(recorded, session):
    recorded.aws.recordings.switch((PROD.id, HOME), on=False)
    try:
        found = configurations(session).recorder(AT_HOME)
    finally:
        recorded.aws.recordings.switch((PROD.id, HOME), on=True)

    assert (found.recording, found.stopped_at) == (False, NOW)


def test_where_none_is_there_is_none(recorded, session):
    found = configurations(session).recorder(Place(PROD.id, FAR))

    assert (found.there, found.recording, found.records(GROUP)) == (False, False, "no")


def test_a_refusal_names_the_action_and_is_asked_again_soon(recorded, session):
    seconds = [0.0]

    def refuse(request, **_):
        if seconds[0] > 0:
            return None
        return AWSResponse(request.url, 400, {"x-amzn-ErrorType": "AccessDeniedException"}, _Raw())

    session.events.register("before-send.config-service.DescribeConfigurationRecorders", refuse)
    config = configurations(session, clock=lambda: seconds[0])

    found = config.recorder(AT_HOME)
    assert (found.recording, found.action) == (None, "config:DescribeConfigurationRecorders")
    assert found.records(GROUP) == "unknown"

    seconds[0] = 31
    assert config.recorder(AT_HOME).recording is True


def test_an_account_that_no_role_leads_to_is_unknown_in_words(recorded, session):
    config = configurations(session)
    config.home()

    assert "999999999999" in config.recorder(Place("999999999999", HOME)).refused


class _Raw:
    def stream(self, *_, **__):
        yield b'{"__type": "AccessDeniedException", "message": "no"}'


def read(group, mode=None):
    return read_recorder(AT_HOME, {"recordingGroup": group, "recordingMode": mode or {}}, {"recording": True})


ALL = {"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES"}


@pytest.mark.parametrize(
    ("group", "records"),
    [
        ({"allSupported": True}, {GROUP: "yes", ROLE: "no"}),
        ({"allSupported": True, "includeGlobalResourceTypes": True}, {GROUP: "yes", ROLE: "yes"}),
        ({"recordingStrategy": ALL}, {GROUP: "yes", ROLE: "no"}),
        ({"allSupported": False, "resourceTypes": [GROUP]}, {GROUP: "yes", BUCKET: "no"}),
        (
            {
                "recordingStrategy": {"useOnly": "INCLUSION_BY_RESOURCE_TYPES"},
                "resourceTypes": [ROLE],
            },
            {GROUP: "no", ROLE: "yes"},
        ),
        (
            {
                "recordingStrategy": {"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"},
                "exclusionByResourceTypes": {"resourceTypes": [GROUP]},
            },
            {GROUP: "no", BUCKET: "yes", ROLE: "yes"},
        ),
    ],
)
def test_each_strategy_records_what_it_says(group, records):
    found = read(group)

    assert {kind: found.records(kind) for kind in records} == records


def test_a_type_may_be_recorded_once_a_day_or_alone_be_recorded_at_once():
    override = {"resourceTypes": [GROUP], "recordingFrequency": "DAILY"}
    some = read(
        {"recordingStrategy": ALL},
        {"recordingFrequency": "CONTINUOUS", "recordingModeOverrides": [override]},
    )
    most = read(
        {"recordingStrategy": ALL},
        {
            "recordingFrequency": "DAILY",
            "recordingModeOverrides": [override | {"recordingFrequency": "CONTINUOUS"}],
        },
    )

    assert (some.is_daily(GROUP), some.is_daily(BUCKET)) == (True, False)
    assert (most.is_daily(GROUP), most.is_daily(BUCKET)) == (False, True)
