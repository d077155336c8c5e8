"""What is read: writes that name the resource, that did not fail, out of log files by the real engine."""

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.span import Span
from bot.trail.authorship.reading import read
from tests.aws_world import key_of, packed, record
from tests.trail.authorship.making import AT, GROUP, NOW, PLACE, minutes

SPAN = Span(AT - minutes(60), AT + minutes(1))


def made(name, ago=5, **more):
    """A record of a write that names the group."""
    fields = {
        "eventName": name,
        "eventSource": "ec2.amazonaws.com",
        "requestParameters": {"groupId": "sg-0abc"},
        "resources": None,
        "readOnly": False,
        "managementEvent": True,
        "eventCategory": "Management",
        "eventID": name,
    }
    return record(
        1,
        AT - minutes(ago),
        more.pop("account", PLACE.account_id),
        more.pop("region", PLACE.region),
        **(fields | more),
    )


@pytest.fixture
def names(tmp_path):
    """Reads the group's calls out of records, and gives their names."""

    def found(*records):
        for number, one in enumerate(records):
            key = key_of(one["recipientAccountId"], one["awsRegion"], AT, f"{number}")
            (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / key).write_bytes(packed([one]))
        calls = read(GROUP, SPAN, DuckdbEngine(str(tmp_path)), lambda _: None, NOW)
        return sorted(one.link.call.event_name for one in calls.records)

    return found


def test_what_failed_only_read_or_touched_data_changed_nothing(names):
    found = names(
        made("Written"),
        made("Failed", errorCode="UnauthorizedOperation"),
        made("ReadOnly", readOnly=True),
        made("Data", managementEvent=False, eventCategory="Data"),
        made("Undeclared", readOnly=None),
    )

    assert found == ["Undeclared", "Written"]


def test_a_call_is_found_by_id_by_name_by_arn_and_by_its_answer(names):
    found = names(
        made("ByName", requestParameters={"groupName": "web"}),
        made("ByArn", requestParameters={"arn": GROUP.arn}),
        made("ByAnswer", requestParameters={}, responseElements={"groupId": "sg-0abc"}),
        made("ByResources", requestParameters={}, resources=[{"ARN": GROUP.arn}]),
        made("Another", requestParameters={"groupId": "sg-0abcd"}),
    )

    assert found == ["ByAnswer", "ByArn", "ByName", "ByResources"]


def test_other_places_and_other_times_are_not_read(names):
    found = names(
        made("Here"),
        made("ElsewhereRegion", region="us-west-2"),
        made("ElsewhereAccount", account="444455556666"),
        made("Earlier", ago=90),
    )

    assert found == ["Here"]


def test_the_recorders_calls_are_read_with_them(names):
    stop = made(
        "StopConfigurationRecorder",
        eventSource="config.amazonaws.com",
        requestParameters={"configurationRecorderName": "default"},
    )
    other = made("PutEvaluations", eventSource="config.amazonaws.com", requestParameters={})

    assert names(stop, other) == ["StopConfigurationRecorder"]
