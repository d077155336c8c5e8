"""Pages of Cost Explorer: together they are the one page; each is paid for; tokens belong to their question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.aws.costs.billing import GROUPS_A_PAGE
from tests.embedded.aws.bills import NOW, asked_of, by, days, refused, serving
from tests.embedded.moments import MOMENTS

ASKED = {
    "TimePeriod": days("2026-08-25", "2026-09-09"),
    "Granularity": "DAILY",
    "Metrics": ["UnblendedCost"],
    "GroupBy": by("SERVICE"),
}


@pytest.fixture(scope="module")
def bills():
    with serving() as made:
        yield made


@pytest.fixture
def ce(bills):
    bills.at(NOW)
    bills.aws.billing.groups_a_page = GROUPS_A_PAGE
    bills.aws.billing.requests.clear()
    return bills.client("ce")


@given(size=st.integers(7, 400), now=MOMENTS, grouped=st.booleans())
def test_pages_tell_what_one_page_tells(bills, size, now, grouped):
    bills.at(now)
    ce, billing, today = bills.client("ce"), bills.aws.billing, bills.now.date()
    asked = ASKED | {"TimePeriod": days(today.replace(day=1), today.replace(day=2))}
    if today.day > 2:
        asked["TimePeriod"] = days(today.replace(day=1), today)
    if not grouped:
        asked.pop("GroupBy")
    billing.groups_a_page = GROUPS_A_PAGE
    whole = asked_of(ce, **asked)
    billing.groups_a_page = size

    assert asked_of(ce, **asked) == whole


def test_a_page_may_begin_amid_a_day_and_costs_a_request(bills, ce):
    bills.aws.billing.groups_a_page = 30
    first = ce.get_cost_and_usage(**ASKED)
    second = ce.get_cost_and_usage(**ASKED, NextPageToken=first["NextPageToken"])

    cut = first["ResultsByTime"][-1], second["ResultsByTime"][0]
    assert cut[0]["TimePeriod"] == cut[1]["TimePeriod"]
    assert not {str(each["Keys"]) for each in cut[0]["Groups"]} & {
        str(each["Keys"]) for each in cut[1]["Groups"]
    }
    assert sum(len(each["Groups"]) for each in first["ResultsByTime"]) == 30
    assert bills.aws.cost_requests == 2
    assert bills.aws.billing.requests == ["GetCostAndUsage"] * 2


def test_all_pages_tell_of_one_moment(bills, ce):
    whole = asked_of(ce, **ASKED)
    bills.aws.billing.groups_a_page = 100
    first = ce.get_cost_and_usage(**ASKED)
    bills.now = NOW.replace(hour=23)
    told, token = first["ResultsByTime"], first["NextPageToken"]
    while token:
        page = ce.get_cost_and_usage(**ASKED, NextPageToken=token)
        told, token = told + page["ResultsByTime"], page.get("NextPageToken")

    assert [group for each in told for group in each["Groups"]] == [
        group for each in whole for group in each["Groups"]
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"GroupBy": by("REGION")},
        {"TimePeriod": days("2026-08-24", "2026-09-09")},
        {"Metrics": ["AmortizedCost"]},
        {"Filter": {"Dimensions": {"Key": "REGION", "Values": ["eu-west-1"]}}},
    ],
)
def test_a_token_is_of_no_other_question(bills, ce, other):
    bills.aws.billing.groups_a_page = 30
    token = ce.get_cost_and_usage(**ASKED)["NextPageToken"]

    assert (
        refused(ce.get_cost_and_usage, **(ASKED | other), NextPageToken=token)[0] == "RequestChangedException"
    )


@pytest.mark.parametrize("token", ["nonsense", "e30=", "WzEsMl0="])
def test_what_was_never_given_is_no_token(ce, token):
    assert refused(ce.get_cost_and_usage, **ASKED, NextPageToken=token)[0] == "InvalidNextTokenException"


def test_the_values_of_a_dimension_come_in_pages_too(bills, ce):
    asked = {"TimePeriod": ASKED["TimePeriod"], "Dimension": "SERVICE"}
    whole = [each["Value"] for each in ce.get_dimension_values(**asked)["DimensionValues"]]
    told, token = [], {}
    while token is not None:
        page = ce.get_dimension_values(**asked, MaxResults=5, **token)
        told += [each["Value"] for each in page["DimensionValues"]]
        token = {"NextPageToken": page["NextPageToken"]} if "NextPageToken" in page else None

    assert told == whole
    assert bills.aws.cost_requests == 1 + -(-len(whole) // 5)
