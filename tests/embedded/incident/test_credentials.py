"""The way from the thief's session back to a human: each link is in a record."""

from datetime import date, datetime, timedelta

import pytest

from bot.embedded.incident import records
from bot.embedded.incident.configuration import changes
from bot.embedded.incident.configuration.groups import upkeep
from bot.embedded.incident.credentials import KEY_ADMIN, OPS_RUNNER
from bot.embedded.incident.day import day_files


def one(records, name, **identity):
    (found,) = (
        record
        for record in records
        if record["eventName"] == name and identity.items() <= record["userIdentity"].items()
    )
    return found


def uses(everything, key):
    return [record for record in everything if record["userIdentity"].get("accessKeyId") == key]


@pytest.fixture(scope="module")
def made(everything, incident):
    """CreateAccessKey whose answer is the key that leaks."""
    (found,) = (
        record
        for record in everything
        if record["eventName"] == "CreateAccessKey"
        and record["responseElements"]["accessKey"]["accessKeyId"] == incident.leaked_key_id
    )
    return found


def assumed(everything, role):
    (found,) = (
        record
        for record in everything
        if record["eventName"] == "AssumeRole"
        and record["requestParameters"]["roleArn"].endswith(f":role/{role}")
    )
    return found


def test_a_person_made_the_key_through_a_role_that_says_whose_session_it_is(everything, incident, made):
    taken = assumed(everything, KEY_ADMIN)
    context = made["userIdentity"]["sessionContext"]

    assert taken["userIdentity"]["arn"].endswith("/tomas.okafor@acme.example")
    assert "AWSReservedSSO_" in taken["userIdentity"]["arn"]
    assert taken["responseElements"]["sourceIdentity"] == "tomas.okafor@acme.example"
    assert context["sourceIdentity"] == "tomas.okafor@acme.example"


@pytest.mark.parametrize("role", [KEY_ADMIN, OPS_RUNNER])
def test_the_key_in_the_answer_is_the_sessions_which_begins_at_that_moment(everything, role):
    taken = assumed(everything, role)
    calls = uses(everything, taken["responseElements"]["credentials"]["accessKeyId"])

    assert len(calls) >= 2
    for call in calls:
        assert call["userIdentity"]["arn"] == taken["responseElements"]["assumedRoleUser"]["arn"]
        assert call["userIdentity"]["sessionContext"]["attributes"]["creationDate"] == taken["eventTime"]
        assert call["eventTime"] > taken["eventTime"]


def test_the_thief_takes_a_role_with_the_leaked_key_and_may_make_no_user(incident):
    theft = list(records(incident))
    taken = one(theft, "AssumeRole", accessKeyId=incident.leaked_key_id)
    refused = one(theft, "CreateUser", type="AssumedRole")

    assert refused["errorCode"] == "AccessDenied"
    assert refused["userIdentity"]["arn"] == taken["responseElements"]["assumedRoleUser"]["arn"]
    assert datetime.fromisoformat(taken["eventTime"]) == incident.times.role_taken


def test_a_month_back_the_key_is_made_before_it_is_used(everything, incident, made):
    from_month = f"{incident.leaked_key_created:%Y-%m-%dT%H:%M:%SZ}"
    back = (incident.now - incident.leaked_key_created).total_seconds() / 86400
    month = incident.now - timedelta(days=30) + timedelta(hours=1)
    used = sorted(record["eventTime"] for record in uses(everything, incident.leaked_key_id))

    assert made["eventTime"] == from_month
    assert 28.9 < back < 30
    assert not [time for time in used if f"{month:%Y-%m-%dT%H:%M:%SZ}" <= time < from_month]


def test_no_secret_and_no_token_is_written(everything):
    told = str(
        [one for one in everything if one["eventSource"] in ("sts.amazonaws.com", "iam.amazonaws.com")]
    )

    assert "secretAccessKey" not in told
    assert "sessionToken" not in told


def test_each_run_of_terraform_that_changes_something_has_a_key_that_a_merge_was_given(incident):
    told = [*upkeep(incident), *changes(incident)]
    runs = {
        record["userIdentity"]["accessKeyId"]: record["eventTime"]
        for record in told
        if record["userIdentity"].get("arn", "").endswith("/tf-apply/terraform")
    }
    given = {
        record["responseElements"]["credentials"]["accessKeyId"]: record
        for record in told
        if record["eventName"] == "AssumeRoleWithWebIdentity"
    }

    assert len(runs) == 4
    for key, used in runs.items():
        assert given[key]["userIdentity"]["userName"] == "repo:acme/infra:ref:refs/heads/main"
        assert given[key]["eventTime"] < used


def test_everybody_takes_a_permission_set_with_the_key_that_they_then_work_with(opened, incident):
    friday = [record for file in day_files(incident, date(2026, 11, 20)) for record in opened(file).records]
    given = {
        record["responseElements"]["credentials"]["accessKeyId"]: record["userIdentity"]["userName"]
        for record in friday
        if record["eventName"] == "AssumeRoleWithSAML"
    }
    works = {
        record["userIdentity"]["accessKeyId"]: record["userIdentity"]["arn"].rpartition("/")[2]
        for record in friday
        if "AWSReservedSSO_" in record["userIdentity"].get("arn", "")
    }

    assert len(works) >= len(incident.people)
    assert works.items() <= given.items()
