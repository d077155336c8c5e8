"""The weekly digest says what the week cost and what moved; what could not be seen is said, never left out."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.command import Reach
from bot.core.billing.costs import Anomalies, Anomaly
from bot.core.billing.days import DAY, Days
from bot.core.kept import keep
from bot.core.sections import Chart
from bot.errors import AccessDenied
from bot.pipeline.filing import recall
from commands.billing import week_view
from commands.billing.week import week
from tests.commands.billing.small_bills import EC2, NOW, PROD, S3, TODAY, FakeBills, Ports, daily, once
from tests.commands.reading import read

LINES = {
    ("service",): [*daily("10", EC2, since=date(2026, 6, 1)), *daily("2", S3, since=date(2026, 6, 1))],
    ("account",): daily("12", PROD),
    ("region",): daily("12", "eu-west-1", since=date(2026, 6, 1)),
}
DENIED = AccessDenied(
    "AWS refused: the bot's role may not ce:GetAnomalies.", "Allow it.", action="ce:GetAnomalies"
)


def digest(lines=LINES, now=NOW, **bills):
    ports = Ports(FakeBills(lines, **bills), now=now)
    return week_view.show(week(Reach(ports, lambda _: None)), ports.accounts)


def with_(by, *more):
    return LINES | {(by,): [*LINES[(by,)], *more]}


def text(view):
    return "\n".join(read(view))


def test_the_first_line_is_the_week_against_the_one_before():
    view = digest(with_("service", once(TODAY - DAY, "50", EC2)))

    assert view.title == "Weekly bill: $134.00 last week, $50.00 more than the week before"
    assert "Week: Wed 9 Sep to Tue 15 Sep (UTC)" in text(view)
    assert f"Moved most: {EC2} +$50.00" in text(view)


def test_it_has_the_month_its_end_and_what_asking_cost():
    said = text(digest())

    assert "Month: $192.00 so far in September, as much as August had by the 16th" in said
    assert "By month’s end: about" in said
    assert "My own questions: 12 requests to Cost Explorer in the week, $0.12" in said


def test_a_week_ends_with_a_day_whose_figures_are_there():
    """Monday, 09:00 in Tokyo, is midnight in UTC: of Sunday there is nothing yet."""
    sunday = date(2026, 9, 13)
    lines = {by: [line for line in each if line.day < sunday] for by, each in LINES.items()}
    view = digest(lines, now=datetime(2026, 9, 14, 0, 1, tzinfo=UTC))

    assert view.title == "Weekly bill: $84.00 last week, as much as the week before"
    assert "Week: Sun 6 Sep to Sat 12 Sep (UTC)" in text(view)


def test_credits_stand_apart():
    said = text(digest(with_("service", once(TODAY - DAY, "-80", EC2, record="Credit"))))

    assert "$84.00 last week" in said
    assert "Given back: credits −$80.00" in said


def test_a_chart_shows_the_week_with_the_one_before_as_a_line():
    (chart,) = [part for part in digest().sections if isinstance(part, Chart)]

    assert chart.days == tuple(Days(TODAY - 7 * DAY, TODAY))
    assert chart.before == (Decimal(12),) * 7
    assert chart.before_name == "the week before"


def test_new_services_and_regions_are_named():
    lines = with_("service", once(TODAY - DAY, "9", "Amazon Polly")) | {
        ("region",): [*LINES[("region",)], once(TODAY - 2 * DAY, "30", "ap-south-1")]
    }
    said = text(digest(lines))

    assert "New service: Amazon Polly, $9.00 since Tue 15 Sep" in said
    assert "New region: ap-south-1, $30.00 since Mon 14 Sep" in said


@pytest.mark.parametrize(
    ("anomalies", "words"),
    [
        (Anomalies((), NOW, monitors=1), "Cost Anomaly Detection found nothing unusual"),
        (Anomalies((), NOW, monitors=0), "Cost Anomaly Detection has no monitor: nobody looks"),
        (
            Anomalies((Anomaly("1", EC2, TODAY - DAY, None, Decimal(40)),), NOW, monitors=1),
            f"Unusual: {EC2} cost $40.00 more than expected since yesterday",
        ),
        (DENIED, "(anomalies-unknown)"),
    ],
)
def test_nothing_unusual_nobody_looking_and_nobody_saying_are_told_apart(anomalies, words):
    assert words in text(digest(anomalies=anomalies))


def test_what_else_can_not_be_had_is_a_caveat_and_the_rest_is_told():
    view = digest(fails={("region",): DENIED})

    assert "regions-unknown" in [caveat.code for caveat in view.caveats]
    assert view.title.startswith("Weekly bill: $84.00")


def test_without_cost_explorer_the_week_is_by_cloudwatchs_estimates():
    free = {("service",): daily("5", "AmazonEC2"), ("account",): daily("5", PROD)}
    view = digest(free=free, fails={(("service",), False): DENIED, ("region",): DENIED}, anomalies=DENIED)

    assert view.title == "Weekly bill: $35.00 last week, as much as the week before"
    assert "services-unknown" in [caveat.code for caveat in view.caveats]


def test_where_the_figures_can_not_be_had_it_says_so():
    view = week_view.unseen(DENIED)

    assert view.title == "Weekly bill: I can’t see what the week cost"
    assert "ce:GetAnomalies" in text(view)
    assert [caveat.weight for caveat in view.caveats] == ["blind"]


def test_a_week_that_cost_nothing_is_said_as_such():
    view = digest({("service",): [], ("account",): [], ("region",): []})

    assert view.title == "Weekly bill: nothing was charged last week, nor the week before"


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 3), date(2024, 2, 29), date(2027, 1, 1)])
def test_the_ends_of_months_and_years_end_no_week(day):
    lines = {
        by: daily("12", *keys, since=day - 120 * DAY, until=day)
        for by, keys in ((("service",), [EC2]), (("account",), [PROD]), (("region",), ["eu-west-1"]))
    }
    view = digest(lines, now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))

    assert view.title == "Weekly bill: $84.00 last week, as much as the week before"
    assert "New" not in text(view)


def test_it_can_be_kept_on_record_until_it_is_told():
    view = digest()

    assert recall(keep(view)).sections == view.sections
