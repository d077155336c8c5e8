import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.core.billing.days import DAY
from bot.errors import AccessDenied, NotConfigured
from bot.render.files import to_json
from tests.commands.billing.small_bills import (
    CLOUDTRAIL,
    EC2,
    PROD,
    S3,
    STAGING,
    TODAY,
    FakeBills,
    ask,
    daily,
    flat,
    once,
)
from tests.commands.reading import read

SERVICES = [*daily("10", EC2), *daily("2", S3), once(TODAY - DAY, "64", EC2)]
ACCOUNTS = [*daily("9", PROD), *daily("3", STAGING)]


def acme(**more):
    return FakeBills({("service",): SERVICES, ("account",): ACCOUNTS}, **more)


def test_the_month_so_far_stands_beside_the_last_one_by_the_same_day():
    assert read(ask("summary", bills=acme())) == snapshot(
        [
            "$256.00 so far in September, $64.00 more than August had by the 16th",
            "Yesterday: $76.00, +$64.00 against such days ($12.00)",
            "By month’s end: about $394.00 ($364.00 to $424.00); August was $372.00",
            "Figures: Cost Explorer of 2026-09-16 08:00 UTC",
            "Moved most: Amazon Elastic Compute Cloud - Compute +$64.00",
            "[Cost of September: bars by day, with a line for August’s first 30 days; $256.00 in all, most on 2026-09-15: $76.00]",
            "service | so far | August by then | change",
            "Amazon Elastic Compute Cloud - Compute | $224.00 | $160.00 | +$64.00 (40 %)",
            "Amazon Simple Storage Service | $32.00 | $32.00 | –",
            "By account: prod $144.00 · staging $48.00",
            "(estimated)",
        ]
    )


def test_what_is_free_is_asked_first_and_only_credits_are_paid_for():
    bills = acme(free={("service",): daily("12", EC2), ("account",): ACCOUNTS})
    view = ask("summary", bills=bills)

    assert view.totals["total"] == 192
    assert view.totals["source"] == "cloudwatch"
    assert [(by, free) for _, by, free, _ in bills.questions] == [
        (("service",), True),
        (("service",), False),
        (("account",), True),
    ]


def test_credits_hide_no_cost_and_are_told_apart():
    bills = FakeBills(
        {
            ("service",): [*SERVICES, once(date(2026, 9, 3), "-200", EC2, record="Credit")],
            ("account",): ACCOUNTS,
        }
    )
    view = ask("summary", bills=bills)

    assert view.totals["total"] == 256
    assert view.totals["given_back"] == {"Credit": Decimal(-200)}
    assert "Given back: credits −$200.00 (not in these sums)" in read(view)


def test_credits_that_nobody_can_tell_are_unknown_and_not_none():
    bills = acme(
        free={("service",): daily("12", EC2), ("account",): ACCOUNTS},
        fails={(("service",), False): AccessDenied("AWS refused.", "Allow it.", action="ce:GetCostAndUsage")},
    )
    view = ask("summary", bills=bills)

    assert view.totals["given_back"] is None
    assert "credits-unknown" in [caveat.code for caveat in view.caveats]


def test_a_forecast_that_nobody_can_make_leaves_the_rest_standing():
    view = ask("summary", bills=acme(forecast=NotConfigured("Cost Explorer is off.", "Switch it on.")))

    assert view.totals["forecast"] is None
    assert view.totals["total"] == 256
    assert "By month’s end: can’t tell; August was $372.00" in read(view)
    assert "no-forecast" in [caveat.code for caveat in view.caveats]


def test_a_naive_forecast_says_that_it_is_one():
    view = ask("summary", bills=acme(forecast=flat(TODAY, "12", naive=True)))

    assert "By month’s end: about $424.00 if it goes on like this; August was $372.00" in read(view)


def test_today_is_counted_once_in_the_month_s_end():
    dear = FakeBills({("service",): [*SERVICES, once(TODAY, "500", EC2)], ("account",): ACCOUNTS})

    assert ask("summary", bills=dear).totals["forecast"] == ask("summary", bills=acme()).totals["forecast"]


def test_on_the_first_of_a_month_one_day_stands_beside_one():
    first = datetime(2026, 9, 1, 9, tzinfo=UTC)
    view = ask("summary", bills=acme(), now=first)

    assert view.title == "$12.00 so far in September, as much as August had by the 1st"
    assert "day-not-over" in [caveat.code for caveat in view.caveats]


def test_a_day_that_the_month_before_had_not_stands_beside_all_of_it():
    march = FakeBills({("service",): daily("1", EC2, since=date(2026, 2, 1)), ("account",): []})

    assert ask("summary", bills=march, now=datetime(2026, 3, 30, 9, tzinfo=UTC)).title == (
        "$30.00 so far in March, $2.00 more than all of February"
    )


def test_accounts_hide_no_cost_behind_a_credit_either():
    """CloudWatch's accounts stand at nothing, too."""
    exact = [*SERVICES, once(date(2026, 9, 3), "-256", EC2, record="Credit")]
    bills = FakeBills(
        {("service",): exact, ("account",): ACCOUNTS}, free={("service",): [], ("account",): []}
    )

    assert "By account: prod $144.00 · staging $48.00" in read(ask("summary", bills=bills))


def test_what_is_expected_in_another_currency_is_added_to_nothing():
    view = ask("summary", bills=acme(currency="EUR"))

    assert view.totals["forecast"] is None
    assert "no-forecast" in [caveat.code for caveat in view.caveats]


def test_nothing_charged_is_said_as_such():
    view = ask("summary", bills=FakeBills({("service",): [], ("account",): []}))

    assert view.title == "Nothing was charged so far in September, nor by then the month before"


def test_the_json_has_what_the_contract_has_at_its_top():
    told = json.loads(to_json(ask("summary", bills=acme())))

    assert (told["total"], told["forecast"], told["currency"], told["as_of"]) == (
        256.0,
        394.0,
        "USD",
        "2026-09-16T08:00:00Z",
    )
    assert told["rows"][0] == {"service": EC2, "amount": 224.0, "previous": 160.0, "change_pct": 40.0}


def test_other_currencies_keep_their_name():
    euros = acme(currency="EUR", forecast=replace(flat(TODAY, "10"), currency="EUR"))

    assert ask("summary", bills=euros).title.startswith("256.00 EUR so far")


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.lists(st.decimals(-50, 50, places=9), max_size=4))
def test_a_total_is_its_rows_sum_whatever_the_day(day, amounts):
    """Also at the ends of months, in leap years, and with lines below zero."""
    lines = [
        line
        for n, amount in enumerate(amounts)
        for line in daily(amount, f"s{n}", since=day - 62 * DAY, until=day)
    ]
    bills = FakeBills({("service",): [*lines, once(day, "1.005", CLOUDTRAIL)], ("account",): []})
    view = ask("summary", bills=bills, now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    assert sum(row["amount"] for row in view.rows) == view.totals["total"]
    assert sum(row["previous"] for row in view.rows) == view.totals["previous"]


def test_figures_that_a_credit_may_hide_in_give_way_to_those_that_tell_it_apart():
    """CloudWatch's month stands at nothing: a credit as large as what was used."""
    exact = [*SERVICES, once(date(2026, 9, 3), "-256", EC2, record="Credit")]
    bills = FakeBills({("service",): exact, ("account",): ACCOUNTS}, free={("service",): []})
    view = ask("summary", bills=bills)

    assert view.totals["total"] == 256
    assert view.totals["source"] == "cost-explorer"
    assert "credits-not-split" not in [caveat.code for caveat in view.caveats]
