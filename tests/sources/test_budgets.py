"""AWS Budgets' plain texts, in the wordings of several years."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import show
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.text import plain
from bot.errors import BadEvent
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.budgets import alert

EVENTS = Path(__file__).parents[1] / "events/budgets"
TEXT = json.loads((EVENTS / "fires.json").read_text())["Message"]


def notice(text=TEXT, **replaced):
    """The text with some of its lines replaced; None takes a line away."""
    lines = []
    for line in text.splitlines():
        name = line.partition(":")[0].replace(" ", "_")
        if name not in replaced:
            lines.append(line)
        elif replaced[name] is not None:
            lines.append(f"{line.partition(':')[0]}: {replaced[name]}")
    return unwrap("\n".join(lines))


def test_a_notice_says_what_was_spent_and_what_was_planned():
    found = alert(unwrap((EVENTS / "fires.json").read_text()))

    assert found.title == "Budget web & shop: $1,234.50 spent this month, above the alert at $800.00"
    assert [plain(line) for line in found.story] == ["Budgeted: $1,000.00 a month; $1,234.50 is 123% of it"]
    assert (found.severity, found.account_id, found.resource) == (
        Severity.MEDIUM,
        "111122223333",
        "web & shop",
    )
    assert found.first_seen.isoformat() == "2026-09-08T07:00:01.234000+00:00"
    assert found.kind == "AWS Budgets: Cost budget, actual"


def test_without_an_envelope_the_texts_own_date_is_when():
    assert alert(notice()).first_seen.isoformat() == "2026-09-08T00:00:00+00:00"


@pytest.mark.parametrize(
    ("amount", "kind", "band"),
    [
        ("$900.00", "ACTUAL", "low"),
        ("$1,000.00", "ACTUAL", "medium"),
        ("$2,000.00", "ACTUAL", "high"),
        ("$9,000.00", "FORECASTED", "low"),
    ],
)
def test_it_is_as_bad_as_it_stands_to_the_budget(amount, kind, band):
    assert alert(notice(ACTUAL_Amount=amount, Alert_Type=kind)).severity == band


def test_a_forecast_says_that_nothing_is_spent_yet():
    text = TEXT.replace("ACTUAL", "FORECASTED")

    found = alert(notice(text))

    assert found.title == "Budget web & shop: $1,234.50 forecast for this month, above the alert at $800.00"
    assert found.kind == "AWS Budgets: Cost budget, forecast"
    assert found.key != alert(notice()).key


def test_a_daily_budget_speaks_of_yesterday():
    text = TEXT.replace("for the current month. The", "per day. Yesterday, the")

    found = alert(notice(text))

    assert found.title == "Budget web & shop: $1,234.50 spent yesterday, above the alert at $800.00"
    assert found.key.endswith(":2026-09-08")


@pytest.mark.parametrize(
    ("lines", "title", "story"),
    [
        (
            {
                "Budget_Type": "Usage",
                "Budgeted_Amount": "1,000 GB",
                "Alert_Threshold": "> 800 GB",
                "ACTUAL_Amount": "812.5 GB",
            },
            "Budget web & shop: 812.5 GB used this month, above the alert at 800 GB",
            ["Budgeted: 1,000 GB a month; 812.5 GB is 81% of it"],
        ),
        (
            {
                "Budget_Type": "RI Utilization",
                "Budgeted_Amount": "100%",
                "Alert_Threshold": "< 80%",
                "ACTUAL_Amount": "60%",
            },
            "Budget web & shop: 60% used this month, below the alert at 80%",
            ["Budgeted: 100% a month; 60% is 60% of it"],
        ),
        ({"ACTUAL_Amount": None, "Budgeted_Amount": None}, "Budget web & shop passed its alert", []),
        (
            {"Alert_Threshold": "soon", "Budgeted_Amount": "a lot"},
            "Budget web & shop: $1,234.50 spent this month",
            [],
        ),
    ],
)
def test_other_budgets_and_missing_lines_are_told_with_what_is_there(lines, title, story):
    found = alert(notice(**lines))

    assert (found.title, [plain(line) for line in found.story]) == (title, story)


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (TEXT.replace("AWS Account 1", "AWS Account: 1"), "111122223333"),
        (TEXT.replace("AWS Account 111122223333\n", ""), None),
    ],
)
def test_the_account_is_the_texts_own(text, account):
    assert alert(notice(text)).account_id == account


def test_it_asks_next_why_the_day_before_cost_so_much():
    assert alert(notice()).next_steps[0].words == ("billing", "why", "2026-09-07")


def test_the_same_alert_of_one_period_is_one_problem():
    later = TEXT.replace("September 08", "September 20").replace("1,234.50", "1,300.00")
    next_month = TEXT.replace("September 08", "October 08")

    assert alert(notice(later)).key == alert(notice()).key
    assert alert(notice(next_month)).key != alert(notice()).key


@pytest.mark.parametrize(
    "text",
    [
        "Budget Name: x",
        "AWS Budget Notification",
        "Dear customer, about the AWS Budget Notification\nBudget Name: x",
        "AWS Budget Notification\nBudget Name:\n",
    ],
)
def test_a_text_of_another_kind_is_not_claimed(text):
    assert read(unwrap(text), SOURCES).source == "unknown"


def test_a_budgets_event_without_a_text_is_refused():
    with pytest.raises(BadEvent):
        alert(Event("aws.budgets", "AWS Budget Notification", {"body": 1}))


@given(st.lists(st.sampled_from(TEXT.splitlines()), max_size=16), st.text())
def test_lines_may_be_missing_doubled_or_foreign(lines, more):
    found = read(unwrap("\n".join([TEXT.splitlines()[0], *lines, more])), SOURCES)

    assert show(found).title
