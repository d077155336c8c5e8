"""The same problem has the same key, whoever did it, and what ends it closes that key."""

import pytest

from bot.core.alert import Quiet
from bot.sources.cloudtrail import alert
from bot.sources.cloudtrail.rules import ENDS, RULES
from tests.sources.cloudtrail.calls import ROOT, call, sign_in

OPEN = {"groupId": "sg-1", "cidrIp": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22}
NEW_OPEN = {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-1", "CidrIpv4": "0.0.0.0/0"}}
ROLE = {"type": "AssumedRole", "accountId": "111122223333"}
RUN = "arn:aws:sts::111122223333:assumed-role/{}/{}"


def key(service, name, parameters=None, **changes):
    return alert(call(service, name, parameters, **changes)).key


def test_a_group_opened_by_either_call_is_one_problem():
    assert key("ec2", "AuthorizeSecurityGroupIngress", OPEN) == "opened:111122223333:eu-west-1:sg-1"
    assert key("ec2", "ModifySecurityGroupRules", NEW_OPEN) == "opened:111122223333:eu-west-1:sg-1"


def test_a_trail_stopped_and_then_deleted_is_one_problem_by_name_or_arn():
    arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"

    assert key("cloudtrail", "StopLogging", {"name": "main"}) == key(
        "cloudtrail", "DeleteTrail", {"name": arn}
    )


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (("cloudtrail", "StopLogging", {"name": "main"}), ("cloudtrail", "StartLogging", {"name": "main"})),
        (
            ("guardduty", "DeleteDetector", {"detectorId": "a"}),
            ("guardduty", "CreateDetector", {"enable": True}),
        ),
        (
            ("guardduty", "UpdateDetector", {"detectorId": "a", "enable": False}),
            ("guardduty", "UpdateDetector", {"detectorId": "a", "enable": True}),
        ),
        (
            ("config", "StopConfigurationRecorder", {"configurationRecorderName": "default"}),
            ("config", "StartConfigurationRecorder", {"configurationRecorderName": "default"}),
        ),
        (("kms", "DisableKey", {"keyId": "k"}), ("kms", "EnableKey", {"keyId": "k"})),
        (("kms", "ScheduleKeyDeletion", {"keyId": "k"}), ("kms", "CancelKeyDeletion", {"keyId": "k"})),
        (
            ("ec2", "AuthorizeSecurityGroupIngress", OPEN),
            ("ec2", "DeleteSecurityGroup", {"groupId": "sg-1"}),
        ),
        (
            ("rds", "ModifyDBInstance", {"dBInstanceIdentifier": "db", "publiclyAccessible": True}),
            ("rds", "ModifyDBInstance", {"dBInstanceIdentifier": "db", "publiclyAccessible": False}),
        ),
    ],
)
def test_a_state_is_ended_by_its_opposite_and_by_nothing_that_failed(begins, ends):
    closed, failed = alert(call(*ends)), alert(call(*ends, errorCode="AccessDenied"))

    assert closed == Quiet(closed.reason, closes=key(*begins))
    assert isinstance(failed, Quiet)
    assert failed.closes is None


def test_the_accounts_own_block_is_one_state_whichever_region_was_called():
    begun = key("s3", "DeleteAccountPublicAccessBlock", awsRegion="us-west-2")

    assert begun == key("s3", "DeleteAccountPublicAccessBlock") == "account-block:111122223333::"


def test_an_image_shared_again_on_another_day_is_another_problem():
    shared = {"imageId": "ami-1", "launchPermission": {"add": {"items": [{"group": "all"}]}}}
    days = [
        key("ec2", "ModifyImageAttribute", shared, eventTime=f"2026-09-0{n}T01:00:00Z") for n in (7, 8, 8)
    ]

    assert days[1] == days[2] == "cloudtrail:111122223333:ModifyImageAttribute:ami-1:2026-09-08"
    assert days[0] != days[1]


def test_what_one_job_tries_in_vain_all_day_is_one_problem():
    tries = [
        key(
            "cloudtrail",
            "StopLogging",
            userIdentity=ROLE | {"arn": RUN.format("ci", run)},
            errorCode="AccessDenied",
            awsRegion=region,
        )
        for run, region in (("run-1", "eu-west-1"), ("run-2", "us-east-1"))
    ]

    assert len(set(tries)) == 1


def test_two_people_of_one_sso_role_are_two_problems():
    sso = RUN.format("AWSReservedSSO_Admin_0123456789abcdef", "{}")
    keys = {
        key(
            "iam",
            "CreateAccessKey",
            userIdentity=ROLE | {"arn": sso.format(person)},
        )
        for person in ("mika.sato", "jo.berg")
    }

    assert len(keys) == 2


def test_roots_sign_in_in_the_console_is_roots_own_whatever_the_record_says_invoked_it():
    """Records of some years say that the sign-in invoked what root did in the console."""
    console = ROOT | {"invokedBy": "signin.amazonaws.com"}
    told = alert(call("iam", "CreateAccessKey", userIdentity=console))

    assert (told.severity, told.title) == (
        "high",
        "Root (account 111122223333) created an access key for themselves",
    )
    assert alert(sign_in(console)).severity == "critical"


def test_every_end_ends_a_state_that_a_row_brings_about():
    assert {end.ends for end in ENDS} <= {rule.brings for rule in RULES}


def test_every_whole_row_brings_a_state_about():
    assert all(rule.brings and rule.when for rule in RULES if rule.whole)


BLOCKED = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
)


def test_whatever_opens_a_bucket_is_one_problem_and_no_call_alone_ends_it():
    opened = [
        ("PutBucketAcl", {"x-amz-acl": ["public-read"]}),
        ("DeleteBucketPublicAccessBlock", {}),
        (
            "PutBucketPublicAccessBlock",
            {"PublicAccessBlockConfiguration": BLOCKED | {"IgnorePublicAcls": False}},
        ),
    ]
    closed = [
        ("PutBucketAcl", {"x-amz-acl": ["private"]}),
        ("PutBucketPublicAccessBlock", {"PublicAccessBlockConfiguration": BLOCKED}),
    ]

    keys = {key("s3", name, {"bucketName": "b"} | asked) for name, asked in opened}
    quiet = [alert(call("s3", name, {"bucketName": "b"} | asked)) for name, asked in closed]

    assert keys == {"bucket-open:111122223333:eu-west-1:b"}
    assert [one.closes for one in quiet] == [None, None]
