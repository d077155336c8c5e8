"""Advice over the stand-in's incident: by nothing but AWS's own APIs, with a support plan and without one."""

from datetime import UTC, datetime

import pytest

from bot.adapters.aws.advice import AwsAdvice
from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.s3_public import S3PublicAccess
from bot.adapters.aws.session import make_session
from bot.adapters.aws.ways import Known, Ways
from bot.core.advice.compared import flags
from bot.embedded.aws import HOME, PROD, STAGING, AwsStandIn
from bot.embedded.aws.world import furnish
from bot.embedded.incident import Incident
from tests.adapters.aws.config_world import STAGING_ROLE

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
INCIDENT = Incident(1, NOW)
NAMES = {PROD.id: "prod", STAGING.id: "staging"}
GROUPS, MFA, KEYS, PASSWORD, EBS, RDS = (
    "HCP4007jGY",
    "7DAFEmoDos",
    "DqdJqYeRm5",
    "Yw2K9puPzl",
    "ePs02jT06w",
    "rSs93HQwa1",
)


@pytest.fixture(scope="module")
def acme():
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        furnish(made, INCIDENT)
        yield made


@pytest.fixture
def aws(acme):
    yield acme
    acme.refused.clear()
    acme.advisor.plan = "basic"


@pytest.fixture
def advice(aws, environment):
    for name, value in aws.environment().items():
        environment.setenv(name, value)
    environment.delenv("AWS_DEFAULT_REGION", raising=False)
    session = make_session()
    # Of each account, the regions that something happened in.
    accounts = [
        Known(PROD.id, "prod", None, (HOME, "us-east-1")),
        Known(STAGING.id, "staging", STAGING_ROLE, (HOME,)),
    ]
    ways = Ways(lambda: session, accounts)
    return AwsAdvice(Places(ways), S3PublicAccess(ways, NAMES), NAMES, now=lambda: NOW)


def told(advice, *checks, accounts=()):
    return advice.opinions(checks, accounts, lambda _: None)


def named(found, by="own"):
    """What is flagged, by check and account."""
    return {
        (one.check.id, NAMES[one.account_id]): [each.resource for each in flags(one)]
        for one in found.found
        if one.by == by and flags(one)
    }


def test_what_stands_open_at_acme_is_found_without_a_plan(advice):
    found = told(advice)
    flagged = named(found)

    assert found.plan == "no"
    assert [one.code for one in found.caveats] == ["no-support-plan"]
    assert flagged[GROUPS, "prod"] == [INCIDENT.security_group_id]
    assert flagged[RDS, "prod"] == ["acme-catalog-before-move"]
    assert flagged[MFA, "staging"] == ["root user"]
    assert len(flagged[EBS, "staging"]) == 1
    assert (KEYS, "prod") in flagged
    assert {flagged[PASSWORD, each][0] for each in NAMES.values()} == {"password policy"}
    assert (GROUPS, "staging") not in flagged


def test_with_a_plan_trusted_advisor_stands_beside_ours_and_flags_the_same(aws, advice):
    aws.advisor.plan = "business"
    found = told(advice, GROUPS, EBS, RDS)

    assert found.plan == "yes"
    assert named(found) == named(found, "trusted-advisor")


def test_without_the_newer_api_the_support_api_says_the_same(aws, advice):
    aws.advisor.plan = "business"
    newer = told(advice, GROUPS, EBS)
    aws.refused |= {"trustedadvisor:ListChecks"}
    older = told(advice, GROUPS, EBS)

    assert older.plan == "yes"
    assert named(older, "trusted-advisor") == named(newer, "trusted-advisor")


@pytest.mark.parametrize(
    ("check", "action"),
    [
        (GROUPS, "ec2:DescribeSecurityGroups"),
        (MFA, "iam:GetAccountSummary"),
        (KEYS, "iam:GenerateCredentialReport"),
        (PASSWORD, "iam:GetAccountPasswordPolicy"),
        (EBS, "ec2:DescribeSnapshots"),
        (RDS, "rds:DescribeDBSnapshots"),
        ("nNauJisYIT", "rds:DescribeDBInstances"),
        ("c25hn9x03v", "cloudtrail:DescribeTrails"),
        ("Pfx0RwqBli", "s3:ListAllMyBuckets"),
    ],
)
def test_what_aws_refuses_is_never_green_and_names_the_action(aws, advice, check, action):
    aws.refused |= {action}
    found = [
        one
        for one in told(advice, check, "c2vlfg0f4h" if check != MFA else PASSWORD, accounts=[PROD.id]).found
        if one.check.id == check
    ]

    assert {one.status for one in found} <= {"not_available", "error"}
    assert all(action in " ".join(one.unknown_because) for one in found)


def test_a_refresh_is_asked_of_the_support_api(aws, advice):
    assert advice.refresh(MFA).state == "computed"
    aws.advisor.plan = "business"

    assert advice.refresh(MFA).state == "enqueued"
    assert advice.refresh(EBS).state == "by-itself"
