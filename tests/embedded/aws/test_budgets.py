"""Budgets: what is spent and expected of them, and who is told of what."""

from decimal import Decimal

import pytest

from bot.embedded.aws import PROD, STAGING
from tests.embedded.aws.bills import NOW, by, days, refused, serving, total

ACCOUNT = {"AccountId": PROD.id}
ALERT = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 90.0}
TOPIC = {"SubscriptionType": "SNS", "Address": "arn:aws:sns:us-east-1:111122223333:bills"}


@pytest.fixture
def bills():
    with serving() as made:
        made.at(NOW)
        yield made


@pytest.fixture
def budgets(bills):
    return bills.client("budgets")


def make(budgets, name="mine", limit="500", subscribers=(TOPIC,), **more):
    budget = {"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY"} | more
    if limit:
        budget["BudgetLimit"] = {"Amount": limit, "Unit": "USD"}
    budgets.create_budget(
        **ACCOUNT,
        Budget=budget,
        NotificationsWithSubscribers=[{"Notification": ALERT, "Subscribers": list(subscribers)}],
    )
    return spent(budgets, name)


def spent(budgets, name):
    told = budgets.describe_budget(**ACCOUNT, BudgetName=name)["Budget"]["CalculatedSpend"]
    return {key: Decimal(value["Amount"]) for key, value in told.items()}


def test_a_budget_of_everything_is_spent_as_cost_explorer_says(bills, budgets):
    told = make(budgets)
    month = bills.client("ce").get_cost_and_usage(
        TimePeriod=days("2026-09-01", "2026-09-09"), Granularity="MONTHLY", Metrics=["UnblendedCost"], GroupBy=by("SERVICE")
    )  # fmt: skip

    assert told["ActualSpend"] == total(month["ResultsByTime"])
    assert told["ForecastedSpend"] > told["ActualSpend"]


@pytest.mark.parametrize(
    "narrowed",
    [
        {"CostFilters": {"LinkedAccount": [STAGING.id]}},
        {"FilterExpression": {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [STAGING.id]}}},
        {"CostTypes": {"IncludeTax": False}},
        {"CostFilters": {"Service": ["Amazon Simple Storage Service"], "Region": ["us-east-1"]}},
    ],
)
def test_a_budget_of_a_part_is_spent_less(budgets, narrowed):
    assert 0 < make(budgets, **narrowed)["ActualSpend"] < make(budgets, "whole")["ActualSpend"]


def test_a_year_is_spent_more_than_a_quarter_a_month_and_a_day(budgets):
    units = ("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY")
    day, month, quarter, year = (make(budgets, unit, TimeUnit=unit)["ActualSpend"] for unit in units)

    assert day < month < quarter < year


def test_acmes_budget_has_passed_its_alert(budgets):
    (mine,) = budgets.describe_budgets(**ACCOUNT)["Budgets"]
    (alert,) = budgets.describe_notifications_for_budget(**ACCOUNT, BudgetName=mine["BudgetName"])[
        "Notifications"
    ]

    assert mine["BudgetName"] == "prod-monthly"
    assert (alert["Threshold"], alert["NotificationState"]) == (80.0, "ALARM")


def test_who_is_told_is_told(budgets):
    make(budgets, limit="5000")
    asked = {**ACCOUNT, "BudgetName": "mine"}
    (alert,) = budgets.describe_notifications_for_budget(**asked)["Notifications"]

    assert alert["NotificationState"] == "OK"
    told = budgets.describe_subscribers_for_notification(**asked, Notification=ALERT)
    assert told["Subscribers"] == [TOPIC]
    other = ALERT | {"Threshold": 10.0}
    assert (
        refused(budgets.describe_subscribers_for_notification, **asked, Notification=other)[0]
        == "NotFoundException"
    )


def test_budgets_come_in_pages(budgets):
    for n in range(4):
        make(budgets, f"mine-{n}")
    names, token = [], {}
    while token is not None:
        page = budgets.describe_budgets(**ACCOUNT, MaxResults=2, **token)
        names += [each["BudgetName"] for each in page["Budgets"]]
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None

    assert names == ["prod-monthly", "mine-0", "mine-1", "mine-2", "mine-3"]


def test_what_aws_would_not_make_is_refused(budgets):
    make(budgets)
    cases = [
        ({}, "DuplicateRecordException"),
        ({"name": "b", "limit": ""}, "InvalidParameterException"),
        ({"name": "c", "subscribers": (TOPIC, TOPIC | {"Address": "arn:aws:sns:us-east-1:1:x"})}, "InvalidParameterException"),
    ]  # fmt: skip
    for more, code in cases:
        assert refused(make, budgets=budgets, **more)[0] == code


def test_no_account_reads_anothers_budgets(bills, budgets):
    member = bills.client("budgets", STAGING)

    assert refused(member.describe_budgets, **ACCOUNT)[0] == "AccessDeniedException"
    assert member.describe_budgets(AccountId=STAGING.id)["Budgets"] == []
    assert refused(budgets.describe_budget, **ACCOUNT, BudgetName="none")[0] == "NotFoundException"
