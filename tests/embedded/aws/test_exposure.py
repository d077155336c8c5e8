"""What stands open at Acme: one truth for Config, EC2, RDS and IAM."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from bot.embedded.aws import HOME, PROD, STAGING, AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from bot.embedded.incident.news.aws import key_is_old
from bot.embedded.incident.news.group import closed
from tests.fakes import StandingClock

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INCIDENT = Incident(1, NOW)


@pytest.fixture(scope="module")
def clock():
    return StandingClock(NOW)


@pytest.fixture(scope="module")
def aws(clock):
    with AwsStandIn(clock=clock).serve() as made:
        furnish(made, INCIDENT)
        yield made


@pytest.fixture(autouse=True)
def at_noon(clock):
    clock.now = NOW


def ports(aws):
    """The ports of web-prod that anybody on the internet reaches."""
    asked = {"GroupIds": [INCIDENT.security_group_id]}
    (group,) = aws.client("ec2").describe_security_groups(**asked)["SecurityGroups"]
    return [
        each["FromPort"]
        for each in group["IpPermissions"]
        if {"CidrIp": "0.0.0.0/0"}.items() <= each["IpRanges"][0].items()
    ]


def test_the_thiefs_port_is_open_from_when_config_recorded_it(aws, clock):
    clock.now = INCIDENT.times.group_opened - timedelta(minutes=1)
    before = ports(aws)
    clock.now = NOW

    assert before == [443, 80]
    assert ports(aws) == [443, 80, 22]


def test_it_is_closed_again_when_the_story_closes_it(aws, clock):
    (told,) = closed(INCIDENT, NOW + timedelta(hours=1))
    aws.recordings.record(told.configured.place, told.configured.item)
    open_still = ports(aws)
    clock.now = NOW + timedelta(hours=1)

    assert open_still == [443, 80, 22]
    assert ports(aws) == [443, 80]


def test_the_web_servers_are_in_the_group_that_was_opened(aws):
    wanted = [{"Name": "group-id", "Values": [INCIDENT.security_group_id]}]
    found = aws.client("ec2").describe_network_interfaces(Filters=wanted)["NetworkInterfaces"]

    assert {each["Attachment"]["InstanceId"] for each in found} == set(INCIDENT.web_instance_ids)
    assert f"eni-{INCIDENT.hexadecimal('eni/web', 17)}" in {each["NetworkInterfaceId"] for each in found}


def test_deleted_groups_are_gone(aws):
    names = {each["GroupName"] for each in aws.client("ec2").describe_security_groups()["SecurityGroups"]}

    assert names == {"web-prod", "batch-workers", "cache-prod", "default"}


def test_the_thiefs_machines_are_in_a_default_group_that_nobody_outside_reaches(aws):
    tokyo = aws.client("ec2", region=INCIDENT.gpu_region)

    (group,) = tokyo.describe_security_groups()["SecurityGroups"]
    interfaces = tokyo.describe_network_interfaces()["NetworkInterfaces"]

    assert {each["Groups"][0]["GroupId"] for each in interfaces} == {group["GroupId"]}
    assert [each["IpRanges"] for each in group["IpPermissions"]] == [[]]


def test_one_disk_of_staging_and_one_database_of_prod_are_public(aws):
    def disks(account):
        asked = {"OwnerIds": ["self"], "RestorableByUserIds": ["all"]}
        return aws.client("ec2", account).describe_snapshots(**asked)["Snapshots"]

    def databases(region):
        rds = aws.client("rds", region=region)
        found = rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
        names = [each["DBSnapshotIdentifier"] for each in found]
        told = [rds.describe_db_snapshot_attributes(DBSnapshotIdentifier=each) for each in names]
        return [
            each["DBSnapshotAttributesResult"]["DBSnapshotAttributes"][0]["AttributeValues"] for each in told
        ]

    assert (len(disks(PROD)), len(disks(STAGING))) == (0, 1)
    assert databases("us-east-1") == [["all"]]
    assert databases(HOME) == [[]]


def test_root_has_a_second_factor_in_prod_alone(aws):
    def mfa(account):
        return aws.client("iam", account).get_account_summary()["SummaryMap"]["AccountMFAEnabled"]

    assert (mfa(PROD), mfa(STAGING)) == (1, 0)


def test_prods_password_policy_has_gaps_and_staging_has_none(aws):
    policy = aws.client("iam").get_account_password_policy()["PasswordPolicy"]
    staging = aws.client("iam", STAGING)

    assert [name for name in policy if name.startswith("Require") and not policy[name]] == [
        "RequireSymbols",
        "RequireUppercaseCharacters",
    ]
    with pytest.raises(staging.exceptions.NoSuchEntityException):
        staging.get_account_password_policy()


def test_the_leaked_key_is_as_old_as_its_call_says_and_another_is_older(aws):
    iam = aws.client("iam")
    for _ in range(2):
        iam.generate_credential_report()
    text = iam.get_credential_report()["Content"].decode()
    rows = {each["user"]: each for each in csv.DictReader(io.StringIO(text))}
    backup, deploy = rows["backup"], rows["ci-deploy"]

    def age(row, number):
        return NOW - datetime.fromisoformat(row[f"access_key_{number}_last_rotated"])

    assert NOW - age(backup, 1) == INCIDENT.leaked_key_created
    assert NOW - age(backup, 2) == INCIDENT.times.key_created
    assert age(deploy, 1).days == 400
    listed = iam.list_access_keys(UserName="backup")["AccessKeyMetadata"]
    assert [each["AccessKeyId"] for each in listed] == [INCIDENT.leaked_key_id, INCIDENT.new_key_id]


def test_the_key_that_the_story_calls_old_is_so_in_the_report(aws):
    (told,) = key_is_old(INCIDENT, NOW)
    item = told.event["detail"]["check-item-detail"]
    account = next(each for each in (PROD, STAGING) if each.id == told.event["account"])

    listed = aws.client("iam", account).list_access_keys(UserName=item["IAM User"])["AccessKeyMetadata"]
    (key,) = (each for each in listed if each["AccessKeyId"] == item["Access Key"])

    assert NOW - key["CreateDate"] > timedelta(days=730)
    assert item["Key Last Rotated"] == f"{key['CreateDate']:%Y-%m-%d}"
