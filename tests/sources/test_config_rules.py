"""Config's rules and changes: what is not as it must be, and what was changed that decides who gets in."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import show
from bot.core.text import plain
from bot.errors import BadEvent
from bot.pipeline import decide, read, unwrap
from bot.sources import SOURCES
from bot.sources.config_rules import alert, source
from bot.sources.config_rules.compliance import severity
from bot.sources.config_rules.kinds import KINDS
from tests.event_pattern import sent

EVENTS = Path(__file__).parents[1] / "events/config_rules"
REAL = Path(__file__).parents[3] / "shared/data/config"
FIRES = json.loads((EVENTS / "fires.json").read_text())
TODAY = "2026-09-08T03:02:10.500Z"
OPEN_22 = {
    "ipProtocol": "tcp",
    "fromPort": 22,
    "toPort": 22,
    "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}],
    "ipRanges": ["0.0.0.0/0"],
    "ipv6Ranges": [],
    "userIdGroupPairs": [],
    "prefixListIds": [],
}
CLOSED_443 = OPEN_22 | {
    "fromPort": 443,
    "toPort": 443,
    "ipv4Ranges": [{"cidrIp": "10.0.0.0/8"}],
    "ipRanges": [],
}


def ruled(new="NON_COMPLIANT", old=None, *, annotation=None, **changes):
    """A compliance change; `old` None is a first evaluation."""
    detail = copy.deepcopy(FIRES["detail"]) | changes
    detail["newEvaluationResult"] |= {"complianceType": new, "annotation": annotation}
    if old is None:
        del detail["oldEvaluationResult"]
    else:
        detail["oldEvaluationResult"]["complianceType"] = old
    return unwrap(json.dumps(FIRES | {"detail": detail}))


def change(properties=None, *, how="UPDATE", status="OK", kind="AWS::EC2::SecurityGroup", **item):
    """A configuration item's change, as EventBridge carries it."""
    held = {
        "awsAccountId": "111122223333",
        "awsRegion": "eu-west-1",
        "resourceType": kind,
        "resourceId": "sg-0a1b2c3d",
        "resourceName": "web-prod",
        "configurationItemStatus": status,
        "configurationItemCaptureTime": TODAY,
        "configuration": {"ipPermissions": []},
    } | item
    detail = {
        "messageType": "ConfigurationItemChangeNotification",
        "configurationItem": held,
        "configurationItemDiff": {"changeType": how, "changedProperties": properties or {}},
    }
    return unwrap(json.dumps(FIRES | {"detail-type": "Config Configuration Item Change", "detail": detail}))


def was_is(before, after):
    return {"previousValue": before, "updatedValue": after, "changeType": "UPDATE"}


def story(told):
    return [plain(line) for line in told.story]


def test_a_broken_rule_says_which_rule_which_resource_since_when_and_why():
    told = alert(unwrap((EVENTS / "fires.json").read_text()))

    assert told.title == "S3 bucket acme-payroll breaks the rule s3-bucket-public-read-prohibited"
    assert (told.severity, told.account_id, told.region, told.resource) == (
        "high",
        "111122223333",
        "eu-west-1",
        "acme-payroll",
    )
    assert story(told) == [
        "The bucket policy allows public read access.",
        "Broken since 2026-09-08 03:02 UTC; it was in order when checked on 2026-08-01 10:00 UTC",
    ]
    assert [step.words for step in told.next_steps] == [
        ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:02:10Z")
    ]
    assert told.console_url == (
        "https://eu-west-1.console.aws.amazon.com/config/home?region=eu-west-1"
        "#/rules/details?configRuleName=s3-bucket-public-read-prohibited"
    )


def test_a_rule_that_is_kept_again_resolves_under_the_same_key():
    broken, kept = alert(ruled()), alert(ruled("COMPLIANT", "NON_COMPLIANT"))

    assert kept.key == broken.key
    assert (kept.severity, kept.resolved, broken.resolved) == ("info", True, False)
    assert (
        kept.title == "Resolved: S3 bucket acme-payroll keeps the rule s3-bucket-public-read-prohibited again"
    )
    assert story(kept) == ["It was broken since 2026-08-01 10:00 UTC"]


