"""GetCostAndUsage: whatever it is grouped by, the parts are the whole; and it refuses what Cost Explorer refuses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.days import month_of
from bot.embedded.aws import STAGING
from tests.embedded.aws.bills import NOW, asked_of, by, days, refused, serving, total, usd
from tests.embedded.moments import EDGES, MOMENTS

DAY = timedelta(days=1)
GROUPINGS = [
    (), ("SERVICE",), ("LINKED_ACCOUNT",), ("REGION",), ("USAGE_TYPE",), ("RECORD_TYPE",), ("OPERATION",),
    ("INSTANCE_TYPE",), ("tag:team",), ("tag:unknown",), ("SERVICE", "REGION"), ("LINKED_ACCOUNT", "tag:team"),
]  # fmt: skip
METRICS = ["UnblendedCost", "AmortizedCost", "BlendedCost", "NetUnblendedCost"]
AUGUST, SEPTEMBER = days("2026-08-01", "2026-09-01"), days("2026-09-01", "2026-09-09")
WHOLE = {"Granularity": "MONTHLY", "Metrics": METRICS}


@pytest.fixture(scope="module")
def bills():
    with serving() as made:
        yield made


@pytest.fixture
def ce(bills):
    bills.at(NOW)
    return bills.client("ce")


@given(now=MOMENTS, grouping=st.sampled_from(GROUPINGS), granularity=st.sampled_from(["DAILY", "MONTHLY"]))
def test_the_parts_are_the_whole_to_the_last_digit(bills, now, grouping, granularity):
    spend = bills.at(now)
    first, today = bills.now.date().replace(day=1), bills.now.date()
    period = days((first - DAY).replace(day=1), today + DAY)
    told = asked_of(
        bills.client("ce"), TimePeriod=period, Granularity=granularity, Metrics=METRICS, GroupBy=by(*grouping)
    )

    known = list(spend.charges((first - DAY).replace(day=1), today + DAY, bills.now))
    assert total(told) == sum(each.unblended for each in known)
    assert total(told, "AmortizedCost") == sum(each.amortized for each in known)
    this_month = [each for each in told if each["TimePeriod"]["Start"] >= f"{first}"]
    assert total(this_month) == spend.month_to_date(bills.now)


@pytest.mark.parametrize("now", EDGES)
def test_the_periods_follow_each_other_without_a_gap(bills, now):
    bills.at(now)
    today = now.date()
    month = month_of(today)
    first = date(today.year - 1, today.month, 1)
    for granularity, count in (("DAILY", (month.end - first).days), ("MONTHLY", 13)):
        told = bills.client("ce").get_cost_and_usage(
            TimePeriod=days(first, month.end), Granularity=granularity, Metrics=["UnblendedCost"]
        )["ResultsByTime"]
        starts = [each["TimePeriod"]["Start"] for each in told]
        ends = [each["TimePeriod"]["End"] for each in told]

        assert len(told) == count
        assert (starts[0], ends[-1]) == (f"{first}", f"{month.end}")
        assert starts[1:] == ends[:-1]


def test_months_that_are_cut_are_told_as_cut(ce):
    told = ce.get_cost_and_usage(TimePeriod=days("2026-07-20", "2026-09-05"), **WHOLE)["ResultsByTime"]

    assert [each["TimePeriod"] for each in told] == [
        days("2026-07-20", "2026-08-01"),
        AUGUST,
        days("2026-09-01", "2026-09-05"),
    ]


def estimated(ce, period, granularity="DAILY"):
    told = ce.get_cost_and_usage(TimePeriod=period, Granularity=granularity, Metrics=["UnblendedCost"])
    return [each["TimePeriod"]["Start"] for each in told["ResultsByTime"] if each["Estimated"]]


def test_every_day_of_a_month_that_is_not_billed_yet_is_an_estimate(ce):
    period = days("2026-08-30", "2026-09-09")

    assert estimated(ce, period) == [f"2026-09-0{n}" for n in range(1, 9)]
    assert estimated(ce, days("2026-08-01", "2026-10-01"), "MONTHLY") == ["2026-09-01"]


def test_a_month_is_billed_some_days_after_its_end(bills):
    for day, count in ((2, 2), (5, 2), (6, 1)):
        bills.at(NOW.replace(day=day))

        assert len(estimated(bills.client("ce"), days("2026-08-01", "2026-10-01"), "MONTHLY")) == count


def test_with_groups_there_is_no_total(ce):
    grouped = ce.get_cost_and_usage(TimePeriod=AUGUST, GroupBy=by("SERVICE"), **WHOLE)
    (told,) = grouped["ResultsByTime"]

    assert told["Total"] == {}
    assert grouped["GroupDefinitions"] == by("SERVICE")
    assert usd(told["Groups"][0]["Metrics"]).as_tuple().exponent < -4
    (plain,) = ce.get_cost_and_usage(TimePeriod=AUGUST, **WHOLE)["ResultsByTime"]
    assert (plain["Groups"], plain["Total"].keys()) == ([], set(METRICS))


def test_accounts_come_with_their_names_and_the_untagged_with_an_empty_tag(ce):
    told = ce.get_cost_and_usage(TimePeriod=AUGUST, GroupBy=by("LINKED_ACCOUNT", "tag:team"), **WHOLE)
    keys = [tuple(group["Keys"]) for group in told["ResultsByTime"][0]["Groups"]]

    assert {
        each["Value"]: each["Attributes"]["description"] for each in told["DimensionValueAttributes"]
    } == {
        "111122223333": "prod",
        "444455556666": "staging",
    }
    assert ("111122223333", "team$") in keys
    assert ("444455556666", "team$web") in keys


def test_the_machines_are_in_tokyo_and_nothing_else_ever_was(ce):
    tokyo = {"Dimensions": {"Key": "REGION", "Values": ["ap-northeast-1"]}}
    year = days("2025-09-01", "2026-09-08")
    before = ce.get_cost_and_usage(TimePeriod=year, Filter=tokyo, GroupBy=by("USAGE_TYPE"), **WHOLE)
    today = ce.get_cost_and_usage(TimePeriod=SEPTEMBER, Filter=tokyo, GroupBy=by("USAGE_TYPE"), **WHOLE)

    assert not any(each["Groups"] for each in before["ResultsByTime"])
    costs = {each["Keys"][0]: usd(each["Metrics"]) for each in today["ResultsByTime"][0]["Groups"]}
    assert costs.keys() == {
        "APN1-BoxUsage:g5.12xlarge",
        "APN1-DataTransfer-Out-Bytes",
        "APN1-EBS:VolumeUsage.gp3",
    }
    assert round(costs["APN1-BoxUsage:g5.12xlarge"], 2) == Decimal("54.05")


def test_a_member_account_sees_its_own_costs_only(bills, ce):
    member = bills.client("ce", STAGING)
    own = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [STAGING.id]}}

    seen = total(member.get_cost_and_usage(TimePeriod=AUGUST, **WHOLE)["ResultsByTime"])
    assert seen == total(ce.get_cost_and_usage(TimePeriod=AUGUST, Filter=own, **WHOLE)["ResultsByTime"]) > 0


def test_an_account_that_never_cost_anything_has_a_total_of_zero(bills, ce):
    bills.aws.billing.spend = None
    (told,) = ce.get_cost_and_usage(TimePeriod=AUGUST, **WHOLE)["ResultsByTime"]

    assert told["Total"]["UnblendedCost"] == {"Amount": "0", "Unit": "USD"}
    assert not ce.get_cost_and_usage(TimePeriod=AUGUST, GroupBy=by("SERVICE"), **WHOLE)["ResultsByTime"][0][
        "Groups"
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"TimePeriod": days("2026-09-08", "2026-09-08")}, "should be before end date"),
        ({"TimePeriod": days("2026-09-08", "2026-09-01")}, "should be before end date"),
        ({"TimePeriod": days("2026-09-01", "2026-10-02")}, "end date past the beginning of next month"),
        ({"TimePeriod": days("2025-06-30", "2026-09-01")}, "beyond 14 months"),
        ({"TimePeriod": days("2026-9-1", "2026-09-02")}, "yyyy-MM-dd"),
        ({"TimePeriod": days("2026-02-29", "2026-03-02")}, "2026-02-29"),
        ({"Granularity": "HOURLY"}, "hourly"),
        ({"Granularity": "WEEKLY"}, "granularity"),
        ({"Metrics": []}, "Metrics"),
        ({"Metrics": ["UNBLENDED_COST"]}, "Metrics"),
        ({"GroupBy": by("SERVICE", "REGION", "OPERATION")}, "at most 2"),
        ({"GroupBy": by("PLANET")}, "PLANET"),
        ({"GroupBy": [{"Type": "COST_CATEGORY", "Key": "x"}]}, "COST_CATEGORY"),
    ],
)  # fmt: skip
def test_what_cost_explorer_refuses_is_refused(ce, asked, words):
    code, said = refused(ce.get_cost_and_usage, **{"TimePeriod": AUGUST, **WHOLE, **asked})

    assert code == "ValidationException"
    assert words in said


def test_the_first_of_a_month_is_asked_for_with_the_second_as_its_end(bills):
    first = NOW.replace(day=1, hour=0)
    bills.at(first)
    ce = bills.client("ce")

    assert (
        refused(ce.get_cost_and_usage, TimePeriod=days("2026-09-01", "2026-09-01"), **WHOLE)[0]
        == "ValidationException"
    )
    (told,) = ce.get_cost_and_usage(TimePeriod=days("2026-09-01", "2026-09-02"), **WHOLE)["ResultsByTime"]
    assert usd(told["Total"]) > 100
