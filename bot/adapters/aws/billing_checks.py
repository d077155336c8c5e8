"""Whether the bill can be seen: CloudWatch's estimates and Budgets are looked at, Cost Explorer is paid for and is not."""

from collections.abc import Callable

import boto3

from bot.adapters.aws.billing_place import billing_client
from bot.adapters.aws.errors import asking
from bot.adapters.aws.estimated_charges import SWITCH
from bot.adapters.aws.estimated_charges_series import every_series
from bot.adapters.bills import AwsBills
from bot.core.amounts import counted
from bot.core.check import Check, Found
from bot.core.span import iso

Session = Callable[[], boto3.Session]


def billing_checks(session: Session, bills: Callable[[], AwsBills]) -> list[Check]:
    """What `/billing` needs; session and bills are made when looked with."""
    return [
        Check("billing", "estimates", lambda: estimates(session())),
        Check("billing", "Cost Explorer", lambda: explorer(bills())),
        Check("billing", "budgets", lambda: budgets(session())),
    ]


def estimates(session: boto3.Session) -> Found:
    """Whether EstimatedCharges are there (docs: CloudWatch user guide, Monitor estimated charges)."""
    found = every_series(billing_client("cloudwatch", session))
    if not found:
        return Found(
            "off", "CloudWatch has no estimates of the bill, so no free figures and no alarms", SWITCH
        )
    services = {each.service for each in found if each.service}
    accounts = {each.account for each in found if each.account}
    of = f" in {counted(len(accounts), 'account')}" if accounts else ""
    return Found("ok", f"{counted(len(services), 'service')}{of}, next to free")


def explorer(bills: AwsBills) -> Found:
    """How it last answered: looking would cost USD 0.01."""
    asked, last = bills.asked(), bills.said()
    if not bills.explores:
        return Found("off", "Cost Explorer is switched off in the settings", "NOROSHI_BILLING__EXPLORER=true")
    if last is None:
        return Found(
            "off", "not asked yet, and not asked now: a request costs USD 0.01", "noroshi billing by-service"
        )
    said, when = last.value, iso(last.asked_at)
    if said.message:
        return Found("missing", f"{said.message} (asked {when})", said.hint)
    spent = sum(count for _, count in asked.by_day)
    month = f"{counted(spent, 'request')} (USD {spent * asked.usd_a_request}) in 31 days"
    return Found("ok", f"answered {when}; {month}, {asked.most_a_day} a day at most")


def budgets(session: boto3.Session) -> Found:
    """Whether the account's budgets can be seen, and whether there is one (docs: Budgets, DescribeBudgets)."""
    with asking("sts:GetCallerIdentity", "who I am"):
        account = billing_client("sts", session).get_caller_identity()["Account"]
    with asking("budgets:ViewBudget", "which budgets there are"):
        pages = (
            billing_client("budgets", session).get_paginator("describe_budgets").paginate(AccountId=account)
        )
        count = sum(len(page.get("Budgets", ())) for page in pages)
    if not count:
        return Found("off", "this account has no budget", "noroshi setup billing")
    return Found("ok", counted(count, "budget"))
