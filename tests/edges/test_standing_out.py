"""The bill's figures are asked for once, and what stands out in them is said as alerts."""

from datetime import date
from decimal import Decimal

import pytest

from bot.core.billing.days import Days
from bot.core.billing.spikes import Rule
from bot.core.severity import Severity
from bot.core.text import plain
from bot.edges.standing_out import StandingOut
from bot.errors import AccessDenied, Forbidden
from tests.core.billing.bill import DAY, on, steady
from tests.edges.given_bills import GivenBills

TODAY = date(2026, 9, 8)
YESTERDAY = TODAY - DAY
PAST = Days(TODAY - 100 * DAY, TODAY + DAY)
ID = "111122223333"
MONTHS = steady(PAST, 20, ID)


def looked(part, today=TODAY, **lines):
    bills = GivenBills(**{"account": MONTHS} | lines)
    return bills, getattr(StandingOut(lambda: bills, Rule(Decimal(3), Decimal(25)), Decimal(2)), part)(today)


def words(alert):
    return "\n".join(plain(line) for line in alert.story)


def test_a_quiet_bill_is_two_questions_and_no_alert():
    bills, alerts = looked("services", service=steady(PAST, 20, "EC2"))

    assert alerts == ()
    assert bills.asked == [("service",), ("account",)]


def test_a_spike_is_looked_at_by_usage_type_and_told_of_its_account():
    bills, (alert,) = looked(
        "services",
        service=[*steady(PAST, 20, "EC2"), on(YESTERDAY, 200, "EC2")],
        usage_type=[on(YESTERDAY, 200, "USW2-BoxUsage:p4d.24xlarge")],
    )

    assert alert.key == f"billing:spike:{ID}:EC2:2026-09-07"
    assert alert.severity is Severity.HIGH
    assert "p4d.24xlarge, a machine with GPUs" in words(alert)
    assert ("usage-type", "EC2") in bills.asked


@pytest.mark.parametrize("ago", [0, 1, 2])
def test_today_so_far_and_the_last_two_days_are_looked_at(ago):
    day = TODAY - ago * DAY
    _, (alert,) = looked("services", service=[*steady(PAST, 20, "EC2"), on(day, 200, "EC2")])

    assert alert.last_seen.date() == day


def test_several_accounts_are_asked_about_apart():
    bills, (alert,) = looked(
        "services",
        account=[*MONTHS, *steady(PAST, 5, "444455556666")],
        service=steady(PAST, 25, "EC2"),
        service__account=[
            *steady(PAST, 20, "EC2", ID),
            *steady(PAST, 5, "EC2", "444455556666"),
            on(YESTERDAY, 60, "EC2", "444455556666"),
        ],
    )

    assert alert.account_id == "444455556666"
    assert ("service", "account") in bills.asked


def test_the_first_money_of_an_account_among_several_is_told():
    old, mined = steady(PAST, 20, "EC2", ID), on(YESTERDAY, 400, "EC2", "444455556666")
    _, (alert,) = looked(
        "services",
        account=[*MONTHS, on(YESTERDAY, 400, "444455556666")],
        service=steady(PAST, 20, "EC2"),
        service__account=[*old, mined],
    )

    assert alert.title == "First money spent in account 444455556666: $400.00 since Mon 7 Sep"
    assert (alert.kind, alert.severity) == ("First spending in an account", Severity.MEDIUM)
    assert (alert.account_id, alert.resource) == ("444455556666", None)


def test_at_most_three_spikes_are_looked_at_closely_the_costliest():
    names = [f"Service {n}" for n in range(6)]
    lines = [
        line
        for n, name in enumerate(names)
        for line in (*steady(PAST, 1, name), on(YESTERDAY, 100 + n, name))
    ]
    bills, alerts = looked("services", service=lines)

    assert len(alerts) == 6
    assert sorted(asked[1] for asked in bills.asked if asked[0] == "usage-type") == names[3:]
    assert sum("I could not see which usage types" in words(alert) for alert in alerts) == 3


def test_a_new_service_that_is_a_spike_too_is_told_once():
    _, alerts = looked(
        "services", service=[*steady(PAST, 20, "S3"), on(TODAY, 90, "EC2"), on(TODAY, 5, "Polly")]
    )

    assert [alert.kind for alert in alerts] == ["Spending spike", "First spending in a service"]
    assert alerts[1].resource == "Polly"


def test_a_new_region_is_told_with_its_machines_which_are_asked_about_only_then():
    quiet, none = looked("regions", region=steady(PAST, 20, "eu-west-1"))
    bills, (alert,) = looked(
        "regions",
        region=[*steady(PAST, 20, "eu-west-1"), on(YESTERDAY, 80, "ap-south-1")],
        region__usage_type=[on(YESTERDAY, 80, "ap-south-1", "APS3-SpotUsage:g5.12xlarge")],
    )

    assert none == ()
    assert ("region", "usage-type") not in quiet.asked
    assert (alert.severity, alert.key) == (Severity.HIGH, f"billing:first-region:{ID}:ap-south-1")
    assert bills.asked.count(("region", "usage-type")) == 1


def test_machines_that_could_not_be_seen_are_said_to_be_unseen():
    bills = GivenBills(
        account=MONTHS, region=[*steady(PAST, 20, "eu-west-1"), on(YESTERDAY, 80, "ap-south-1")]
    )
    bills.refuse[("region", "usage-type")] = Forbidden("Today's requests are spent.")
    (alert,) = StandingOut(lambda: bills, Rule(Decimal(3), Decimal(25)), Decimal(2)).regions(TODAY)

    assert alert.severity is Severity.MEDIUM
    assert "I could not see which machines it was" in words(alert)


def test_a_first_is_told_for_a_week_should_the_bot_have_been_away():
    def region(ago):
        return looked(
            "regions", region=[*steady(PAST, 20, "eu-west-1"), on(TODAY - ago * DAY, 80, "ap-south-1")]
        )[1]

    assert [len(region(ago)) for ago in (6, 7, 8)] == [1, 1, 0]


def test_a_month_on_its_way_to_far_more_is_told_by_account():
    _, (alert,) = looked("pace", account=[*MONTHS, *steady(Days(date(2026, 9, 1), TODAY), 60, ID)])

    assert alert.key == f"billing:pace:{ID}:2026-09"


def test_what_can_not_be_asked_is_raised():
    bills = GivenBills()
    bills.refuse[("service",)] = AccessDenied("No.", action="ce:GetCostAndUsage")

    with pytest.raises(AccessDenied):
        StandingOut(lambda: bills, Rule(Decimal(3), Decimal(25)), Decimal(2)).services(TODAY)


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2026, 3, 31), date(2024, 2, 29), date(2027, 1, 1)])
def test_on_any_day_of_a_month_enough_is_asked_to_know_what_is_usual(today):
    past = Days(today - 100 * DAY, today + DAY)
    lines = {
        "account": steady(past, 20, ID),
        "service": [*steady(past, 20, "EC2"), on(today - DAY, 200, "EC2")],
    }
    bills, (alert,) = looked("services", today, **lines)

    assert bills.days.start <= today - 51 * DAY
    assert bills.days.start.day == 1
    assert "usually $20.00" in alert.title
