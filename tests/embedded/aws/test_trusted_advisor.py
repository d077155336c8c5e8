"""Trusted Advisor judges the stand-in's state by AWS's documented colours, and tells it to who pays for it."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING, AwsStandIn
from bot.embedded.aws.advisor import people
from bot.embedded.aws.ec2.snapshots import Snapshot
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from tests.fakes import StandingClock

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INCIDENT = Incident(1, NOW)
PORTS, OPEN, BUCKETS, MFA = "HCP4007jGY", "1iG5NDGVre", "Pfx0RwqBli", "7DAFEmoDos"
DISKS, DATABASES, KEYS, PASSWORDS = "ePs02jT06w", "rSs93HQwa1", "DqdJqYeRm5", "Yw2K9puPzl"
TRAILS, EXPOSED, ROOT_KEY, ANALYZERS = "c25hn9x03v", "12Fnkpl8Y5", "c2vlfg0f4h", "07602fcad6"


@pytest.fixture(scope="module")
def clock():
    return StandingClock(NOW)


@pytest.fixture(scope="module")
def aws(clock):
    with AwsStandIn(clock=clock).serve() as made:
        furnish(made, INCIDENT)
        made.support_plan = "business"
        yield made


@pytest.fixture(autouse=True)
def at_noon(clock):
    clock.now = NOW


def support(aws, account=PROD):
    return aws.client("support", account, "us-east-1")


def newer(aws, account=PROD):
    return aws.client("trustedadvisor", account, "us-east-1")


def result(aws, check, account=PROD):
    return support(aws, account).describe_trusted_advisor_check_result(checkId=check)["result"]


def rows(aws, check, account=PROD):
    """What it flags, by the check's columns."""
    told = support(aws, account).describe_trusted_advisor_checks(language="en")["checks"]
    (columns,) = (each["metadata"] for each in told if each["id"] == check)
    listed = result(aws, check, account)["flaggedResources"]
    return [dict(zip(columns, each["metadata"], strict=True)) for each in listed]


def test_checks_have_aws_own_names_and_columns(aws):
    checks = support(aws).describe_trusted_advisor_checks(language="en")["checks"]
    by_id = {each["id"]: each for each in checks}

    assert by_id[PORTS]["name"] == "Security Groups - Specific Ports Unrestricted"
    assert by_id[BUCKETS]["category"] == "security"
    assert {each["category"] for each in checks} == {
        *("security", "cost_optimizing", "fault_tolerance", "service_limits"),
    }
    assert all(each["description"] for each in checks)


def test_the_thiefs_port_is_red_and_ports_for_the_web_are_green(aws):
    told = result(aws, PORTS)

    (row,) = rows(aws, PORTS)
    assert (row["Security Group ID"], row["Ports"], row["Status"]) == (
        INCIDENT.security_group_id,
        "22",
        "Red",
    )
    assert told["status"] == "error"
    assert told["resourcesSummary"]["resourcesFlagged"] == 1
    assert told["resourcesSummary"]["resourcesProcessed"] == 6
    assert [each["Port"] for each in rows(aws, OPEN)] == ["22"]
    assert result(aws, OPEN)["status"] == "warning"


def test_buckets_are_yellow_by_policy_and_red_where_nobody_can_read_them(aws):
    told = {each["Bucket Name"]: each for each in rows(aws, BUCKETS)}

    partner, vault = told["acme-partner-drop"], told["acme-finance-vault"]
    assert (partner["Status"], partner["Policy Allows Access"]) == ("Yellow", "Yes")
    assert (told["acme-downloads"]["Status"], told["acme-downloads"]["ACL Allows List"]) == ("Yellow", "Yes")
    assert (told["acme-old-website"]["Status"], told["acme-old-website"]["ACL Allows List"]) == (
        "Yellow",
        "No",
    )
    assert (vault["Status"], vault["Policy Allows Access"]) == ("Red", "No permission")
    assert "acme-payroll" not in told


def test_root_is_judged_by_its_second_factor_and_its_keys(aws):
    staging = result(aws, MFA, STAGING)

    assert (result(aws, MFA)["status"], staging["status"]) == ("ok", "error")
    assert staging["flaggedResources"][0]["metadata"] == []
    assert result(aws, ROOT_KEY)["status"] == "ok"


def test_a_root_user_that_nobody_can_sign_in_as_needs_no_second_factor(aws):
    root = aws.access[STAGING.id].root
    root.password = False

    looked = people.root_mfa(STAGING.id, aws.advisor.seen)
    root.password = True

    assert looked.resources == ()


