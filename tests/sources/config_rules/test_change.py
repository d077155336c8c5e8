"""Config's changes: what was changed that decides who gets in."""

import json

import pytest

from bot.core.alert import Quiet
from bot.pipeline.reading import unwrap
from bot.sources.config_rules import alert, source
from tests.event_pattern import sent
from tests.sources.config_rules.events import CLOSED_443, FIRES, OPEN_22, TODAY, change, story, was_is


def test_a_door_opened_to_everybody_is_the_first_line():
    told = alert(change({"Configuration.IpPermissions.0": was_is(None, OPEN_22)}))

    assert (told.title, told.severity) == (
        "Port 22 of web-prod (sg-0a1b2c3d) is open to the internet",
        "high",
    )
    assert story(told) == ["Inbound rules: added tcp 22 from 0.0.0.0/0"]


def test_a_rule_that_only_moved_to_another_index_opened_nothing():
    told = alert(
        change(
            {
                "Configuration.IpPermissions.0": was_is(OPEN_22, None),
                "Configuration.IpPermissions.1": was_is(None, OPEN_22),
                "Configuration.IpPermissions.2": was_is(None, CLOSED_443),
            }
        )
    )

    assert (told.title, told.severity) == (
        "Security group web-prod (sg-0a1b2c3d) was changed: inbound rules",
        "low",
    )
    assert story(told) == ["Inbound rules: added tcp 443 from 10.0.0.0/8"]


def test_a_new_group_that_is_open_is_told_like_a_changed_one():
    told = alert(
        change(how="CREATE", status="ResourceDiscovered", configuration={"ipPermissions": [OPEN_22]})
    )

    assert (told.title, told.severity) == (
        "Port 22 of web-prod (sg-0a1b2c3d) is open to the internet",
        "high",
    )


def test_a_mighty_policy_is_named_in_the_first_line():
    policy = {"policyName": "AdministratorAccess", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}
    told = alert(
        change(
            {"Configuration.AttachedManagedPolicies.0": was_is(None, policy)},
            kind="AWS::IAM::Role",
            resourceId="AROAEXAMPLE",
            resourceName="ci-deploy",
        )
    )

    assert (told.title, told.severity) == (
        "IAM role ci-deploy (AROAEXAMPLE) was given AdministratorAccess",
        "high",
    )


def test_a_loosened_public_access_block_is_more_than_an_ordinary_change():
    on = {"blockPublicAcls": True, "blockPublicPolicy": True}
    path = "SupplementaryConfiguration.PublicAccessBlockConfiguration"
    bucket = {"kind": "AWS::S3::Bucket", "resourceId": "acme-payroll", "resourceName": "acme-payroll"}
    looser = alert(change({path: was_is(on, on | {"blockPublicPolicy": False})}, **bucket))
    tighter = alert(change({path: was_is(on | {"blockPublicPolicy": False}, on)}, **bucket))

    assert (looser.title, looser.severity) == (
        "Bucket acme-payroll is less protected from being public",
        "medium",
    )
    assert (tighter.title, tighter.severity) == (
        "Bucket acme-payroll was changed: Block Public Access",
        "low",
    )
    assert [step.words[:3] for step in looser.next_steps] == [
        ("config", "history", "acme-payroll"),
        ("s3", "explain", "acme-payroll"),
        ("trail", "who-accessed", "acme-payroll"),
    ]


def test_a_policys_text_is_not_poured_into_the_channel():
    path = "SupplementaryConfiguration.BucketPolicy"
    told = alert(
        change(
            {path: was_is({"policyText": "{}"}, {"policyText": '{"Statement": []}'})},
            kind="AWS::S3::Bucket",
            resourceId="acme-payroll",
            resourceName="acme-payroll",
        )
    )

    assert story(told) == ["Policy changed"]


