"""Figures that have not come yet are told by no answer as a day, or a month, that cost nothing."""

from datetime import UTC, date, datetime

from bot.core.billing.days import DAY
from tests.commands.billing.small_bills import EC2, PROD, S3, TODAY, FakeBills, ask, daily, once
from tests.commands.reading import read

YESTERDAY, SUNDAY = TODAY - DAY, TODAY - 3 * DAY
FIRST = datetime(2026, 9, 1, 3, tzinfo=UTC)


def until(day, *more):
    lines = [*daily("10", EC2, until=day), *daily("2", S3, until=day), *more]
    return FakeBills({("service",): lines, ("account",): daily("12", PROD, until=day)})


def test_a_day_whose_figures_have_not_come_is_not_explained():
    view = ask("why", bills=until(TODAY - 2 * DAY))

    assert read(view)[:2] == [
        "I can’t tell yet what yesterday cost: AWS has no figures of it",
        "Figures come up to 24 hours after a day is over. Such days cost $12.00.",
    ]
    assert (view.rows, view.totals["total"]) == ((), None)


def test_a_day_that_cloudwatch_has_no_estimate_of_cost_something():
    gap = FakeBills(
        {("service",): [line for line in daily("12", EC2) if line.day != SUNDAY]}, source="cloudwatch"
    )

    assert (
        ask("why", f"{SUNDAY}", bills=gap).title
        == "I can’t tell what Sun 13 Sep cost: AWS has no figures of it"
    )


def test_a_day_whose_figures_may_still_come_is_not_said_to_have_cost_less():
    some = until(TODAY - 2 * DAY, once(YESTERDAY, "3", EC2))
    none = [line for line in daily("12", EC2) if line.day != SUNDAY]
    long_over = FakeBills({("service",): [*none, once(SUNDAY, "3", EC2)], ("account",): []})

    assert (
        ask("why", bills=some).title == "Yesterday cost $3.00 as far as AWS knows yet; such days cost $12.00"
    )
    assert "Yesterday: $3.00 as far as AWS knows yet; such days cost $12.00" in read(
        ask("summary", bills=some)
    )
    assert ask("why", f"{SUNDAY}", bills=long_over).title == (
        "Sun 13 Sep cost $3.00: no more than such days or less ($12.00)"
    )


def test_a_summary_says_that_yesterdays_figures_have_not_come():
    view = ask("summary", bills=until(TODAY - 2 * DAY))

    assert "Yesterday: no figures of it yet" in read(view)
    assert view.totals["yesterday"] is None


def test_a_month_of_which_no_figures_have_come_did_not_cost_nothing():
    bills = until(date(2026, 8, 31))
    view = ask("summary", bills=bills, now=FIRST)

    assert view.title == "I can’t tell yet what September has cost: AWS has no figures of it"
    assert (view.rows, view.totals["total"], view.totals["previous"]) == ((), None, 12)
    assert not any("service |" in line or "Moved most" in line for line in read(view))


def test_days_of_which_there_are_no_figures_yet_cost_nobody_knows_what():
    view = ask("by-service", "--since", "today", bills=until(YESTERDAY))

    assert view.title == "I can’t tell what was charged: AWS has no figures of it — today"
    assert view.totals["total"] is None


def test_a_stretch_without_a_charge_after_one_with_some_cost_nothing():
    view = ask("by-service", "--since", "7d", bills=until(TODAY - 8 * DAY))

    assert view.title == "Nothing was charged — last 7 days"
    assert f"{EC2} | $0.00 | $60.00 | −$60.00 (100 %)" in read(view)
