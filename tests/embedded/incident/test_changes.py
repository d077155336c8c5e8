"""Every change within the logged days has its call, minutes before the item; what has none is told apart."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.embedded.incident import (
    Incident,
    changes,
    configuration_items,
    recording_paused,
    recording_resumed,
    records,
    upkeep,
)

GROUP, BUCKET, FUNCTION, ROLE, DATABASE = (
    f"AWS::{name}"
    for name in ("EC2::SecurityGroup", "S3::Bucket", "Lambda::Function", "IAM::Role", "RDS::DBInstance")
)
DELAY = timedelta(minutes=10)
LOGGED = timedelta(days=30)


@pytest.fixture(scope="module")
def told(incident):
    return list(changes(incident))


def history(incident, kind, name):
    return [
        each.item
        for each in configuration_items(incident)
        if (each.item["resourceType"], each.item.get("resourceName")) == (kind, name)
    ]


def captured(item):
    return item["configurationItemCaptureTime"]


def happened(record):
    return datetime.fromisoformat(record["eventTime"])


def writes(told, item, since):
    """The calls that name an item's resource, from then to its capture."""
    names = {item["resourceId"], item["resourceName"]}
    return [
        record
        for record in told
        if since < happened(record) <= captured(item)
        and names & set(texts(record))
        and record["eventSource"].partition(".")[0] == item["resourceType"].split("::")[1].lower()
        and not record["readOnly"]
    ]


def texts(record):
    for said in (record["requestParameters"], record["responseElements"]):
        yield from (value for value in (said or {}).values() if isinstance(value, str))


def who(record):
    return record["userIdentity"]["arn"].rpartition("/")[2]


@pytest.mark.parametrize("day", range(9))
def test_every_change_of_the_logged_days_has_its_call_minutes_before(day):
    """Whatever weekday it is; Systems Manager's stock-taking, Tokyo's machines and staging's days are apart."""
    incident = Incident(3, datetime(2026, 3, 1, 2, 40, tzinfo=UTC) + timedelta(days=day, hours=7 * day % 24))
    calls = [*records(incident), *upkeep(incident), *changes(incident)]
    unseen = []
    before = {}
    for each in configuration_items(incident):
        item, key = each.item, (each.item["resourceType"], each.item["resourceId"])
        since, before[key] = before.get(key), captured(item)
        if (
            incident.now - captured(item) > LOGGED - timedelta(days=1)
            or each.place.region == incident.gpu_region
        ):
            continue
        made = writes(
            calls, item | {"resourceName": item.get("resourceName")}, since or captured(item) - DELAY
        )
        close = [record for record in made if captured(item) - happened(record) < DELAY]
        if not close:
            unseen.append((item["resourceType"], item.get("resourceName"), len(made)))

    assert sorted(unseen, key=str) == [
        ("AWS::EC2::Instance", None, 0),
        (FUNCTION, "edge-redirects", 1),
        (BUCKET, "acme-staging-assets", 2),
    ]


def test_the_calls_are_told_in_order_whole_and_each_under_its_own_id(told, incident):
    times = [happened(record) for record in told]

    assert times == sorted(times)
    assert all(incident.now - LOGGED < at < incident.now - timedelta(days=1) for at in times)
    assert len({record["eventID"] for record in told}) == len(told)
    assert "<<" not in json.dumps(told)


def test_they_lie_in_the_log_bucket_under_their_account(told, logs):
    filed = {record["eventID"]: log.key.split("/")[1] for log in logs for record in log.records}

    assert {record["eventID"]: record["recipientAccountId"] for record in told}.items() <= filed.items()


def test_the_reports_role_is_widened_by_a_click_and_later_lent_to_staging(told, incident):
    found, widened, lent = history(incident, ROLE, "acme-reports")

    (click,) = writes(told, widened, captured(found))
    assert (click["eventName"], who(click)) == ("PutRolePolicy", "jonas.lind@acme.example")
    assert click["sessionCredentialFromConsole"] == "true"
    (shell,) = writes(told, lent, captured(widened))
    assert (shell["eventName"], who(shell)) == ("UpdateAssumeRolePolicy", "mika.sato@acme.example")
    assert "aws-cli" in shell["userAgent"]
    assert found["configuration"]["rolePolicyList"] != widened["configuration"]["rolePolicyList"]
    assert incident.staging.id in lent["configuration"]["assumeRolePolicyDocument"]


def test_the_reports_bucket_lies_open_for_an_afternoon(told, incident):
    items = history(incident, BUCKET, "acme-reports")

    blocked = [
        all(each["supplementaryConfiguration"]["PublicAccessBlockConfiguration"].values()) for each in items
    ]
    assert blocked == [True, False, True, True]
    assert items[-1]["tags"] == {"team": "finance", "service": "reports"}
    hands = [who(writes(told, new, captured(old))[0]) for old, new in pairwise(items)]
    assert hands == ["elena.rossi@acme.example", "mika.sato@acme.example", "terraform"]


