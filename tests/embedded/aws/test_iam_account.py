"""IAM tells of a whole account: its root user, its password policy, and every credential."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING, AwsStandIn
from bot.embedded.aws.accounts import is_key
from bot.embedded.aws.analyzers import analyzer
from bot.embedded.aws.iam.account import Console, Use
from bot.embedded.aws.identities import make_key, make_user
from tests.fakes import StandingClock

NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)
POLICY = {
    "MinimumPasswordLength": 8,
    "RequireSymbols": False,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "AllowUsersToChangePassword": True,
    "ExpirePasswords": True,
    "MaxPasswordAge": 90,
}


@pytest.fixture(scope="module")
def clock():
    return StandingClock(NOON)


@pytest.fixture(scope="module")
def aws(clock):
    with AwsStandIn(clock=clock).serve() as made:
        yield made


@pytest.fixture
def iam(aws, clock):
    clock.now = NOON
    aws.access[PROD.id].report, aws.access[PROD.id].asked = None, False
    return aws.client("iam")


def code(call, **asked):
    with pytest.raises(ClientError) as caught:
        call(**asked)
    return caught.value.response["Error"]["Code"]


def rows(iam):
    for _ in range(2):
        state = iam.generate_credential_report()["State"]
    assert state == "COMPLETE"
    told = iam.get_credential_report()
    assert isinstance(told["Content"], bytes)
    return {each["user"]: each for each in csv.DictReader(io.StringIO(told["Content"].decode()))}


def test_the_summary_tells_of_root(aws, iam):
    aws.access[STAGING.id].root.mfa = False
    aws.access[STAGING.id].root.access_key = NOON

    prod = iam.get_account_summary()["SummaryMap"]
    staging = aws.client("iam", STAGING).get_account_summary()["SummaryMap"]

    assert (prod["AccountMFAEnabled"], prod["AccountAccessKeysPresent"], prod["AccountPasswordPresent"]) == (
        1,
        0,
        1,
    )
    assert (staging["AccountMFAEnabled"], staging["AccountAccessKeysPresent"]) == (0, 1)
    assert prod["Users"] == 1


def test_a_password_policy_that_nobody_made_is_no_entity(aws, iam):
    assert code(iam.get_account_password_policy) == "NoSuchEntity"

    aws.access[PROD.id].password_policy = POLICY
    told = iam.get_account_password_policy()["PasswordPolicy"]
    aws.access[PROD.id].password_policy = None

    assert told == POLICY


def test_a_report_is_made_before_it_is_read(aws, iam, clock):
    nothing = code(iam.get_credential_report)
    started = iam.generate_credential_report()["State"]
    not_yet = code(iam.get_credential_report)
    complete = iam.generate_credential_report()["State"]
    told = iam.get_credential_report()

    assert (nothing, started, not_yet, complete) == (
        "ReportNotPresent",
        "STARTED",
        "ReportInProgress",
        "COMPLETE",
    )
    assert (told["ReportFormat"], told["GeneratedTime"]) == ("text/csv", NOON)


def test_a_report_is_four_hours_old_at_most_and_does_not_change_before(aws, iam, clock):
    before = rows(iam)
    make_user(PROD.id, "late", "AIDAEXAMPLELATE")
    clock.now = NOON + timedelta(hours=3, minutes=59)
    within = rows(iam)
    clock.now = NOON + timedelta(hours=4)
    expired, started = code(iam.get_credential_report), iam.generate_credential_report()["State"]

    assert within == before
    assert (expired, started) == ("ReportExpired", "STARTED")
    assert "late" in rows(iam)


def test_a_report_tells_every_users_password_and_keys(aws, iam):
    access = aws.access[PROD.id]
    made = datetime(2025, 8, 1, 9, tzinfo=UTC)
    make_user(PROD.id, "old-hand", "AIDAEXAMPLEOLD", made)
    make_key(PROD.id, "old-hand", "AKIAEXAMPLEOLDHAND01", made)
    make_key(PROD.id, "old-hand", "AKIAEXAMPLEOLDHAND02", NOON, active=False)
    access.keys["AKIAEXAMPLEOLDHAND01"] = Use(NOON, HOME, "s3")
    access.consoles["old-hand"] = Console(changed=made)
    access.password_policy = POLICY

    told = rows(iam)
    access.password_policy = None

    hand, root = told["old-hand"], told["<root_account>"]
    assert (hand["password_enabled"], hand["password_last_used"], hand["mfa_active"]) == (
        *("true", "no_information", "false"),
    )
    assert hand["password_next_rotation"] == "2025-10-30T09:00:00+00:00"
    assert (hand["access_key_1_active"], hand["access_key_1_last_rotated"]) == (
        *("true", "2025-08-01T09:00:00+00:00"),
    )
    assert (hand["access_key_1_last_used_service"], hand["access_key_1_last_used_region"]) == ("s3", HOME)
    assert (hand["access_key_2_active"], hand["access_key_2_last_used_date"]) == ("false", "N/A")
    assert (root["password_enabled"], root["mfa_active"], root["access_key_1_active"]) == (
        *("not_supported", "true", "false"),
    )
    assert root["arn"] == f"arn:aws:iam::{PROD.id}:root"
    assert told["noroshi"]["password_enabled"] == "false"
    assert told["noroshi"]["access_key_1_last_rotated"] == "2026-09-08T12:00:00+00:00"


def test_a_key_of_the_story_is_listed_and_opens_nothing(aws, iam):
    make_user(PROD.id, "backup", "AIDAEXAMPLEBACKUP")
    make_key(PROD.id, "backup", "AKIAEXAMPLEBACKUP001", NOON)

    (told,) = iam.list_access_keys(UserName="backup")["AccessKeyMetadata"]

    assert (told["AccessKeyId"], told["CreateDate"], told["Status"]) == (
        "AKIAEXAMPLEBACKUP001",
        NOON,
        "Active",
    )
    assert not is_key("AKIAEXAMPLEBACKUP001")


def test_analyzers_are_listed_by_place_and_type(aws):
    aws.analyzers[(PROD.id, HOME)] = [analyzer((PROD.id, HOME), "acme", NOON)]

    here = aws.client("accessanalyzer")

    assert [each["name"] for each in here.list_analyzers()["analyzers"]] == ["acme"]
    assert here.list_analyzers(type="ORGANIZATION")["analyzers"] == []
    assert aws.client("accessanalyzer", STAGING).list_analyzers()["analyzers"] == []
    assert here.validate_policy(policyDocument="{}", policyType="RESOURCE_POLICY")["findings"]
