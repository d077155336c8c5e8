"""What the doctor says of /advisor: every right that is missing by its name, and a plan without an API as no fault."""

import pytest

from bot.adapters.aws.advice_checks import own_checks, trusted_advisor
from bot.deploy.policy import policy
from bot.errors import Upstream
from tests.adapters.aws.canned import Canned, Refusal, denied, places
from tests.adapters.aws.test_trusted_advisor import NO_PLAN, newer

ASKED = {
    "ec2": (
        "DescribeRegions",
        "DescribeSecurityGroups",
        "DescribeNetworkInterfaces",
        "DescribeSnapshots",
        "GetSnapshotBlockPublicAccessState",
        "GetManagedPrefixListEntries",
    ),
    "rds": (
        "DescribeDBInstances",
        "DescribeDBSnapshots",
        "DescribeDBClusterSnapshots",
        "DescribeDBSnapshotAttributes",
        "DescribeDBClusterSnapshotAttributes",
    ),
    "iam": (
        "GetAccountSummary",
        "GetAccountPasswordPolicy",
        "GenerateCredentialReport",
        "GetCredentialReport",
    ),
}
EVERY = [(service, name) for service, names in ASKED.items() for name in names]


def allowed(*but):
    """An account that answers everything, be it that there is none, but for these."""
    answers = {each: Refusal("NoSuchEntity") for each in EVERY} | {
        ("iam", "GetAccountSummary"): {"SummaryMap": {}}
    }
    return places(Canned(answers | dict.fromkeys(but, denied())))


def test_where_everything_may_be_asked_it_is_well():
    assert own_checks(allowed()).state == "ok"


@pytest.mark.parametrize("refused", EVERY, ids=":".join)
def test_each_right_that_is_missing_is_named(refused):
    found = own_checks(allowed(refused))

    assert (found.state, found.fix) == ("missing", f"Allow {':'.join(refused)} to it")


def test_every_right_of_the_policy_is_looked_at_but_what_only_names_a_key():
    held = {
        name for one in policy()["Statement"] if one["Sid"] == "CheckTheAccount" for name in one["Action"]
    }

    assert held - {":".join(each) for each in EVERY} == {"iam:ListAccessKeys"}


def test_where_nobody_can_be_asked_it_is_an_error():
    answers = dict.fromkeys(EVERY, Refusal("ExpiredToken", "expired"))

    with pytest.raises(Upstream, match="expired"):
        own_checks(places(Canned(answers)))


@pytest.mark.parametrize(
    ("answers", "state", "said"),
    [
        (newer(), "ok", "it answers"),
        ({("support", "DescribeTrustedAdvisorChecks"): NO_PLAN}, "ok", "needs the support plan"),
        ({}, "off", "either its support plan has no API"),
    ],
)
def test_a_plan_without_an_api_is_no_fault_and_a_refusal_leaves_it_open(answers, state, said):
    found = trusted_advisor(places(Canned(answers)))

    assert found.state == state
    assert said in found.message
