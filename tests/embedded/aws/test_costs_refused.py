"""What is not switched on, not allowed, or asked in the wrong place, is refused as AWS refuses it."""

import pytest

from bot.embedded.aws import HOME
from tests.embedded.aws.bills import NOW, days, refused, serving

USAGE = {"TimePeriod": days("2026-09-01", "2026-09-08"), "Granularity": "DAILY", "Metrics": ["UnblendedCost"]}


@pytest.fixture
def bills():
    with serving() as made:
        made.at(NOW)
        yield made


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        ("off", "AccessDeniedException", "not enabled for cost explorer"),
        ("preparing", "DataUnavailableException", "just enabled"),
    ],
)
def test_cost_explorer_has_to_be_enabled_first(bills, state, code, words):
    bills.aws.billing.cost_explorer = state
    said = refused(bills.client("ce").get_cost_and_usage, **USAGE)

    assert (said[0], words in said[1]) == (code, True)


def test_a_refusal_is_paid_for_as_well(bills):
    bills.aws.billing.cost_explorer = "off"
    refused(bills.client("ce").get_cost_and_usage, **USAGE)

    assert bills.aws.cost_requests == 1


@pytest.mark.parametrize(
    ("service", "method", "asked", "action", "code"),
    [
        ("ce", "get_cost_and_usage", USAGE, "ce:GetCostAndUsage", "AccessDeniedException"),
        ("ce", "get_anomaly_monitors", {}, "ce:GetAnomalyMonitors", "AccessDeniedException"),
        ("cloudwatch", "list_metrics", {}, "cloudwatch:ListMetrics", "AccessDenied"),
        ("budgets", "describe_budgets", {"AccountId": "111122223333"}, "budgets:ViewBudget", "AccessDeniedException"),
        ("sns", "list_topics", {}, "sns:ListTopics", "AuthorizationError"),
        ("s3", "list_buckets", {}, "s3:ListAllMyBuckets", "AccessDenied"),
    ],
)  # fmt: skip
def test_an_action_that_is_not_allowed_is_refused_by_its_name(bills, service, method, asked, action, code):
    call = getattr(bills.client(service), method)
    bills.aws.refused.add(action)
    said = refused(call, **asked)
    bills.aws.refused.clear()

    assert said[0] == code
    assert f"is not authorized to perform: {action}" in said[1]
    assert call(**asked)


def test_bills_are_told_in_one_region_only(bills):
    for service, method, asked in (
        ("ce", "get_cost_and_usage", USAGE),
        ("budgets", "describe_budgets", {"AccountId": "111122223333"}),
    ):
        elsewhere = getattr(bills.aws.client(service, region=HOME), method)

        assert refused(elsewhere, **asked)[0] == "InvalidSignatureException"