def test_tags_alone_are_information_and_relationships_alone_are_nothing():
    related = {"Relationships.0": was_is(None, {"resourceId": "eni-1", "name": "Is associated with"})}

    assert alert(change({"Tags.0": was_is("a", "b")} | related)).severity == "info"
    assert story(alert(change({"Tags.0": was_is("a", "b")}))) == ["Tags: a became b"]
    for nothing in (
        change(related),
        change({"Configuration.RoleLastUsed": was_is(None, {})}, kind="AWS::IAM::Role"),
    ):
        assert alert(nothing) == Quiet("only relationships or clocks moved")


@pytest.mark.parametrize(
    ("kind", "words", "band"),
    [
        ("AWS::EC2::SecurityGroup", "Security group", "low"),
        ("AWS::S3::Bucket", "Bucket", "medium"),
        ("AWS::CloudTrail::Trail", "Trail", "high"),
    ],
)
def test_a_deletion_is_as_bad_as_what_is_gone(kind, words, band):
    told = alert(change(how="DELETE", status="ResourceDeleted", kind=kind, configuration=None))

    assert (told.title, told.severity) == (f"{words} web-prod (sg-0a1b2c3d) was deleted", band)


def test_of_a_deleted_bucket_nobody_asks_whether_it_is_public():
    told = alert(
        change(
            {}, how="DELETE", kind="AWS::S3::Bucket", resourceId="acme-payroll", resourceName="acme-payroll"
        )
    )

    assert [step.words[:2] for step in told.next_steps] == [("config", "history"), ("trail", "who-accessed")]


@pytest.mark.parametrize(
    ("made", "title"),
    [
        ("2026-09-08T02:50:00Z", "Security group web-prod (sg-0a1b2c3d) is new"),
        (None, "Security group web-prod (sg-0a1b2c3d) is seen for the first time"),
    ],
)
def test_a_first_item_is_new_only_when_it_says_so(made, title):
    told = alert(change(how="CREATE", status="ResourceDiscovered", resourceCreationTime=made))

    assert told.title == title


def test_old_things_seen_first_when_config_is_switched_on_are_no_alert():
    old = "2020-01-01T00:00:00Z"

    first = change(how="CREATE", status="ResourceDiscovered", resourceCreationTime=old)
    assert alert(first) == Quiet("not new: Config only sees it for the first time")
    assert alert(change(status="ResourceNotRecorded")) == Quiet("Config no longer records this type")


def test_other_types_are_no_alert():
    other = change({"Configuration.State": was_is("a", "b")}, kind="AWS::EC2::Instance")

    assert alert(other) == Quiet("a change of a kind that is not watched")


def test_a_change_too_large_to_send_is_told_with_its_way():
    detail = {
        "messageType": "OversizedConfigurationItemChangeNotification",
        "configurationItemSummary": {
            "changeType": "UPDATE",
            "awsAccountId": "111122223333",
            "awsRegion": "eu-west-1",
            "resourceType": "AWS::IAM::Role",
            "resourceId": "AROAEXAMPLE",
            "resourceName": "ci-deploy",
            "configurationItemStatus": "OK",
            "configurationItemCaptureTime": TODAY,
        },
        "s3DeliverySummary": {"s3BucketLocation": "acme-config/one.json.gz", "errorCode": None},
    }
    event = FIRES | {"detail-type": "Config Configuration Item Change", "detail": detail}
    told = alert(unwrap(json.dumps(event)))

    assert told.title == "IAM role ci-deploy (AROAEXAMPLE) was changed"
    assert story(told) == ["The change is too large to be sent; Config holds it."]
    assert sent(source, event)


def test_a_changes_copies_are_one_telling_by_configs_own_number_or_time():
    tags = {"Tags.0": was_is("a", "b")}
    by_number = [
        alert(change(tags, configurationStateId=n)).occurrence for n in (1788829323456, 1788829323456, 2)
    ]
    by_time = alert(change(tags)).occurrence

    assert by_number[0] == by_number[1] != by_number[2]
    assert by_time == "sg-0a1b2c3d:2026-09-08T03:02:10.500000+00:00"


def test_a_resources_tags_are_told_for_routing():
    assert alert(change({"Tags.0": was_is("a", "b")}, tags={"team": "web"})).tags == {"team": "web"}
    assert alert(change({"Tags.0": was_is("a", "b")}, tags=None)).tags == {}