def test_keys_are_yellow_after_ninety_days_and_red_after_two_years(aws):
    prod = {(each["IAM User"], each["Access Key"]): each["Status"] for each in rows(aws, KEYS)}
    staging = {each["IAM User"]: each["Status"] for each in rows(aws, KEYS, STAGING)}

    assert prod == {
        ("backup", "1"): "Green",
        ("backup", "2"): "Green",
        ("ci-deploy", "1"): "Yellow",
        ("noroshi", "1"): "Green",
    }
    assert staging == {"load-test": "Red", "noroshi": "Green"}


def test_passwords_are_yellow_with_gaps_and_without_a_policy(aws):
    (prod,), (staging,) = rows(aws, PASSWORDS), rows(aws, PASSWORDS, STAGING)

    assert (prod["Password Policy"], prod["Uppercase"], prod["Number"]) == ("Enabled", "Disabled", "Enabled")
    assert (staging["Password Policy"], staging["Status"]) == ("Disabled", "Yellow")


def test_public_copies_are_red(aws):
    (disk,), (database,) = rows(aws, DISKS, STAGING), rows(aws, DATABASES)

    assert (disk["Status"], disk["Region"]) == ("Red", HOME)
    assert database["Snapshot ID"] == "acme-catalog-before-move"
    assert result(aws, DISKS)["status"] == "ok"


def test_every_region_is_logged_in_prod_and_none_in_staging(aws):
    assert result(aws, TRAILS)["status"] == "ok"
    assert {each["Status"] for each in rows(aws, TRAILS, STAGING)} == {"Red"}
    assert len(rows(aws, TRAILS)) == 17


def test_analyzers_are_missed_by_region(aws):
    assert [each["Region"] for each in rows(aws, ANALYZERS) if each["Status"] == "Green"] == [HOME]


def test_it_alone_knows_that_the_key_is_public(aws):
    (row,) = rows(aws, EXPOSED)

    assert (row["Access Key ID"], row["Fraud Type"]) == (INCIDENT.leaked_key_id, "Exposed")


def test_summaries_tell_several_at_once(aws):
    told = support(aws).describe_trusted_advisor_check_summaries(checkIds=[PORTS, MFA])["summaries"]

    assert [(each["checkId"], each["status"], each["hasFlaggedResources"]) for each in told] == [
        (PORTS, "error", True),
        (MFA, "ok", False),
    ]


def test_a_result_stays_until_the_check_looks_again(aws, clock):
    before = result(aws, DISKS)["timestamp"]
    snapshot = Snapshot("snap-new", (PROD.id, HOME), NOW, shared=("all",))
    aws.snapshots.put(snapshot)

    clock.now = NOW + timedelta(hours=5)
    kept = result(aws, DISKS)
    clock.now = NOW + timedelta(hours=6)
    later = result(aws, DISKS)
    aws.snapshots.drop("snap-new")

    assert (kept["timestamp"], kept["status"]) == (before, "ok") == ("2026-09-08T12:00:00Z", "ok")
    assert (later["timestamp"], later["status"]) == ("2026-09-08T18:00:00Z", "error")


def test_a_refresh_is_queued_and_looks_again(aws, clock):
    client, wanted = support(aws, STAGING), {"checkIds": [MFA]}
    result(aws, MFA, STAGING)
    never = client.describe_trusted_advisor_check_refresh_statuses(**wanted)["statuses"][0]
    asked = client.refresh_trusted_advisor_check(checkId=MFA)["status"]
    aws.access[STAGING.id].root.mfa = True
    seen = []
    for seconds in (0, 10, 30):
        clock.now = NOW + timedelta(seconds=seconds)
        told = client.describe_trusted_advisor_check_refresh_statuses(**wanted)["statuses"][0]
        seen.append((told["status"], result(aws, MFA, STAGING)["status"]))
    again = client.refresh_trusted_advisor_check(checkId=MFA)["status"]
    aws.access[STAGING.id].root.mfa = False

    assert (never["status"], never["millisUntilNextRefreshable"]) == ("none", 0)
    assert (asked["status"], asked["millisUntilNextRefreshable"]) == ("enqueued", 3_600_000)
    assert seen == [("enqueued", "error"), ("processing", "error"), ("success", "ok")]
    assert (again["status"], again["millisUntilNextRefreshable"]) == ("success", 3_570_000)


def test_a_check_that_looks_by_itself_is_not_refreshed(aws):
    with pytest.raises(ClientError, match="cannot be refreshed") as caught:
        support(aws).refresh_trusted_advisor_check(checkId=DISKS)

    assert caught.value.response["Error"]["Code"] == "InvalidParameterValueException"


@pytest.mark.parametrize("check", ["zXCkfM1nI3", "vjafUGJ9H0", "nothing"])
def test_a_check_that_is_withdrawn_is_refused(aws, check):
    with pytest.raises(ClientError, match="Unknown ID"):
        result(aws, check)
