"""Config's rules: what is not as it must be, and what is in order again."""

import pytest

from bot.core.alert import Quiet
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.config_rules import alert
from bot.sources.config_rules.compliance import severity
from tests.sources.config_rules.events import EVENTS, ruled, story


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
    place = ("--account", "111122223333", "--region", "eu-west-1", "--since", "2026-09-07T03:02:10Z")
    assert [step.words for step in told.next_steps] == [
        ("s3", "explain", "acme-payroll", "--account", "111122223333"),
        ("config", "history", "acme-payroll", "--type", "AWS::S3::Bucket", *place),
        ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:02:10Z"),
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
    quiet = alert(ruled(new, old))

    assert isinstance(quiet, Quiet)
    assert quiet.closes == (alert(ruled()).key if new in {"COMPLIANT", "NOT_APPLICABLE"} else None)


def test_the_same_rule_broken_for_another_reason_is_told_again():
    assert alert(ruled(old="NON_COMPLIANT", annotation="Also writable."))


def test_security_hubs_own_rules_are_left_to_security_hub():
    arn = "arn:aws:config:eu-west-1:111122223333:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-x"

    assert isinstance(alert(ruled(configRuleARN=arn)), Quiet)


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
