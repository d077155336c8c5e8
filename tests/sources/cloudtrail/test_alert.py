"""A sensitive call says who did what, where, and how bad it is."""

import json

import pytest

from bot.core.alert import Quiet
from bot.core.severity import Severity
from bot.pipeline.reading import unwrap
from bot.sources.cloudtrail import alert
from bot.sources.cloudtrail.rule import UNSEEN
from tests.sources.cloudtrail.calls import EVENTS, FIRES, ROOT, SSO, call, fired, lines, told


def test_a_call_says_who_did_what_where_and_how_bad():
    found = alert(unwrap(json.dumps(FIRES)))

    assert found.title == "backup (user) opened the security group sg-0a1b2c3d4e5f60718 to the internet"
    assert lines(found) == [
        "By backup (user) with key AKIAEXAMPLEEXAMPLE7Q from 198.51.100.7",
        "Port 22/tcp from anywhere (0.0.0.0/0)",
    ]
    assert (found.severity, found.account_id, found.region, found.resource) == (
        Severity.HIGH,
        "111122223333",
        "eu-west-1",
        "sg-0a1b2c3d4e5f60718",
    )
    assert found.kind == "Authorize security group ingress (ec2:AuthorizeSecurityGroupIngress)"
    assert found.console_url == (
        "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1"
        "#/events/00000000-0000-4000-8000-00000000bbbb"
    )


def test_a_range_of_ones_own_is_no_alert():
    assert alert(unwrap((EVENTS / "quiet.json").read_text())) == Quiet("nothing sensitive in this call")


def test_a_new_key_is_named():
    event = call(
        "iam", "CreateAccessKey", responseElements={"accessKey": {"accessKeyId": "AKIAEXAMPLEEXAMPLENEW"}}
    )

    assert lines(alert(event))[1] == "The new key is AKIAEXAMPLEEXAMPLENEW"


def test_what_failed_only_tried_and_is_less_bad():
    found = alert(call("cloudtrail", "StopLogging", {"name": "main"}, errorCode="AccessDenied"))
    blind = alert(call("iam", "CreateAccessKey", errorCode="Client.UnauthorizedOperation"))

    assert (found.severity, found.title) == (Severity.MEDIUM, "backup (user) tried to stop the trail main")
    assert lines(found)[-1] == "Refused: access denied"
    assert blind.title == "backup (user) tried to create an access key for somebody"
    assert lines(blind)[-1] == "Refused: unauthorized operation"


@pytest.mark.parametrize("parameters", [None, {}, "hidden", {"omitted": True, "originalSize": 131072}])
def test_what_the_record_leaves_out_is_no_reason_for_silence(parameters):
    """Who pads a request beyond CloudTrail's limit is not hidden by it."""
    found = alert(call("ec2", "AuthorizeSecurityGroupIngress", parameters))

    assert found.title == "backup (user) may have opened a security group to the internet"
    assert (found.severity, lines(found)[1]) == (Severity.MEDIUM, UNSEEN.words)


def test_a_refused_call_that_shows_nothing_is_no_alert_where_it_would_have_to_be_looked_at():
    assert fired(call("ec2", "AuthorizeSecurityGroupIngress", errorCode="AccessDenied")) is None


def test_a_null_error_code_is_no_failure():
    assert told(call("cloudtrail", "StopLogging", {"name": "main"}, errorCode=None))[0] == "critical"


def test_whatever_root_does_is_told_once_a_day():
    one = alert(call("s3", "CreateBucket", {"bucketName": "b"}, userIdentity=ROOT, eventID="a"))
    two = alert(call("ec2", "DescribeInstances", None, userIdentity=ROOT, eventID="b"))

    assert one.title == "Root (account 111122223333) was used: create bucket (s3)"
    assert (one.severity, one.key) == (Severity.HIGH, "cloudtrail:root:111122223333:2026-09-08")
    assert two.key == one.key


def test_a_row_is_worse_when_root_did_it():
    assert told(call("iam", "CreateAccessKey", userIdentity=ROOT)) == (
        "high",
        "Root (account 111122223333) created an access key for themselves",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"userIdentity": ROOT | {"invokedBy": "backup.amazonaws.com"}},
        {"userIdentity": ROOT, "eventType": "AwsServiceEvent"},
    ],
)
def test_a_service_that_acts_for_root_is_not_root(changes):
    assert fired(call("s3", "CreateBucket", {"bucketName": "b"}, **changes)) is None


def test_two_accounts_copies_of_one_call_are_one_telling():
    copies = [
        alert(call("kms", "DisableKey", {"keyId": "k1"}, eventID=n, sharedEventID="shared-1"))
        for n in ("one", "two")
    ]

    assert {(copy.key, copy.occurrence) for copy in copies} == {
        ("key-disabled:111122223333:eu-west-1:k1", "shared-1")
    }


def test_without_any_id_the_envelope_tells_the_copies_apart():
    assert alert(call("kms", "DisableKey", {"keyId": "k1"}, eventID=None)).occurrence is None


@pytest.mark.parametrize(
    ("identity", "who"),
    [
        (SSO, "mika.sato (SSO, Admin)"),
        ({"type": "AWSService", "invokedBy": "config.amazonaws.com"}, "config.amazonaws.com (AWS service)"),
        ({"type": "IAMUser", "userName": "ci", "accountId": "111122223333"}, "ci (user)"),
        ({"accountId": "ANONYMOUS_PRINCIPAL", "type": "AWSAccount"}, "Anonymous (anyone, no credentials)"),
        (None, "Unknown (the record names nobody)"),
    ],
)
def test_people_are_named_first(identity, who):
    found = alert(call("cloudtrail", "StopLogging", {"name": "main"}, userIdentity=identity))

    assert found.title == f"{who} stopped the trail main"


def test_a_place_that_is_a_service_and_a_console_session_are_said():
    found = alert(
        call(
            "kms",
            "DisableKey",
            sourceIPAddress="cloudformation.amazonaws.com",
            sessionCredentialFromConsole="true",
        )
    )

    assert lines(found) == [
        "By backup (user) with key AKIAEXAMPLEEXAMPLE7Q through cloudformation.amazonaws.com, in the console"
    ]


@pytest.mark.parametrize(("name", "value"), [("eventID", "../x"), ("awsRegion", "evil.example/#")])
def test_no_address_is_made_of_what_is_no_id(name, value):
    assert alert(call("kms", "DisableKey", **{name: value})).console_url is None