def test_a_resource_that_is_gone_resolves_too():
    gone = alert(ruled("NOT_APPLICABLE", "NON_COMPLIANT"))

    assert gone.title.startswith("Resolved: S3 bucket acme-payroll no longer falls under the rule")
    assert gone.key == alert(ruled()).key


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("COMPLIANT", None),
        ("NOT_APPLICABLE", None),
        ("COMPLIANT", "NOT_APPLICABLE"),
        ("NOT_APPLICABLE", "COMPLIANT"),
        ("INSUFFICIENT_DATA", "NON_COMPLIANT"),
        ("NON_COMPLIANT", "NON_COMPLIANT"),
    ],
)
def test_what_needs_nobody_is_no_alert(new, old):
    assert alert(ruled(new, old)) is None


def test_the_same_rule_broken_for_another_reason_is_told_again():
    assert alert(ruled(old="NON_COMPLIANT", annotation="Also writable."))


def test_security_hubs_own_rules_are_left_to_security_hub():
    arn = "arn:aws:config:eu-west-1:111122223333:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-x"

    assert alert(ruled(configRuleARN=arn)) is None


def test_a_rule_on_the_account_and_a_conformance_packs_rule_are_named_as_people_would():
    told = alert(
        ruled(
            resourceType="AWS::::Account",
            resourceId="111122223333",
            configRuleName="root-account-mfa-enabled-conformance-pack-abc123",
        )
    )

    assert told.title == "Account 111122223333 breaks the rule root-account-mfa-enabled"
    assert told.resource is None
    assert story(told)[-1] == "Rule root-account-mfa-enabled-conformance-pack-abc123"


@pytest.mark.parametrize(
    ("rule", "band"),
    [
        ("s3-bucket-public-write-prohibited", "high"),
        ("restricted-ssh", "high"),
        ("multi-region-cloudtrail-enabled", "high"),
        ("ec2-instance-no-public-ip", "medium"),
        ("encrypted-volumes", "medium"),
        ("required-tags", "low"),
    ],
)
def test_the_severity_is_read_from_what_the_rule_is_about(rule, band):
    assert severity(rule) == band


def test_an_unknown_verdict_is_shown_as_unknown():
    assert read(ruled("MAYBE"), SOURCES).source == "unknown"


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


@pytest.mark.parametrize(
    ("rule", "door", "band"),
    [
        ({"ipProtocol": "-1", "ipRanges": ["0.0.0.0/0"]}, "Every port of web-prod (sg-0a1b2c3d) is", "high"),
        (
            {"ipProtocol": "tcp", "fromPort": 20, "toPort": 25, "ipv6Ranges": [{"cidrIpv6": "::/0"}]},
            "Ports 20-25 of web-prod (sg-0a1b2c3d) are",
            "high",
        ),
        (
            {"ipProtocol": "udp", "fromPort": 53, "toPort": 53, "ipRanges": ["0.0.0.0/0"]},
            "Port 53 (udp) of web-prod (sg-0a1b2c3d) is",
            "high",
        ),
        (OPEN_22 | {"fromPort": 443, "toPort": 443}, "Port 443 of web-prod (sg-0a1b2c3d) is", "low"),
    ],
)
def test_every_kind_of_open_door_has_words(rule, door, band):
    told = alert(change({"Configuration.IpPermissions.0": was_is(None, rule)}))

    assert (told.title, told.severity) == (f"{door} open to the internet", band)


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
        "Bucket acme-payroll was changed: public access block",
        "low",
    )
    assert looser.next_steps[0].words[:3] == ("trail", "who-accessed", "acme-payroll")


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

    assert story(told) == ["Bucket policy changed"]


def test_tags_alone_are_information_and_relationships_alone_are_nothing():
    related = {"Relationships.0": was_is(None, {"resourceId": "eni-1", "name": "Is associated with"})}

    assert alert(change({"Tags.0": was_is("a", "b")} | related)).severity == "info"
    assert story(alert(change({"Tags.0": was_is("a", "b")}))) == ["Tags: a became b"]
    assert alert(change(related)) is None
    assert alert(change({"Configuration.RoleLastUsed": was_is(None, {})}, kind="AWS::IAM::Role")) is None


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

    assert alert(change(how="CREATE", status="ResourceDiscovered", resourceCreationTime=old)) is None
    assert alert(change(status="ResourceNotRecorded")) is None


def test_other_types_are_no_alert():
    assert alert(change({"Configuration.State": was_is("a", "b")}, kind="AWS::EC2::Instance")) is None


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


