"""The words for our own events, one a source, as people see them."""

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from bot.core.alert import Quiet
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from tests.sources.said import faults, words

EVENTS = Path(__file__).parents[1] / "events"
NAMES = [source.name for source in SOURCES]


def event(name, kind):
    return unwrap((EVENTS / name / f"{kind}.json").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_our_own_event_is_told_in_words(name):
    fires = event(name, "fires")

    assert faults(fires, read(fires, SOURCES)) == []


def test_the_words_of_each_source():
    assert {name: words(read(event(name, "fires"), SOURCES)) for name in NAMES} == snapshot(
        {
            "guardduty": [
                "HIGH User backup reads the bucket acme-payroll in an unusual way, from 198.51.100.7 (Netherlands)",
                "111122223333 · eu-west-1 · acme-payroll · first 2026-09-08 03:11 UTC · last 2026-09-08 03:19 UTC · 14 times",
                "Key AKIAEXAMPLEEXAMPLE7Q of user backup",
                "Called GetObject from 198.51.100.7 (Example Transit, Netherlands)",
                "Exfiltration on S3: Anomalous behavior (Exfiltration:S3/AnomalousBehavior) · severity 8 · finding 8cb90000000000000000000000000001",
                "trail who-accessed acme-payroll --since 2026-09-07T21:11:00Z",
                "trail key AKIAEXAMPLEEXAMPLE7Q --since 2026-09-07T21:11:00Z",
                "trail session AKIAEXAMPLEEXAMPLE7Q --since 2026-08-09T03:11:00Z",
                "s3 explain acme-payroll --account 111122223333",
            ],
            "cloudtrail": [
                "HIGH backup (user) opened the security group sg-0a1b2c3d4e5f60718 to the internet",
                "111122223333 · eu-west-1 · sg-0a1b2c3d4e5f60718 · first 2026-09-08 03:21 UTC",
                "By backup (user) with key AKIAEXAMPLEEXAMPLE7Q from 198.51.100.7",
                "Port 22/tcp from anywhere (0.0.0.0/0)",
                "Authorize security group ingress (ec2:AuthorizeSecurityGroupIngress) · event 00000000-0000-4000-8000-00000000bbbb",
                "trail resource sg-0a1b2c3d4e5f60718 --since 2026-09-07T21:21:07Z",
                "trail user arn:aws:iam::111122223333:user/backup --since 2026-09-07T21:21:07Z",
                "trail session AKIAEXAMPLEEXAMPLE7Q --since 2026-08-09T03:21:07Z",
            ],
            "config_rules": [
                "HIGH S3 bucket acme-payroll breaks the rule s3-bucket-public-read-prohibited",
                "111122223333 · eu-west-1 · acme-payroll · first 2026-09-08 03:02 UTC",
                "The bucket policy allows public read access.",
                "Broken since 2026-09-08 03:02 UTC; it was in order when checked on 2026-08-01 10:00 UTC",
                "Config rule s3-bucket-public-read-prohibited · AWS::S3::Bucket acme-payroll",
                "s3 explain acme-payroll --account 111122223333",
                "config history acme-payroll --type AWS::S3::Bucket --account 111122223333 --region eu-west-1 --since 2026-09-07T03:02:10Z",
                "trail who-accessed acme-payroll --since 2026-09-07T21:02:10Z",
            ],
            "advisor": [
                "HIGH A security group opens a risky port to the internet: web-prod",
                "111122223333 · eu-west-1 · web-prod · first 2026-09-08 04:10 UTC",
                "Security Group ID: sg-0a1b2c3d (vpc-1a2b3c4d)",
                "Protocol: tcp",
                "From Port: 22",
                "To Port: 22",
                "Trusted Advisor: Security Groups - Specific Ports Unrestricted · arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d",
            ],
            "billing": [
                "HIGH This month's charges passed $500.00: $1,234.50 so far",
                "111122223333 · us-east-1 · first 2026-09-08 06:25 UTC",
                "Charges of the month so far, no forecast; they count up until the 1st",
                "The month's bill is more than we planned.",
                "CloudWatch alarm: Estimated charges (AWS/Billing) · alarm bill over 500",
                "billing why 2026-09-07",
                "billing by-region --since 7d",
                "billing summary",
            ],
            "budgets": [
                "MEDIUM Budget web & shop: $1,234.50 spent this month, above the alert at $800.00",
                "111122223333 · web & shop · first 2026-09-08 07:00 UTC",
                "Budgeted: $1,000.00 a month; $1,234.50 is 123% of it",
                "AWS Budgets: Cost budget, actual",
                "billing why 2026-09-07",
                "billing by-region --since 7d",
                "billing summary",
            ],
            "cost_anomaly": [
                "MEDIUM Amazon Elastic Compute Cloud - Compute costs $400.25 more than expected",
                "444455556666 · us-west-2 · Amazon Elastic Compute Cloud - Compute · first 2026-09-07 00:00 UTC",
                "$412.35 instead of $12.10 (+3,308%)",
                "Amazon Elastic Compute Cloud - Compute in us-west-2, account dev (444455556666), usage USW2-BoxUsage:p4d.24xlarge: $393.28",
                "Cost anomaly (monitor services) · anomaly 00000000-0000-4000-8000-00000000cccc",
                "billing why 2026-09-07",
                "billing by-region --since 7d",
                "billing summary",
            ],
            "health": [
                "CRITICAL An access key is public: AKIAEXAMPLEEXAMPLE7Q",
                "111122223333 · us-east-1 · AKIAEXAMPLEEXAMPLE7Q · first 2026-09-08 02:40 UTC · last 2026-09-08 02:44 UTC",
                "A key of user backup was found in a public repository.",
                "Make it inactive.",
                "Exposed location: example.org/acme/scripts",
                "User name: backup",
                "AWS Health, issue: AWS_RISK_CREDENTIALS_EXPOSED · RISK",
            ],
            "unknown": [
                "INFO Something I have no words for: Weather Change",
                "111122223333 · eu-west-1 · first 2026-09-08 03:25 UTC",
                '{"sky": "<!channel> *clear*"}',
                "acme.weather: Weather Change",
            ],
        }
    )


def test_why_each_source_is_quiet():
    quiet = {name: read(event(name, "quiet"), SOURCES) for name in NAMES if name != "unknown"}

    assert {
        name: (said.reason, said.closes) for name, said in quiet.items() if isinstance(said, Quiet)
    } == snapshot(
        {
            "guardduty": (
                "archived in GuardDuty",
                "guardduty:111122223333:eu-west-1:8cb90000000000000000000000000001",
            ),
            "cloudtrail": ("nothing sensitive in this call", None),
            "config_rules": (
                "the rule was kept all along",
                "config_rules:111122223333:eu-west-1:s3-bucket-public-read-prohibited:AWS::S3::Bucket:acme-payroll",
            ),
            "advisor": (
                "a remark of Trusted Advisor that asks for nothing",
                "advisor:111122223333:amazon ec2 instances without auto scaling:arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
            ),
            "billing": ("a new month begins at zero", "billing:111122223333:us-east-1:bill over 500:2026-09"),
            "cost_anomaly": (
                "it costs no more than expected",
                "cost-anomaly:00000000-0000-4000-8000-00000000cccc",
            ),
            "health": (
                "a notice that was told has ended",
                "health:111122223333:eu-west-1:arn:aws:health:eu-west-1::event/LAMBDA/AWS_LAMBDA_EXAMPLE_NOTIFICATION/AWS_LAMBDA_EXAMPLE_NOTIFICATION_0002",
            ),
        }
    )


def test_what_is_quiet_for_one_source_is_never_lost():
    """Budgets has nothing to be quiet about: a text of another kind is nobody's, and shown as it is."""
    assert read(event("budgets", "quiet"), SOURCES).source == "unknown"


@pytest.mark.parametrize("name", ["guardduty", "config_rules", "billing"])
def test_what_ends_a_problem_closes_the_key_it_was_told_under(name):
    assert read(event(name, "quiet"), SOURCES).closes == read(event(name, "fires"), SOURCES).key


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_by_another_way_is_the_same_telling(name):
    """Redelivered, or forwarded by a topic: the envelope differs, the telling does not."""
    body = json.loads((EVENTS / name / "fires.json").read_text())
    other = {"MessageId": "another"} if body.get("Type") == "Notification" else {"id": "another"}
    forwarded = {"Type": "Notification", "MessageId": "m", "Message": json.dumps(body)}
    copies = [read(unwrap(json.dumps(copy)), SOURCES) for copy in (body, body | other, forwarded)]

    assert len({copy.key for copy in copies}) == 1
    assert len({copy.occurrence for copy in copies}) == 1
    assert copies[0].occurrence or name == "unknown"
