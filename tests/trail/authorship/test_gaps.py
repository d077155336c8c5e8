"""When nothing was recorded, by the calls on the recorder."""

from datetime import timedelta

import pytest

from bot.trail.authorship.deeds import records
from bot.trail.authorship.gaps import gaps
from tests.trail.authorship.making import ANA, AT, BO, GROUP, minutes, row


def on(event, ago, who=ANA, group=None, **more):
    request = {"configurationRecorderName": "default"}
    if group is not None:
        request = {"configurationRecorder": {"name": "default", "recordingGroup": group}}
    return row(f"{event}ConfigurationRecorder", ago, who, "config", request=request, **more)


def found(*rows, captured=()):
    return gaps(GROUP, records(rows), captured)


def test_a_stop_and_the_start_after_it_bound_a_gap_and_say_who():
    (one,) = found(on("Start", 5, BO), on("Stop", 30))

    assert (one.since, one.until) == (AT - minutes(30), AT - minutes(5))
    assert one.why == "ana (user) stopped the recorder, bo (user) started it again"


def test_a_stop_that_nothing_ended_lasts():
    (one,) = found(on("Stop", 30))

    assert (one.until, one.why) == (None, "ana (user) stopped the recorder")


def test_an_item_of_later_says_that_it_recorded_again():
    (one,) = found(on("Stop", 30), captured=(AT - timedelta(days=1), AT - minutes(10), AT))

    assert one.until == AT - minutes(10)


def test_a_deleted_recorder_records_again_only_when_it_is_started():
    rows = (on("Delete", 30), on("Put", 20, BO, {"allSupported": True}), on("Start", 10, BO))

    (one,) = found(*rows)

    assert (one.since, one.until) == (AT - minutes(30), AT - minutes(10))
    assert one.why.startswith("ana (user) deleted the recorder")


@pytest.mark.parametrize(
    "group",
    [
        {"allSupported": False, "resourceTypes": ["AWS::S3::Bucket"]},
        {"exclusionByResourceTypes": {"resourceTypes": ["AWS::EC2::SecurityGroup"]}},
    ],
)
def test_a_type_that_is_left_out_is_a_gap_until_it_is_taken_in(group):
    (one,) = found(on("Put", 30, ANA, group), on("Put", 10, BO, {"allSupported": True}))

    assert (one.since, one.until) == (AT - minutes(30), AT - minutes(10))
    assert one.why == "ana (user) told the recorder to leave out this type, bo (user) took it in again"


@pytest.mark.parametrize(
    "call",
    [
        on("Put", 30, ANA, {"allSupported": True}),
        on("Put", 30, ANA, {"resourceTypes": ["AWS::EC2::SecurityGroup"]}),
        on("Put", 30, ANA, {}),
        on("Start", 30),
        on("Stop", 30, region="us-east-1"),
        row("StopConfigurationRecorder", 30, ANA, "ec2"),
        on("Describe", 30),
    ],
    ids=lambda one: one["request"] + one["region"] + one["event_source"],
)
def test_what_stops_nothing_is_no_gap(call):
    assert found(call) == ()


def test_two_stops_are_two_gaps_and_a_stop_of_what_is_stopped_is_none():
    rows = (on("Stop", 50), on("Stop", 45, BO), on("Start", 40), on("Stop", 20), on("Start", 10))

    assert [(one.since, one.until) for one in found(*rows)] == [
        (AT - minutes(50), AT - minutes(40)),
        (AT - minutes(20), AT - minutes(10)),
    ]
