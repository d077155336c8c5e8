from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from inline_snapshot import snapshot

from bot.core.billing.costs import Anomalies, Anomaly, Cause
from bot.core.billing.days import DAY
from bot.core.view import Caveat
from bot.errors import BadRequest, Throttled, Upstream
from tests.commands.billing.small_bills import EC2, GPU, NOW, PROD, TODAY, FakeBills, ask, daily, flat
from tests.commands.reading import read


def test_the_months_end_comes_with_its_bounds_and_each_day():
    view = ask("forecast", bills=FakeBills({("service",): daily("12", EC2)}))

    assert read(view) == snapshot(
        [
            "About $330.00 by the end of September (between $300.00 and $360.00)",
            "Before today: $180.00",
            "From today on: $150.00 expected; $12.00 is here already",
            "August: $372.00 (−$42.00)",
            "By: Cost Explorer, at 80 %",
            "[Cost of September and what is expected: bars by day, with a line for August’s first 30 days; $192.00 in all, most on 2026-09-01: $12.00]",
            "(estimated)",
        ]
    )
    assert view.rows[0] == {"date": TODAY, "amount": 10, "low": 8, "high": 12}
    assert len(view.rows) == 15
    assert view.totals["forecast"] == 330


def test_a_forecast_without_bounds_has_none():
    why = Caveat("naive", "Cost Explorer could not say")
    naive = replace(flat(TODAY, "12", naive=True), caveats=(why,))
    view = ask("forecast", bills=FakeBills({("service",): daily("12", EC2)}, forecast=naive))

    assert view.title == "About $360.00 by the end of September, if it goes on like this"
    assert view.totals["forecast_low"] is None
    assert why in view.caveats


def test_two_currencies_are_never_added():
    with pytest.raises(Upstream, match="charged is in EUR, and what is expected in USD"):
        ask("forecast", bills=FakeBills({("service",): daily("12", EC2)}, currency="EUR"))


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 2, 28), date(2026, 12, 31), date(2026, 3, 1)])
def test_at_the_ends_of_months_today_is_counted_once(day):
    bills = FakeBills(
        {("service",): daily("1", EC2, since=date(2023, 12, 1), until=day)}, forecast=flat(day, "1")
    )
    view = ask("forecast", bills=bills, now=datetime(day.year, day.month, day.day, 5, tzinfo=UTC))

    assert (
        view.totals["forecast"]
        == (day.replace(day=1) + 31 * DAY).replace(day=1).toordinal() - day.replace(day=1).toordinal()
    )


MINED = Anomaly(
    "a-1",
    EC2,
    TODAY - DAY,
    None,
    Decimal("54.05"),
    Decimal("64.05"),
    Decimal(10),
    causes=(Cause(EC2, "ap-northeast-1", PROD, "", GPU, Decimal("54.05")),),
)


def test_an_anomaly_is_told_by_how_much_of_what_and_where():
    bills = FakeBills({}, anomalies=Anomalies((MINED,), NOW, monitors=1, requests=2))
    view = ask("anomalies", bills=bills)

    assert read(view) == snapshot(
        [
            "1 anomaly, $54.05 more than expected — last 30 days",
            "$54.05 more for Amazon Elastic Compute Cloud - Compute since yesterday, still going on",
            "It cost $64.05; $10.00 was expected",
            "APN1-BoxUsage:g5.12xlarge · ap-northeast-1 · prod: $54.05",
            "anomaly a-1",
        ]
    )
    assert view.rows[0]["usage_type"] == GPU
    assert view.receipt.cost_usd == 0.02


def test_nothing_found_and_nobody_looking_never_look_alike():
    looked = ask("anomalies", bills=FakeBills({}, anomalies=Anomalies((), NOW, monitors=2)))
    nobody = ask("anomalies", bills=FakeBills({}, anomalies=Anomalies((), NOW, monitors=0)))
    unsaid = ask("anomalies", bills=FakeBills({}, anomalies=Anomalies((), NOW)))

    assert looked.title == "AWS found nothing unusual — last 30 days"
    assert read(looked)[1] == "2 monitors looked; what was used is seen up to 24 hours later."
    assert nobody.title == "I can’t tell: nobody looks for anomalies here"
    assert unsaid.title == (
        "AWS tells of no anomaly, and whether anybody looks for them I can’t tell — last 30 days"
    )
    assert "nobody would say" in read(unsaid)[1]


def test_what_aws_has_forgotten_is_not_asked():
    with pytest.raises(BadRequest, match="90 days"):
        ask("anomalies", "--since", "120d", bills=FakeBills({}))


def test_an_error_of_aws_is_passed_on():
    with pytest.raises(Throttled):
        ask("anomalies", bills=FakeBills({}, anomalies=Throttled("Slow down.", "Wait.")))


def test_what_the_bot_itself_spends_is_counted():
    view = ask("bot", bills=FakeBills({}))

    assert view.title == "My questions to Cost Explorer have cost $0.12 this month (12 requests)"
    assert view.rows[0] == {"date": TODAY, "requests": 3, "amount": Decimal("0.03")}
    assert "Today 3 of at most 50" in read(view)[1]
