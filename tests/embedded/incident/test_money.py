"""What AWS tells of money in the story is what the incident's spend comes to, on any day of a month."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given

from bot.embedded.incident import Incident
from bot.embedded.incident.news import money
from bot.embedded.incident.spend import REFRESH, Spend
from tests.embedded.moments import MOMENTS

CENT = Decimal("0.01")


def before(spend, now, account_id=""):
    at = now - REFRESH
    return spend.month_to_date(at, account_id) if at.month == now.month else Decimal(0)


@given(now=MOMENTS)
def test_the_alarm_is_passed_by_the_last_refresh_and_by_no_earlier_one(now):
    incident = Incident(1, now)
    spend = Spend(incident)
    alarm = json.loads(money.bill(now, incident)[0].message)

    spent = Decimal(re.search(r"\[([\d.]+) ", alarm["NewStateReason"])[1])
    limit = Decimal(str(alarm["Trigger"]["Threshold"]))
    assert spent == spend.month_to_date(incident.now).quantize(CENT)
    assert before(spend, incident.now).quantize(CENT) <= limit < spent


@given(now=MOMENTS)
def test_a_raised_limit_is_above_the_bill(now):
    incident = Incident(1, now)
    alarm = json.loads(money.bill(now, incident, over=False)[0].message)

    assert alarm["NewStateValue"] == "OK"
    assert Decimal(str(alarm["Trigger"]["Threshold"])) > Spend(incident).month_to_date(incident.now)


@given(now=MOMENTS)
def test_the_budgets_alert_is_four_fifths_of_it_and_just_passed_by_prod_alone(now):
    incident = Incident(1, now)
    spend, prod = Spend(incident), incident.prod.id
    text = money.budget(now, incident)[0].message

    planned, alert, spent = (
        Decimal(re.search(rf"{name}: (?:> )?\$([\d,.]+\d)$", text, re.MULTILINE)[1].replace(",", ""))
        for name in ("Budgeted Amount", "Alert Threshold", "ACTUAL Amount")
    )
    assert spent == spend.month_to_date(incident.now, prod).quantize(CENT)
    assert before(spend, incident.now, prod).quantize(CENT) <= alert < spent
    assert abs(alert - planned * 4 / 5) <= CENT


def test_the_anomaly_is_what_two_machines_cost():
    incident = Incident(1, datetime(2026, 9, 8, 12, tzinfo=UTC))
    (told,) = money.anomaly(incident, incident.now, hours=3.3)

    assert told.event["detail"]["impact"]["totalImpact"] == 54.05
    assert told.event["detail"]["rootCauses"][0]["usageType"] == "APN1-BoxUsage:g5.12xlarge"