def test_the_reports_function_is_deployed_by_a_workflow_that_shows_its_token_first(told, incident):
    found, first, second = history(incident, FUNCTION, "acme-reports")

    deployed = writes(told, second, captured(first))
    assert [each["eventName"] for each in deployed] == [
        "UpdateFunctionCode20150331v2",
        "UpdateFunctionConfiguration20150331v2",
    ]
    key = deployed[0]["userIdentity"]["accessKeyId"]
    (token,) = (
        each
        for each in told
        if each["eventName"] == "AssumeRoleWithWebIdentity"
        and each["responseElements"]["credentials"]["accessKeyId"] == key
    )
    assert token["userIdentity"]["userName"] == "repo:acme/reports:ref:refs/heads/main"
    assert first["configuration"]["codeSha256"] != found["configuration"]["codeSha256"]
    assert second["configuration"]["memorySize"] == 1024


def test_the_orders_database_is_known_by_an_id_and_opened_by_somebody_behind_a_role(told, incident):
    closed, opened, again = history(incident, DATABASE, "acme-orders")

    assert closed["resourceId"].startswith("db-")
    assert [each["configuration"]["publiclyAccessible"] for each in (closed, opened, again)] == [
        False,
        True,
        False,
    ]
    (call,) = writes(told, opened, captured(closed))
    assert who(call) == "orders-import"
    key = call["userIdentity"]["accessKeyId"]
    (taken,) = (
        each
        for each in told
        if each["eventName"] == "AssumeRole" and each["responseElements"]["credentials"]["accessKeyId"] == key
    )
    assert who(taken) == "tomas.okafor@acme.example"


def test_two_people_change_a_group_within_a_minute_and_config_sees_one_change(told, incident):
    found, both, dropped = history(incident, GROUP, "batch-workers")

    calls = writes(told, both, captured(found))
    assert [who(each) for each in calls] == ["priya.nair@acme.example", "elena.rossi@acme.example"]
    assert happened(calls[1]) - happened(calls[0]) < timedelta(minutes=1)
    ports = [
        [each["fromPort"] for each in item["configuration"]["ipPermissions"]] for item in (both, dropped)
    ]
    assert ports == [[5671, 8080, 9090], [5671, 9090]]


def test_a_stack_changes_a_group_with_the_credentials_of_whoever_updates_it(told, incident):
    made, changed = history(incident, GROUP, "cache-prod")

    (call,) = writes(told, changed, captured(made))
    assert call["userIdentity"]["invokedBy"] == call["sourceIPAddress"] == "cloudformation.amazonaws.com"
    assert who(call) == "priya.nair@acme.example"
    assert changed["tags"]["aws:cloudformation:stack-name"] == "acme-cache"


def test_a_group_for_an_hour_is_made_open_and_deleted_by_somebody_else(told, incident):
    opened, gone = history(incident, GROUP, "tmp-debug")

    made = writes(told, opened, captured(opened) - DELAY)
    assert [each["eventName"] for each in made] == ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress"]
    (deleted,) = writes(told, gone, captured(opened))
    assert (deleted["eventName"], who(deleted)) == ("DeleteSecurityGroup", "mika.sato@acme.example")
    assert {who(each) for each in made} == {"tomas.okafor@acme.example"}


def test_what_changed_while_the_recorder_was_stopped_is_seen_when_it_runs_again(told, incident):
    paused, resumed = recording_paused(incident), recording_resumed(incident)
    _, deployed, late = history(incident, FUNCTION, "edge-redirects")

    (call,) = writes(told, late, captured(deployed))
    assert captured(deployed) < paused < happened(call) < resumed < captured(late) < resumed + DELAY
    switched = [each for each in told if each["eventSource"] == "config.amazonaws.com"]
    assert [(each["eventName"], happened(each), who(each)) for each in switched] == [
        ("StopConfigurationRecorder", paused, "jonas.lind@acme.example"),
        ("StartConfigurationRecorder", resumed, "mika.sato@acme.example"),
    ]
    there = [each.captured for each in configuration_items(incident) if each.place.region == "us-east-1"]
    assert not any(paused < at < resumed for at in there)


def test_staging_is_seen_once_a_day_so_that_two_changes_are_one(told, incident):
    found, changed = history(incident, BUCKET, "acme-staging-assets")

    assert {each["recordingFrequency"] for each in (found, changed)} == {"DAILY"}
    calls = writes(told, changed, captured(found))
    assert [each["eventName"] for each in calls] == ["PutBucketVersioning", "PutBucketPolicy"]
    assert {each["recipientAccountId"] for each in calls} == {incident.staging.id}


def test_a_machine_changes_in_nothing_but_its_relations(incident):
    machine = incident.web_instance_ids[0]
    *_, before, after = [
        each.item for each in configuration_items(incident) if each.item["resourceId"] == machine
    ]

    assert before["configuration"] == after["configuration"]
    assert len(after["relationships"]) == len(before["relationships"]) + 1


def test_one_name_is_a_bucket_a_function_and_a_role(incident):
    named = {
        each.item["resourceType"]
        for each in configuration_items(incident)
        if each.item.get("resourceName") == "acme-reports"
    }

    assert named == {BUCKET, FUNCTION, ROLE}