def test_an_event_without_its_item_or_of_a_failed_delivery_is_shown_as_unknown():
    event = FIRES | {"detail-type": "Config Configuration Item Change", "detail": {"messageType": "?"}}
    failed = unwrap('{"messageType": "ConfigurationSnapshotDeliveryFailed"}')

    assert read(unwrap(json.dumps(event)), SOURCES).source == "unknown"
    with pytest.raises(BadEvent):
        alert(failed)


@pytest.mark.parametrize(
    "told",
    [
        "ConfigurationHistoryDeliveryCompleted",
        "ConfigurationSnapshotDeliveryStarted",
        "ConfigRulesEvaluationStarted",
    ],
)
def test_configs_own_bookkeeping_is_no_alert(told):
    assert decide(json.dumps({"messageType": told}), SOURCES, "#alerts").alert is None


def test_the_pattern_takes_what_fires_and_leaves_the_rest_in_eventbridge():
    change_event = FIRES | {"detail-type": "Config Configuration Item Change"}
    instance = {"messageType": "x", "configurationItem": {"resourceType": "AWS::EC2::Instance"}}
    bucket = {"messageType": "x", "configurationItem": {"resourceType": "AWS::S3::Bucket"}}

    assert sent(source, FIRES)
    assert sent(source, change_event | {"detail": bucket})
    assert not sent(source, change_event | {"detail": instance})


@given(st.data())
def test_a_change_that_lost_or_garbled_its_parts_is_told_or_refused_never_broken(data):
    event = change({"Configuration.IpPermissions.0": was_is(OPEN_22, CLOSED_443), "Tags.0": was_is("a", "b")})
    detail = json.loads(json.dumps(event.detail))
    item, diff = detail["configurationItem"], detail["configurationItemDiff"]
    rule = diff["changedProperties"]["Configuration.IpPermissions.0"]
    strange = st.sampled_from([None, 0, "", "x", [], {}, [{}], {"a": [1]}, True, 10**400])
    for block in (item, diff, rule, rule["updatedValue"]):
        for name in data.draw(st.lists(st.sampled_from(sorted(block)), unique=True, max_size=3)):
            block[name] = data.draw(strange)
    if data.draw(st.booleans()):
        item["resourceType"] = data.draw(st.sampled_from(sorted(KINDS)))
    body = json.dumps(FIRES | {"detail-type": "Config Configuration Item Change", "detail": detail})

    told = read(unwrap(body), SOURCES)

    assert told is None or told.title


def bodies():
    """Every message of ../shared/data that Config could send; the docs print SNS's Message as an object."""
    for folder in ("eventbridge-compliance", "eventbridge-item", "awsdocs", "notify-asecurityteam"):
        for file in sorted((REAL / folder).glob("*.json")):
            held = json.loads(file.read_text())
            if isinstance(held, dict) and isinstance(held.get("Message"), dict):
                held["Message"] = json.dumps(held["Message"])
            if isinstance(held, dict) and unwrap(json.dumps(held)).source == "aws.config":
                yield json.dumps(held)


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")
def test_every_real_message_of_config_is_told_without_gaps_or_left_out_on_purpose():
    seen = [read(unwrap(body), SOURCES) for body in bodies()]
    told = [show(one) for one in seen if one is not None]

    assert len(seen) >= 15
    assert {one.source for one in seen if one} == {"config_rules"}
    assert len(told) >= 3
    for view in told:
        text = " ".join([view.title, *(plain(line) for section in view.sections for line in section.lines)])
        assert not [gap for gap in ("None", "null", "{}", "  ") if gap in text]


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data is not here")
def test_real_changes_of_every_type_would_be_told_if_they_were_chosen():
    """The chosen types are few in the samples; with another type's name every sample must still have words."""
    told = []
    for body in bodies():
        event = unwrap(body)
        item = event.detail.get("configurationItem")
        if isinstance(item, dict):
            kind = {"resourceType": "AWS::EC2::RouteTable"}
            told.append(alert(unwrap(json.dumps(dict(event.detail) | {"configurationItem": item | kind}))))

    assert len([one for one in told if one]) >= 8
    for view in (show(one) for one in told if one):
        text = " ".join([view.title, *(plain(line) for section in view.sections for line in section.lines)])
        assert not [gap for gap in ("None", "null", "{}", "  ", "()") if gap in text]
